// The two clocks: the recording's, and the video's, which leaves the cuts out and begins with its opening card. Times are
// milliseconds. A plan, and a result, has `cuts` and, if it has cards, `cards`.

// Where the video shows a moment of the recording; of a moment that is cut, where the video goes on.
export function inVideo({ cuts, cards }, ms) {
  let removed = 0;
  for (const cut of cuts) {
    if (cut.start_ms >= ms) break;
    removed += Math.min(cut.end_ms, ms) - cut.start_ms;
  }
  return opening(cards) + ms - removed;
}

// Where the recording has a moment of the video; the opening card stands for its beginning.
export function inRecording({ cuts, cards }, videoMs) {
  let ms = Math.max(0, videoMs - opening(cards));
  for (const cut of cuts) {
    if (cut.start_ms > ms) break;
    ms += cut.end_ms - cut.start_ms;
  }
  return ms;
}

// The same, for what begins there, as a chapter does: the opening card belongs to what begins first.
export function beginsInVideo(plan, ms) {
  const at = inVideo(plan, ms);
  return at > opening(plan.cards) ? at : 0;
}

const opening = (cards) => cards?.video.opening_ms ?? 0;

// The cut that holds a moment, or undefined. Cuts are in order and apart.
export function cutAt(cuts, ms) {
  let low = 0;
  let high = cuts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (cuts[middle].end_ms <= ms) low = middle + 1;
    else if (cuts[middle].start_ms > ms) high = middle - 1;
    else return cuts[middle];
  }
}

// "3:05", "1:02:03"; with tenths where they are asked for.
export function stamp(ms, { tenths = false } = {}) {
  const unit = tenths ? 100 : 1000;
  const whole = Math.floor(Math.max(0, ms) / unit) * unit;
  const s = Math.floor(whole / 1000);
  const pad = (n) => String(n).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60];
  const front = hours ? `${hours}:${pad(minutes)}` : `${minutes}`;
  return `${front}:${pad(seconds)}${tenths ? `.${(whole % 1000) / 100}` : ""}`;
}
