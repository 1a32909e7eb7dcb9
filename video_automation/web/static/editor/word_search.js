// Finds words, and where they and their sentences begin and end, near a moment. Words are in order; times are milliseconds.

const SENTENCE_PAUSE_MS = 1000;
const FARTHEST = 400; // words looked at on each side for the end of a sentence
const ENDS = /[.?!…。？！۔।]["'”’»)\]]*$/;

// The place of the last word that has begun at a moment; -1 before the first.
export function lastBegun(words, ms) {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle].start_ms <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// Whether a sentence ends with a word: by its full stop, or by a long pause after it.
export function endsSentence(words, i) {
  return i === words.length - 1 || ENDS.test(words[i].text) || words[i + 1].start_ms - words[i].end_ms >= SENTENCE_PAUSE_MS;
}

// The border of a word that is nearest to a moment, or undefined where there are no words.
export function nearestBorder(words, ms) {
  const at = lastBegun(words, ms);
  const borders = [words[at - 1], words[at], words[at + 1]].flatMap((word) => (word ? [word.start_ms, word.end_ms] : []));
  return nearest(borders, ms);
}

// A moment for the edge of a cut: never inside a word; in a pause free, but drawn to a border that is `reach_ms` away at most.
export function snappedToWord(words, ms, reach_ms) {
  const border = nearestBorder(words, ms);
  if (border === undefined) return ms;
  const word = words[lastBegun(words, ms)];
  return (word && ms < word.end_ms) || Math.abs(border - ms) <= reach_ms ? border : ms;
}

// The next border of a word before (`step` -1) or after (1) a moment, or undefined.
export function nextBorder(words, ms, step) {
  const at = lastBegun(words, ms);
  const borders = [words[at - 1], words[at], words[at + 1]].flatMap((word) => (word ? [word.start_ms, word.end_ms] : []));
  return nearest(borders.filter((border) => (border - ms) * step > 0), ms);
}

// Where the nearest sentence begins (`edge` "start") or ends ("end"); the moment itself where there are no words.
export function snappedToSentence(words, ms, edge) {
  const at = Math.max(0, lastBegun(words, ms));
  const found = [];
  for (let i = at; i >= Math.max(0, at - FARTHEST) && words.length; i--) {
    if (take(words, i, edge, found)) break;
  }
  for (let i = at + 1; i < Math.min(words.length, at + FARTHEST); i++) {
    if (take(words, i, edge, found)) break;
  }
  return nearest(found, ms) ?? ms;
}

function take(words, i, edge, found) {
  const fits = edge === "end" ? endsSentence(words, i) : i === 0 || endsSentence(words, i - 1);
  if (fits) found.push(edge === "end" ? words[i].end_ms : words[i].start_ms);
  return fits;
}

function nearest(places, ms) {
  let best;
  for (const place of places) if (best === undefined || Math.abs(place - ms) < Math.abs(best - ms)) best = place;
  return best;
}
