// What is said, as two lines over the picture of the recording, with today's corrections and without what is cut.

import { make } from "./making.js";
import { endsSentence, lastBegun } from "./word_search.js";

const LONGEST = 72; // characters of a caption
const MOST_WORDS = 60; // looked back for the beginning of a sentence
const STAYS_MS = 1500; // after its last word

export function captionsOver(session, player) {
  const shown = make("p", { class: "caption", dir: "auto", "aria-hidden": "true" });
  let at = null;
  const show = () => {
    const now = player.nowMs;
    const i = lastBegun(session.words, now);
    const word = session.words[i];
    const quiet = player.mode !== "recording" || !player.captions || !word || now > word.end_ms + STAYS_MS;
    const next = quiet ? -1 : i;
    if (next === at) return;
    at = next;
    shown.textContent = quiet ? "" : captionWith(session.words, i);
    shown.hidden = !shown.textContent;
  };
  const anew = () => {
    at = null;
    if (session.plan?.language) shown.lang = session.plan.language;
    show();
  };
  for (const name of ["time", "mode", "captions"]) player.addEventListener(name, show);
  session.addEventListener("plan", anew);
  return shown;
}

// The caption that a word belongs to: a sentence, or where it is long the part of it that fits.
export function captionWith(words, i) {
  let from = i;
  while (from > 0 && i - from < MOST_WORDS && !endsSentence(words, from - 1)) from--;
  let texts = [];
  let length = 0;
  for (let j = from; j < words.length; j++) {
    const { text, kept } = words[j];
    if (kept && text) {
      if (length + text.length > LONGEST) {
        if (j > i) break;
        [texts, length] = [[], 0];
      }
      texts.push(text);
      length += text.length + 1;
    }
    if (endsSentence(words, j) && j >= i) break;
  }
  return texts.join(" ");
}
