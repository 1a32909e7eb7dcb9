// Which clips are not yet rendered as they are now.

import { differing } from "./updates.js";
import { _ } from "../language.js";

const OF_ALL = new Set(["replace", "captions", "options"]);

// A function that says of a clip: "" where its video shows it as it is, else "changed", or "not made yet".
export function standOf(session) {
  const lacking = differing(session.plan);
  const edits = session.plan.history.filter(({ revision }) => lacking.has(revision)).flatMap((entry) => entry.edits);
  const made = new Set((session.result?.clips ?? []).map(({ id }) => id));
  return (clip) => {
    if (!made.has(clip.id)) return _("not made yet");
    return edits.some((edit) => touches(edit, clip, session.words)) ? _("changed") : "";
  };
}

function touches(edit, clip, words) {
  if (edit.op === "thumbnail_set") return false; // its video is as it was
  if (OF_ALL.has(edit.op) || edit.clip === clip.id) return true;
  const meets = (start, end) => start < clip.end_ms && clip.start_ms < end;
  if (edit.op === "cut" || edit.op === "keep") return meets(edit.start_ms, edit.end_ms);
  return edit.op === "correct" && edit.words[1] < words.length && meets(words[edit.words[0]].start_ms, words[edit.words[1]].end_ms);
}

// Whether a clip has a first version it can be reset to: all have but those a person has added.
export function canReset({ history }, clip) {
  const changed = history.some(({ edits }) => edits.some((edit) => ["clip_set", "thumbnail_set"].includes(edit.op) && edit.clip === clip.id));
  const added = history.some(({ edits }) => edits.some((edit) => edit.op === "clip_add" && clip.id.startsWith(`${edit.start_ms}-${edit.end_ms}`)));
  return changed && !added;
}
