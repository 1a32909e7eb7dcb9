// Which clips are not yet rendered as they are now, and which are being made.

import { differing } from "./updates.js";
import { _ } from "../language.js";

const OF_ALL = new Set(["replace", "captions", "options"]);

// A function that says of a clip: "" where its video shows it as it is, else "changed", "not made yet", or "being made".
export function standOf(session) {
  const { touched } = session;
  const lacking = differing(session.plan);
  const edits = session.plan.history.filter(({ revision }) => lacking.has(revision)).flatMap((entry) => entry.edits);
  const made = new Set((session.result?.clips ?? []).map(({ id }) => id));
  return (clip) => {
    if (isBeingMade(session, clip)) return _("being made");
    if (!made.has(clip.id) && (session.result || !touched)) return _("not made yet");
    return !touched && edits.some((edit) => touches(edit, clip, session.words)) ? _("changed") : "";
  };
}

export function isBeingMade({ touched }, clip) {
  return touched?.clips.includes(clip.id) ?? false;
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
