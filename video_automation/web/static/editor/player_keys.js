// The keys of the player: they play, step, and set where a selection begins and ends.

import { onKey } from "./keys.js";
import { lastBegun } from "./word_search.js";
import { _ } from "../language.js";

const FRAME_MS = 40;
const SPEEDS = [1, 1.5, 2]; // by L pressed again
const BACK_MS = 5000; // J goes back in steps: browsers play forward only

export function playerKeys(session, player) {
  const step = (ms) => () => player.seekVideo(player.videoMs + ms);
  onKey("Space", _("Play or pause"), () => player.toggle());
  onKey("J", _("5 seconds back"), step(-BACK_MS));
  onKey("K", _("Stop"), () => player.pause());
  onKey("L", _("Play; pressed again: 1.5 and 2 times as fast"), ({ repeat }) => {
    if (repeat) return; // it is held, not pressed again
    const { paused, video: { playbackRate } } = player;
    player.set("playbackRate", paused ? SPEEDS[0] : SPEEDS.find((speed) => speed > playbackRate) ?? playbackRate);
    if (paused) player.play();
  });
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
