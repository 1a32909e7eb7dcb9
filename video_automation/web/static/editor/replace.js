// Finds a text in the transcript and in the texts around the video, and replaces it everywhere as one change.

import { SearchedWords, spellings } from "./finding.js";
import { onKey } from "./keys.js";
import { make } from "./making.js";
import { joined } from "./transcript_text.js";
import { _, several } from "../language.js";

const AT_ONCE = 5000; // words read before others have their turn
const TYPED_MS = 120;

// Events: "hits" (`hits` and `hit` are others now), "close".
class Replace extends EventTarget {
  hits = []; // [{first, last, whole}] in order
  #at = -1;
  #foundFor = null; // the text that `hits` are of
  #session;
  #form;
  #searched = null; // the words as they were read for searching; null: they are others now

  constructor(session, form) {
    super();
    this.#session = session;
    this.#form = form;
    session.addEventListener("plan", ({ detail }) => {
      if (detail.words) this.#searched = null;
      if (detail.words && !detail.more && this.isOpen) this.search({ stay: true });
    });
  }

  get hit() { return this.hits[this.#at] ?? null; }
  get number() { return this.#at + 1; }
  get isOpen() { return !this.#form.root.hidden; }
  get find() { return this.#form.find.value.trim(); }
  get by() { return this.#form.by.value.trim(); }

  // Shows the fields, with these texts in them.
  open({ find, by } = {}) {
    this.#form.root.hidden = false;
    if (find !== undefined) this.#form.find.value = find;
    if (by !== undefined) this.#form.by.value = by;
    const field = by === undefined ? this.#form.find : this.#form.by;
    field.focus();
    field.select();
    this.search();
  }

  close() {
    this.#form.root.hidden = true;
    this.#foundFor = null;
    this.dispatchEvent(new Event("close"));
    this.#show([], -1);
  }

  // Looks for the text; `stay` keeps the place, and so does the same text once more.
  async search({ stay = this.find === this.#foundFor } = {}) {
    const { find } = this;
    const hits = (await this.#words()).hits(find);
    if (find !== this.find || !this.isOpen) return;
    this.#foundFor = find;
    this.#show(hits, hits.length ? Math.max(0, stay ? Math.min(this.#at, hits.length - 1) : 0) : -1);
  }

  async step(by) {
    if (this.find !== this.#foundFor) await this.search(); // Enter came before what was typed last was looked for
    const { length } = this.hits;
    if (length) this.#show(this.hits, (this.#at + by + length) % length);
  }

  // Whether the transcript still says a text.
  async occurs(text) {
    return (await this.#words()).hits(text).some(({ whole }) => whole);
  }

  // Where the text would be replaced: how often in each kind of text, and in which spellings.
  places() {
    const { plan, words } = this.#session;
    const { find } = this;
    const seen = new Map(); // what some words say > how the text is written there
    const forms = new Set();
    const count = (texts) => {
      let all = 0;
      for (const text of texts) {
        if (!seen.has(text)) seen.set(text, spellings(text, find));
        for (const form of seen.get(text)) {
          forms.add(form);
          all += 1;
        }
      }
      return all;
    };
    let said = 0;
    for (const { first, last, whole } of this.hits) {
      if (!whole) continue;
      said += 1;
      count([joined(words.slice(first, last + 1).map(({ text }) => text))]);
    }
    const of = (all) => count(all.map(({ title }) => title));
    const [titles, description] = [count(plan.titles.map(({ text }) => text)), count([plan.description])];
    const [chapters, clips] = [of(plan.chapters), of(plan.clips)];
    const counts = [
      said && several(said, "{n} place in the transcript", "{n} places in the transcript"),
      titles && several(titles, "{n} title", "{n} titles"),
      description && several(description, "{n} place in the description", "{n} places in the description"),
      chapters && several(chapters, "{n} chapter", "{n} chapters"),
      clips && several(clips, "{n} clip", "{n} clips"),
    ];
    return { forms: [...forms], told: counts.filter(Boolean).join(", ") };
  }

  // Replaces every spelling that was found, as one step of undo.
  replaceAll() {
    const { by } = this;
    const forms = this.places().forms.filter((form) => form !== by);
    forms.sort((one, other) => by.includes(other) - by.includes(one)); // what is part of the new text comes before it is written
    if (forms.length) this.#session.edit(forms.map((find) => ({ op: "replace", find, with: by })));
  }

  #show(hits, at) {
    [this.hits, this.#at] = [hits, at];
    this.dispatchEvent(new Event("hits"));
  }

  async #words() {
    while (!this.#searched) {
      const { words } = this.#session;
      const searched = new SearchedWords();
      this.#searched = searched;
      for (let from = 0; from < words.length; from += AT_ONCE) {
        searched.add(words.slice(from, from + AT_ONCE));
        await new Promise((next) => setTimeout(next));
      }
      if (this.#searched === searched) return searched;
    }
    return this.#searched;
  }
}

export function mountReplace(session, root) {
  const button = (name, look, attributes = {}) => make("button", { type: "button", class: `button ${look}`, ...attributes }, name);
  const opener = button(_("Find and replace"), "quiet small opener");
  const find = make("input", { type: "search", autocomplete: "off", dir: "auto" });
  const by = make("input", { type: "text", autocomplete: "off", dir: "auto", maxlength: 200 });
  const [count, told] = [make("span", { class: "count" }), make("span")];
  const [before, next, all, close] = [
    button("↑", "quiet small", { "aria-label": _("Previous place") }), button("↓", "quiet small", { "aria-label": _("Next place") }),
    make("button", { type: "submit", class: "button small" }, _("Replace all")), button("✕", "quiet small", { "aria-label": _("Close") }),
  ];
  const form = make("form", { class: "finder", role: "search", "aria-label": _("Find and replace") },
    make("label", {}, make("span", {}, _("Find")), find), make("span", { class: "steps" }, before, next, close),
    make("label", {}, make("span", {}, _("Replace with")), by), all, make("p", { class: "note", "aria-live": "polite" }, count, told));
  form.hidden = true;
  root.append(opener, form);
  const replace = new Replace(session, { root: form, find, by });

  const show = () => {
    opener.hidden = replace.isOpen;
    if (!replace.isOpen || !session.plan) return;
    const { hits, number } = replace;
    count.textContent = !replace.find ? "" : hits.length ? _("{n} of {all}", { n: number, all: hits.length }) : _("Nothing found");
    [before.disabled, next.disabled] = [hits.length < 2, hits.length < 2];
    const places = replace.find ? replace.places() : { forms: [], told: "" };
    const some = places.forms.some((form) => form !== replace.by);
    all.disabled = !some;
    told.textContent = some ? _("Replaces {words}: {places}.", { words: places.forms.map((form) => `“${form}”`).join(", "), places: places.told })
      : hits.length && !places.forms.length ? _("It is only part of longer words here. Whole words are replaced.") : "";
  };
  let typed;
  find.addEventListener("input", () => {
    clearTimeout(typed);
    typed = setTimeout(() => replace.search(), TYPED_MS);
  });
  by.addEventListener("input", show);
  replace.addEventListener("hits", show);
  replace.addEventListener("close", () => {
    opener.hidden = false;
    if (!replace.hit) opener.focus();
  });
  opener.addEventListener("click", () => replace.open());
  before.addEventListener("click", () => replace.step(-1));
  next.addEventListener("click", () => replace.step(1));
  close.addEventListener("click", () => replace.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    replace.replaceAll();
  });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") replace.close();
    else if (event.key === "Enter" && event.target === find) replace.step(event.shiftKey ? -1 : 1);
    else if (event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey)) find.select();
    else return;
    event.preventDefault();
  });
  onKey("Ctrl+F", _("Find and replace"), () => replace.open());
  return replace;
}
