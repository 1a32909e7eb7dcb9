// Where a person is in the transcript: the word that has the focus, and what is selected, by mouse, touch or keyboard.

import { cutAt } from "./clock.js";
import { focusOn } from "./transcript_paragraphs.js";
import { lastBegun } from "./word_search.js";

const AT_WORDS = ".w, .pause";

// Events: "target" (what Delete and the toolbar would act on may be another one).
export class Caret extends EventTarget {
  pressing = false; // whether a button of the mouse, or a finger, is down in the transcript
  #session;
  #player;
  #paragraphs;
  #list;
  #anchor = null; // the word a selection by keys began with
  #touched = false; // whether the latest press was a finger's
  #due = 0;

  constructor(session, player, paragraphs, list) {
    super();
    [this.#session, this.#player, this.#paragraphs, this.#list] = [session, player, paragraphs, list];
    list.addEventListener("pointerdown", ({ pointerType }) => {
      this.pressing = true;
      this.#touched = pointerType === "touch";
    });
    for (const name of ["pointerup", "pointercancel"]) {
      addEventListener(name, () => {
        if (this.pressing) requestAnimationFrame(() => this.#released());
      });
    }
    list.addEventListener("click", (event) => this.#clicked(event));
    list.addEventListener("keydown", (event) => this.#pressed(event));
    list.addEventListener("focusin", (event) => this.#entered(event));
    list.addEventListener("focusout", () => { list.tabIndex = 0; });
    document.addEventListener("selectionchange", () => {
      this.#due ||= requestAnimationFrame(() => this.#selected());
    });
    session.addEventListener("selection", () => {
      if (session.selection) paragraphs.pause = null;
      paragraphs.refresh();
      this.dispatchEvent(new Event("target"));
    });
  }

  // The word or pause that has the focus, or undefined.
  get focused() {
    const { activeElement } = document;
    return activeElement.matches(AT_WORDS) && this.#list.contains(activeElement) ? activeElement : undefined;
  }

  // What is selected: {first, last} of words, {pause: the word it follows}, or null.
  get chosen() {
    const { pause } = this.#paragraphs;
    return this.#session.selection ?? (pause === null ? null : { pause });
  }

  // What is to be cut, restored or corrected: what is selected, or else what has the focus.
  get target() {
    if (this.chosen) return this.chosen;
    const { focused } = this;
    if (!focused) return null;
    if (focused.dataset.after) return { pause: Number(focused.dataset.after) };
    return { first: this.#paragraphs.first(focused), last: this.#paragraphs.last(focused) };
  }

  // Selects nothing.
  clear() {
    this.#anchor = null;
    this.#paragraphs.pause = null;
    if (this.#list.contains(getSelection().anchorNode)) getSelection().removeAllRanges();
    this.#session.select();
  }

  // Brings a word into view and moves the focus to it.
  goTo(id) {
    const element = this.#paragraphs.element(id);
    element.scrollIntoView({ block: "center" });
    focusOn(element);
  }

  #released() {
    this.pressing = false;
    this.dispatchEvent(new Event("target"));
  }

  #clicked(event) {
    const { target } = event;
    if (!getSelection().isCollapsed && !target.closest("button")) return; // it was dragged
    if (target.closest(".speaker, .naming")) return;
    const clock = target.closest(".at");
    const element = target.closest(AT_WORDS);
    if (clock) return this.#player.seek(this.#session.words[clock.parentElement.paragraph.first].start_ms);
    if (event.shiftKey && element?.dataset.id && this.focused) return;
    this.clear();
    if (!element) return;
    focusOn(element);
    if (element.dataset.after) return this.#choosePause(Number(element.dataset.after));
    const id = this.#paragraphs.first(element);
    const { words } = this.#session;
    this.#player.seek(words[id].start_ms);
    if (!words[id].kept) this.#selectCut(id);
    else if (this.#touched) this.#session.select(id, this.#paragraphs.last(element)); // its buttons stand in for the keys
  }

  // A pause is chosen; one within a passage that is cut, that passage.
  #choosePause(after) {
    const { words } = this.#session;
    if (words[after] && words[after + 1] && !words[after].kept && !words[after + 1].kept) return this.#selectCut(after);
    this.#paragraphs.pause = after;
    this.#paragraphs.refresh();
    this.dispatchEvent(new Event("target"));
  }

  // All words of the cut that holds a word.
  #selectCut(id) {
    const { words, plan } = this.#session;
    const cut = cutAt(plan.cuts, (words[id].start_ms + words[id].end_ms) / 2);
    let [first, last] = [id, id];
    while (words[first - 1] && !words[first - 1].kept && words[first - 1].end_ms > cut.start_ms) first--;
    while (words[last + 1] && !words[last + 1].kept && words[last + 1].start_ms < cut.end_ms) last++;
    this.#session.select(first, last);
  }

  // The browser's own selection, as whole words.
  #selected() {
    this.#due = 0;
    const chosen = getSelection();
    if (chosen.isCollapsed || !this.#list.contains(chosen.anchorNode) || !this.#list.contains(chosen.focusNode)) return;
    const met = this.#paragraphs.met(chosen.getRangeAt(0));
    const { selection } = this.#session;
    if (met && (met.first !== selection?.first || met.last !== selection?.last)) this.#session.select(met.first, met.last);
  }

  // The Tab key leads to the list; the focus goes on to the word that is spoken, or to the first one in view.
  #entered({ target }) {
    this.#list.tabIndex = -1;
    if (target !== this.#list || this.pressing) return;
    const { words, selection } = this.#session;
    const id = selection?.first ?? Math.max(0, lastBegun(words, this.#player.nowMs));
    const element = (words.length && this.#paragraphs.drawn(id)) || this.#paragraphs.inView();
    if (element) this.#moveTo(element);
  }

  #pressed(event) {
    const { focused } = this;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") return this.clear();
    if (!focused) return;
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!across && !down) return;
    event.preventDefault();
    const rtl = across && getComputedStyle(focused.parentElement).direction === "rtl";
    const next = across ? this.#paragraphs.beside(focused, rtl ? -across : across) : this.#lineAway(focused, down);
    if (!next) return;
    if (!event.shiftKey) this.clear();
    else this.#anchor ??= this.#paragraphs.first(focused);
    this.#moveTo(next);
    if (event.shiftKey) this.#session.select(...this.#span(next));
    else if (this.#player.paused && next.dataset.id) this.#player.seek(this.#session.words[Number(next.dataset.id)].start_ms);
  }

  // From the word a selection began with to this one; both whole.
  #span(element) {
    const id = this.#paragraphs.first(element);
    return id < this.#anchor ? [id, this.#anchor] : [this.#anchor, this.#paragraphs.last(element)];
  }

  #moveTo(element) {
    focusOn(element);
    element.scrollIntoView({ block: "nearest" });
  }

  // The word or pause above or below.
  #lineAway(from, step) {
    const middle = (box) => (box.left + box.right) / 2;
    const start = from.getBoundingClientRect();
    let [best, line] = [undefined, undefined];
    for (let at = this.#paragraphs.beside(from, step); at; at = this.#paragraphs.beside(at, step)) {
      const box = at.getBoundingClientRect();
      if (sameLine(box, start)) continue;
      line ??= box;
      if (!sameLine(box, line)) break;
      if (!best || Math.abs(middle(box) - middle(start)) < Math.abs(middle(best.box) - middle(start))) best = { at, box };
    }
    return best?.at;
  }
}

function sameLine(one, other) {
  return one.top < other.bottom - 4 && other.top < one.bottom - 4;
}
