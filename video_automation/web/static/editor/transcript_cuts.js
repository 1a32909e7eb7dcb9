// What is cut or restored with words, and with a pause: stretches of the recording, {start_ms, end_ms}. Pure functions.

import { cutAt } from "./clock.js";
import { pauseAfter } from "./transcript_text.js";

const SHORTEST_CUT_MS = 100;

// The stretch to cut words by. The shorter of the pauses beside them goes, too, so that no double pause is left; what stays of it is what
// stays of every pause. Words beside them that are cut already make one cut with them.
export function strikingOf(plan, words, first, last) {
  while (first > 0 && !words[first - 1].kept) first--;
  while (last + 1 < words.length && !words[last + 1].kept) last++;
  const [before, after] = [pauseAfter(words, first - 1, plan.duration_ms), pauseAfter(words, last, plan.duration_ms)];
  const { lead_ms: lead, tail_ms: tail } = plan.options.trim;
  let { start_ms } = words[first];
  let { end_ms } = words[last];
  if (keptIn(plan.cuts, after) <= keptIn(plan.cuts, before)) {
    const cut = plan.cuts[firstAfter(plan.cuts, end_ms)];
    end_ms = Math.max(end_ms, Math.min(after.end_ms - lead, cut?.start_ms ?? Infinity));
  } else {
    const cut = plan.cuts[firstAfter(plan.cuts, start_ms) - 1];
    start_ms = Math.min(start_ms, Math.max(before.start_ms + tail, cut?.end_ms ?? 0));
  }
  return { start_ms, end_ms };
}

// The stretch to restore words by: they come back with what was cut of the pauses beside them together with them.
export function restoringOf(plan, words, first, last) {
  const { start_ms } = words[first];
  const { end_ms } = words[last];
  const before = pauseAfter(words, first - 1, plan.duration_ms).start_ms;
  const after = pauseAfter(words, last, plan.duration_ms).end_ms;
  return {
    start_ms: Math.max(before, Math.min(start_ms, cutAt(plan.cuts, start_ms)?.start_ms ?? start_ms)),
    end_ms: Math.min(after, Math.max(end_ms, cutAt(plan.cuts, end_ms - 1)?.end_ms ?? end_ms)),
  };
}

// The stretch to shorten a pause by.
export function shorteningOf(plan, { start_ms, end_ms }) {
  const { lead_ms: lead, tail_ms: tail } = plan.options.trim;
  if (end_ms - lead - start_ms - tail >= SHORTEST_CUT_MS) return { start_ms: start_ms + tail, end_ms: end_ms - lead };
  const quarter = Math.round((end_ms - start_ms) / 4);
  return { start_ms: start_ms + quarter, end_ms: end_ms - quarter };
}

// How much of a stretch is in the video, in milliseconds.
export function keptIn(cuts, { start_ms, end_ms }) {
  let kept = end_ms - start_ms;
  for (let at = firstAfter(cuts, start_ms); at < cuts.length && cuts[at].start_ms < end_ms; at++) {
    kept -= Math.min(cuts[at].end_ms, end_ms) - Math.max(cuts[at].start_ms, start_ms);
  }
  return kept;
}

// Which cut is the first to end after a moment.
function firstAfter(cuts, ms) {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle].end_ms <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
