// Where a clip's words are, and where its edges go when it is made longer or shorter by a word or a sentence.

import { inVideo } from "./clock.js";
import { endsSentence, lastBegun } from "./word_search.js";

const LEAD_MS = 150; // the margins the service leaves before a first word and after a last one
const TAIL_MS = 200;

// The first and the last word whose middle is in a stretch, as places in `words`; `last` is before `first` where there are none.
export function wordsIn(words, { start_ms, end_ms }) {
  let first = Math.max(0, lastBegun(words, start_ms));
  while (first < words.length && middle(words[first]) < start_ms) first++;
  let last = lastBegun(words, end_ms);
  while (last >= 0 && middle(words[last]) >= end_ms) last--;
  return { first, last };
}

// The stretch of some words, with its margins, which never reach into a neighbouring word.
export function stretchOf(words, first, last, duration_ms) {
  const before = words[first - 1]?.end_ms ?? 0;
  const after = words[last + 1]?.start_ms ?? duration_ms;
  return {
    start_ms: Math.min(words[first].start_ms, Math.max(before, words[first].start_ms - LEAD_MS)),
    end_ms: Math.max(words[last].end_ms, Math.min(after, words[last].end_ms + TAIL_MS)),
  };
}

// The stretch after one step: `edge` "start" or "end", `by` "word" or "sentence", `step` -1 (earlier) or 1 (later); undefined
// where the recording, or the clip, ends.
export function stepped(words, clip, { edge, by, step }, duration_ms) {
  const { first, last } = wordsIn(words, clip);
  if (last < first) return undefined;
  const fits = by === "word" ? () => true : edge === "start" ? (i) => i === 0 || endsSentence(words, i - 1) : (i) => endsSentence(words, i);
  let at = (edge === "start" ? first : last) + step;
  while (at >= 0 && at < words.length && !fits(at)) at += step;
  const within = edge === "start" ? at >= 0 && at <= last : at >= first && at < words.length;
  if (!within) return undefined;
  const stretch = edge === "start" ? stretchOf(words, at, last, duration_ms) : stretchOf(words, first, at, duration_ms);
  return edge === "start" ? { start_ms: stretch.start_ms } : { end_ms: stretch.end_ms };
}

// How long a clip lasts with today's cuts.
export function lasts(cuts, { start_ms, end_ms }) {
  return inVideo({ cuts }, end_ms) - inVideo({ cuts }, start_ms);
}

function middle(word) {
  return (word.start_ms + word.end_ms) / 2;
}
