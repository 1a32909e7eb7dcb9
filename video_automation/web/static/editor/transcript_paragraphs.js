// The paragraphs on the page. Those near the view hold their words; the others are empty boxes of about the same height, so that ten
// hours of words are few elements.

import { inVideo, stamp } from "./clock.js";
import { make } from "./making.js";
import { keptIn } from "./transcript_cuts.js";
import { nameButton } from "./transcript_speakers.js";
import { areSpaced, groupEnd, groupStart, joined, paragraphsFrom, pauseAfter, turnsOf } from "./transcript_text.js";
import { _, number } from "../language.js";

const SHORTEST_PAUSE_MS = 500;
const DOUBTFUL = 60; // percent: below it the model is not sure of a word
const NEAR = "1000px 0px";
const DRAWING_MS = 4; // paragraphs are drawn for so long in each frame: laying them out takes as long again

export class Paragraphs {
  pause = null; // the pause that is chosen: the word it follows
  hits = []; // [{first, last}] in order: what was found
  hit = null; // the one of them that is shown
  #session;
  #list;
  #all = []; // {first, last, start_ms, end_ms, box, said: its text or null while it is empty}
  #shown = new Map(); // the elements of the words on the page, by id
  #now; // the word that is spoken
  #due = new Set(); // paragraphs that came near and are not drawn yet
  #drawing = 0;
  #near = new IntersectionObserver((entries) => this.#scrolled(entries), { rootMargin: NEAR });
  #letters = 0; // that fit into a line
  #turns; // who speaks from which word on, as the paragraphs were made

  constructor(session, list) {
    this.#session = session;
    this.#list = list;
  }

  // Adds the paragraphs of words that have come.
  append() {
    const { words } = this.#session;
    if ((this.#all.at(-1)?.last ?? -1) + 1 === words.length) return;
    const from = this.#all.at(-1)?.first ?? 0; // the last one may go on
    this.#drop(this.#all.length - 1);
    this.#letters ||= Math.max(20, this.#list.clientWidth / 9);
    const boxes = document.createDocumentFragment();
    for (const { first, last } of paragraphsFrom(words, from)) {
      const box = make("div", { class: "paragraph" });
      let letters = 0;
      for (let id = first; id <= last; id++) letters += words[id].text.length + 1;
      box.style.minBlockSize = `${Math.ceil(letters / this.#letters) * 2}rem`;
      boxes.append(box);
      box.paragraph = { first, last, start_ms: words[first].start_ms, end_ms: words[last].end_ms, box, said: null };
      this.#all.push(box.paragraph);
      this.#near.observe(box);
    }
    this.#list.append(boxes);
    this.#turns = turnsOf(words);
  }

  // Shows the words as they are now: their texts may have changed, and their cuts.
  update() {
    const { words } = this.#session;
    const gone = this.#all.some(({ first, last, start_ms, end_ms }) => words[first]?.start_ms !== start_ms || words[last]?.end_ms !== end_ms);
    if (gone || turnsOf(words) !== this.#turns) this.#drop(0);
    this.append();
    for (const paragraph of this.#drawn()) {
      if (paragraph.written !== this.#written(paragraph)) this.#draw(paragraph);
    }
    this.refresh();
  }

  // Shows what is cut, chosen and found now; only what changed is touched.
  refresh() {
    for (const paragraph of this.#drawn()) this.#mark(paragraph);
  }

  // The element of a word, drawn if need be.
  element(id) {
    const paragraph = this.#all[this.#at(id)];
    if (!paragraph.said) this.#draw(paragraph);
    return this.drawn(id);
  }

  // The same, or undefined where it is far from the view.
  drawn(id) {
    return this.#shown.get(id) ?? this.#shown.get(groupStart(this.#session.words, id));
  }

  // The word or pause after an element, or before it; undefined at the end.
  beside(element, step) {
    const next = step > 0 ? element.nextElementSibling : element.previousElementSibling;
    if (next) return next;
    for (let at = this.#at(this.first(element)) + step; this.#all[at]; at += step) {
      const paragraph = this.#all[at];
      if (!paragraph.said) this.#draw(paragraph);
      if (paragraph.said.childElementCount) return step > 0 ? paragraph.said.firstElementChild : paragraph.said.lastElementChild;
    }
  }

  // The first word in view, or undefined.
  inView() {
    for (const { said } of this.#drawn()) {
      if (said.getBoundingClientRect().bottom > 0) return said.querySelector(".w");
    }
  }

  // Lights the word that is spoken, and gives its element; undefined: none.
  light(id) {
    const now = id === undefined ? undefined : groupStart(this.#session.words, id);
    if (now !== this.#now) {
      this.#shown.get(this.#now)?.classList.remove("now");
      this.#shown.get(now)?.classList.add("now");
      this.#now = now;
    }
    return this.#shown.get(now);
  }

  // The words that a range of the document meets: {first, last}, or null.
  met(range) {
    let [first, last] = [null, null];
    for (const { said } of this.#drawn()) {
      if (!range.intersectsNode(said)) continue;
      for (const element of said.querySelectorAll(".w")) {
        if (!overlaps(range, element)) continue;
        first ??= element;
        last = element;
      }
    }
    return first && { first: Number(first.dataset.id), last: this.last(last) };
  }

  // The first and last word an element stands for; of a pause: the word it follows, and the next.
  first(element) {
    return "after" in element.dataset ? Math.max(0, Number(element.dataset.after)) : Number(element.dataset.id);
  }

  last(element) {
    return groupEnd(this.#session.words, this.first(element));
  }

  *#drawn() {
    for (const paragraph of this.#all) if (paragraph.said) yield paragraph;
  }

  #at(id) {
    let [low, high] = [0, this.#all.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#all[middle].last < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // Removes the paragraphs from this one on.
  #drop(from) {
    for (const paragraph of this.#all.splice(from)) {
      this.#forget(paragraph);
      this.#due.delete(paragraph);
      this.#near.unobserve(paragraph.box);
      paragraph.box.remove();
    }
  }

  #scrolled(entries) {
    const far = ({ boundingClientRect: { top, bottom } }) => Math.abs(top + bottom - innerHeight);
    for (const { target, isIntersecting, boundingClientRect } of entries.toSorted((a, b) => far(a) - far(b))) {
      const { paragraph } = target;
      if (isIntersecting) {
        this.#due.add(paragraph);
        continue;
      }
      this.#due.delete(paragraph);
      if (paragraph.said && !inUse(target)) {
        target.style.minBlockSize = `${boundingClientRect.height}px`;
        this.#forget(paragraph);
        target.replaceChildren();
      }
    }
    if (!this.#drawing) this.#drawDue();
  }

  // Draws the paragraphs that came near, those nearest to the middle of the window first; what this frame has no time for, in the next.
  #drawDue() {
    const until = performance.now() + DRAWING_MS;
    for (const paragraph of this.#due) {
      if (performance.now() > until) break;
      this.#due.delete(paragraph);
      if (!paragraph.said) this.#draw(paragraph);
    }
    this.#drawing = this.#due.size ? requestAnimationFrame(() => this.#drawDue()) : 0;
  }

  #forget(paragraph) {
    for (let id = paragraph.first; id <= paragraph.last; id++) this.#shown.delete(id);
    paragraph.said = null;
  }

  #written({ first, last }) {
    let all = "";
    for (let id = first; id <= last; id++) all += `${this.#session.words[id].text}\n`;
    return all;
  }

  #draw(paragraph) {
    const { words, plan } = this.#session;
    const { first, last, box } = paragraph;
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
    this.#forget(paragraph);
    const said = make("p", { class: "said", dir: "auto" });
    const pause = (id) => {
      const { start_ms, end_ms } = pauseAfter(words, id, plan?.duration_ms ?? 0);
      if (end_ms - start_ms > SHORTEST_PAUSE_MS) said.append(pauseChip(id), " ");
    };
    if (first === 0) pause(-1);
    for (let id = first; id <= last; id = groupEnd(words, id) + 1) {
      if (words[id].text) {
        const element = word(words, id);
        this.#shown.set(id, element);
        said.append(element);
        const next = words[groupEnd(words, id) + 1];
        if (!next?.text || areSpaced(words[id].text, next.text)) said.append(" ");
      }
      pause(groupEnd(words, id));
    }
    paragraph.said = said;
    paragraph.written = this.#written(paragraph);
    box.style.minBlockSize = "";
    box.replaceChildren(...this.#whoSpeaks(paragraph), clockButton(), said);
    this.#mark(paragraph);
    if (focused !== undefined) focusOn(this.drawn(Number(focused)));
  }

  // The name of the speaker, where another one spoke before.
  #whoSpeaks({ first }) {
    const { words, plan } = this.#session;
    const { speaker } = words[first];
    if (!(plan?.speakers?.length > 1) || words[first - 1]?.speaker === speaker) return [];
    const { name } = plan.speakers.find((one) => one.id === speaker) ?? {};
    return name ? [nameButton(speaker, name, { tabindex: -1 })] : [];
  }

  #tellWhoSpeaks({ box }) {
    const button = box.querySelector(".speaker");
    const name = button && this.#session.plan.speakers.find(({ id }) => id === Number(button.dataset.speaker))?.name;
    if (name && button.textContent !== name) button.textContent = name;
  }

  #mark(paragraph) {
    const { words, plan, selection } = this.#session;
    this.#tellWhoSpeaks(paragraph);
    const cuts = plan?.cuts ?? [];
    let at = this.hits.length && firstHit(this.hits, paragraph.first);
    for (const element of paragraph.said.children) {
      if (element.dataset.after) {
        const pause = pauseAfter(words, Number(element.dataset.after), plan?.duration_ms ?? 0);
        tellPause(element, pause.end_ms - pause.start_ms, keptIn(cuts, pause), this.pause === Number(element.dataset.after));
      } else if (element.dataset.id) {
        const id = Number(element.dataset.id);
        while (at < this.hits.length && this.hits[at].last < id) at++;
        const hit = this.hits[at]?.first <= this.last(element) ? this.hits[at] : undefined;
        const selected = selection && selection.first <= this.last(element) && id <= selection.last;
        const { kept } = words[id];
        tell(element, { cut: !kept, selected, hit, found: hit && hit === this.hit, now: id === this.#now });
      }
    }
    const { start_ms } = words[paragraph.first];
    const [video, recording] = [stamp(inVideo(plan ?? { cuts }, start_ms)), stamp(start_ms)];
    const button = paragraph.said.previousElementSibling;
    if (button.dataset.shown === `${video} ${recording}`) return;
    button.dataset.shown = `${video} ${recording}`;
    button.setAttribute("aria-label", _("Go to {time}, {recorded} in the recording", { time: video, recorded: recording }));
    [button.firstChild.textContent, button.lastChild.textContent] = [video, recording];
  }
}

// Moves the focus to a word or a pause.
export function focusOn(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

function word(words, id) {
  const { text, heard, confidence } = words[id];
  const element = make("span", { class: "w", "data-id": id }, text);
  const last = groupEnd(words, id);
  const before = last === id ? heard : joined(words.slice(id, last + 1).map((one) => one.heard));
  if (text !== before) {
    element.dataset.like = "corrected";
    element.title = _("Heard as “{text}”", { text: before });
  } else if (confidence < DOUBTFUL) {
    element.dataset.like = "doubtful";
    element.title = _("Not heard clearly");
  }
  return element;
}

function pauseChip(after) {
  return make("button", { type: "button", class: "pause", tabindex: -1, "data-after": after });
}

function clockButton() {
  return make("button", { type: "button", class: "at", tabindex: -1 }, make("span", { class: "in-video" }), make("span", { class: "in-recording" }));
}

function tellPause(chip, length, kept, chosen) {
  const cut = kept < length;
  const told = `${length} ${kept} ${chosen}`;
  if (chip.dataset.shown === told) return;
  chip.dataset.shown = told;
  chip.setAttribute("aria-pressed", chosen);
  const [whole, rest] = [seconds(length), seconds(kept)];
  chip.setAttribute("aria-label", cut ? _("Pause of {length}, cut to {rest}", { length: whole, rest }) : _("Pause of {length}", { length: whole }));
  chip.replaceChildren("· ", cut ? make("s", {}, whole) : whole, cut ? ` ${rest} ·` : " ·");
}

function seconds(ms) {
  return `${number(ms / 1000, 1)} s`;
}

function tell(element, states) {
  const name = ["w", ...Object.keys(states).filter((state) => states[state])].join(" ");
  if (element.className === name) return;
  element.className = name;
  if (states.cut) element.setAttribute("role", "deletion");
  else element.removeAttribute("role");
}

function firstHit(hits, id) {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hits[middle].last < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function overlaps(range, element) {
  const own = document.createRange();
  own.selectNodeContents(element);
  return range.compareBoundaryPoints(Range.START_TO_END, own) > 0 && range.compareBoundaryPoints(Range.END_TO_START, own) < 0;
}

// Whether a paragraph holds the focus, or an end of what is selected: then it stays as it is.
function inUse(box) {
  const { anchorNode, focusNode, isCollapsed } = getSelection();
  return box.contains(document.activeElement) || (!isCollapsed && (box.contains(anchorNode) || box.contains(focusNode)));
}
