// Finds a text in others, whatever its case and accents. Pure functions.

import { areSpaced, hasSpaces } from "./transcript_text.js";

const LETTER = /[\p{L}\p{N}_]/u;
const ASCII = /^[\x00-\x7f]*$/;

// A text without case and accents.
export function folded(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize("NFD").replace(/\p{Mn}+/gu, "").toLowerCase().replaceAll("ς", "σ");
}

// The words of a transcript, joined and folded, to be searched: some at a time, so that hours of them stop nothing.
export class SearchedWords {
  #text = "";
  #starts = []; // where each word begins in it
  #last = "";

  add(words) {
    const parts = [];
    let length = this.#text.length;
    for (const { text } of words) {
      if (text && this.#last && areSpaced(this.#last, text)) {
        parts.push(" ");
        length += 1;
      }
      this.#starts.push(length);
      const part = folded(text);
      parts.push(part);
      length += part.length;
      if (text) this.#last = text;
    }
    this.#text += parts.join("");
  }

  get count() { return this.#starts.length; }

  // Where the words say a text: [{first, last, whole: whether it is no part of longer words}], in order.
  hits(needle) {
    const wanted = folded(needle);
    const found = [];
    if (!wanted) return found;
    const [text, starts] = [this.#text, this.#starts];
    let id = 0;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length;
      while (id + 1 < starts.length && starts[id + 1] <= at) id++;
      const first = id;
      while (id + 1 < starts.length && starts[id + 1] < end) id++;
      found.push({ first, last: id, whole: isWhole(text, at, end) });
    }
    return found;
  }
}

// How a text is written where another says it as whole words: "Guttenberg", "guttenberg"; one for each place.
export function spellings(text, needle) {
  const wanted = folded(needle);
  const [plain, places] = [[], []]; // the folded text, and where each of its characters comes from
  let at = 0;
  for (const char of text) {
    for (const one of folded(char)) {
      plain.push(one);
      for (let i = 0; i < one.length; i++) places.push(at);
    }
    at += char.length;
  }
  places.push(text.length);
  const all = plain.join("");
  const found = [];
  for (let from = wanted ? all.indexOf(wanted) : -1; from >= 0; from = all.indexOf(wanted, from + wanted.length)) {
    const end = from + wanted.length;
    if (isWhole(all, from, end)) found.push(text.slice(places[from], places[end]));
  }
  return found;
}

function isWhole(text, at, end) {
  const bordered = (char) => LETTER.test(char) && hasSpaces(char);
  if (bordered(text[at]) && at > 0 && LETTER.test(text[at - 1])) return false;
  return !(bordered(text[end - 1]) && end < text.length && LETTER.test(text[end]));
}
