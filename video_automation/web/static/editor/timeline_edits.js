// What becomes of a plan when an edge is moved, and cuts and times in words.

import { inVideo, stamp } from "./clock.js";
import { _, number } from "../language.js";

const SHORTEST_MS = 40;

// A stretch with one edge moved; it keeps a picture's length at least.
export function withEdge({ start_ms, end_ms }, edge, ms, durationMs) {
  const at = Math.round(ms);
  if (edge === "start") return { start_ms: Math.max(0, Math.min(at, end_ms - SHORTEST_MS)), end_ms };
  return { start_ms, end_ms: Math.min(durationMs, Math.max(at, start_ms + SHORTEST_MS)) };
}

// The edits that make a cut as long as `moved`, of which one edge differs: a wider cut, or a part given back. None if neither.
export function cutEdits(cut, moved) {
  if (moved.start_ms < cut.start_ms || moved.end_ms > cut.end_ms) return [{ op: "cut", ...moved }];
  if (moved.start_ms > cut.start_ms) return [{ op: "keep", start_ms: cut.start_ms, end_ms: moved.start_ms }];
  if (moved.end_ms < cut.end_ms) return [{ op: "keep", start_ms: moved.end_ms, end_ms: cut.end_ms }];
  return [];
}

export function clipEdits(clip, moved) {
  const same = moved.start_ms === clip.start_ms && moved.end_ms === clip.end_ms;
  return same ? [] : [{ op: "clip_set", clip: clip.id, start_ms: moved.start_ms, end_ms: moved.end_ms }];
}

export function reasonOf({ reason, word }) {
  if (reason === "pause") return _("Pause");
  return reason === "filler" ? _("Filler word “{word}”", { word }) : _("Your cut");
}

export function lengthOf({ start_ms, end_ms }) {
  return `${number((end_ms - start_ms) / 1000, 1)} s`;
}

export function cutInWords(plan, cut) {
  return _("{reason}, {length}, at {time}", { reason: reasonOf(cut), length: lengthOf(cut), time: stamp(inVideo(plan, cut.start_ms)) });
}
