// The keys of the player: they play, step, and set where a selection begins and ends.

import { onKey } from "./keys.js";
import { lastBegun } from "./word_search.js";

const FRAME_MS = 40;

export function playerKeys(session, player) {
  const step = (ms) => () => player.seekVideo(player.videoMs + ms);
  onKey("Space", "Play or pause", () => player.toggle());
  onKey("K", "Play or pause", () => player.toggle());
  onKey("J", "10 seconds back", step(-10_000));
  onKey("L", "10 seconds forward", step(10_000));
  onKey("ArrowLeft", "A second back", step(-1000));
  onKey("ArrowRight", "A second forward", step(1000));
  onKey("Shift+ArrowLeft", "To the word before", () => player.seek(wordBefore(session.words, player.nowMs)));
  onKey("Shift+ArrowRight", "To the next word", () => player.seek(wordAfter(session.words, player.nowMs)));
  onKey("Home", "To the beginning", () => player.seek(0));
  onKey("End", "To the end", () => player.seek(player.duration_ms));
  onKey("I", "Select from here", () => {
    const first = firstFrom(session.words, player.nowMs);
    if (first !== undefined) session.select(first, Math.max(first, session.selection?.last ?? first));
  });
  onKey("O", "Select up to here", () => {
    const last = lastBegun(session.words, player.nowMs);
    if (last >= 0) session.select(Math.min(last, session.selection?.first ?? last), last);
  });
}

// The word that is said at a moment, or the next one.
function firstFrom(words, ms) {
  const at = lastBegun(words, ms);
  if (at >= 0 && ms < words[at].end_ms) return at;
  return at + 1 < words.length ? at + 1 : undefined;
}

function wordBefore(words, ms) {
  return words[lastBegun(words, ms - 1)]?.start_ms ?? (words.length ? 0 : ms - FRAME_MS);
}

function wordAfter(words, ms) {
  return words[lastBegun(words, ms) + 1]?.start_ms ?? (words.length ? ms : ms + FRAME_MS);
}
