// The keys of the player: they play, step, and set where a selection begins and ends.

import { onKey } from "./keys.js";
import { lastBegun } from "./word_search.js";
import { _ } from "../language.js";

const FRAME_MS = 40;

export function playerKeys(session, player) {
  const step = (ms) => () => player.seekVideo(player.videoMs + ms);
  onKey("Space", _("Play or pause"), () => player.toggle());
  onKey("K", _("Play or pause"), () => player.toggle());
  onKey("J", _("10 seconds back"), step(-10_000));
  onKey("L", _("10 seconds forward"), step(10_000));
  onKey("ArrowLeft", _("A second back"), step(-1000));
  onKey("ArrowRight", _("A second forward"), step(1000));
  onKey("Shift+ArrowLeft", _("To the word before"), () => player.seek(wordBefore(session.words, player.nowMs)));
  onKey("Shift+ArrowRight", _("To the next word"), () => player.seek(wordAfter(session.words, player.nowMs)));
  onKey("Home", _("To the beginning"), () => player.seek(0));
  onKey("End", _("To the end"), () => player.seek(player.duration_ms));
  onKey("I", _("Select from here"), () => {
    const first = firstFrom(session.words, player.nowMs);
    if (first !== undefined) session.select(first, Math.max(first, session.selection?.last ?? first));
  });
  onKey("O", _("Select up to here"), () => {
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
