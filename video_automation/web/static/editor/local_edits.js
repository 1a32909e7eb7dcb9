// Edits as they will be, shown at once: the server decides the same a moment later, and what it tells then stands.

// Applies edits to a plan without its words, and to its words. Returns {words: whether texts of words changed}.
export function applied(plan, words, edits) {
  let texts = false;
  for (const edit of edits) {
    const apply = APPLY[edit.op];
    if (apply) texts = apply(plan, words, edit) || texts;
  }
  if (edits.some(({ op }) => op === "cut" || op === "keep")) markKept(plan, words);
  return { words: texts };
}

// Says of each word whether it is in the video: whether its middle is in no cut. `from` and `to` are words' ids, both included.
export function markKept(plan, words, from = 0, to = words.length - 1) {
  let at = 0;
  for (let i = from; i <= to; i++) {
    const middle = (words[i].start_ms + words[i].end_ms) / 2;
    while (at < plan.cuts.length && plan.cuts[at].end_ms <= middle) at++;
    words[i].kept = !(at < plan.cuts.length && plan.cuts[at].start_ms <= middle);
  }
}

// Whether two lists of edits change the same things, so that both cannot stand.
export function collides(ours, others) {
  return ours.some((one) => others.some((other) => WHOLE.has(one.op) || WHOLE.has(other.op) || same(one, other)));
}

const WHOLE = new Set(["options", "captions"]);
const TEXTS = ["titles", "description", "chapters"];

function same(one, other) {
  const ops = [one.op, other.op];
  const both = (...kinds) => kinds.every((kind) => ops.includes(kind));
  if (one.clip !== undefined && one.clip === other.clip) return true;
  if (both("cut", "keep")) return one.start_ms < other.end_ms && other.start_ms < one.end_ms;
  if (both("text", "replace")) return true;
  if (one.op !== other.op) return false;
  if (one.op === "speaker") return one.speaker === undefined || other.speaker === undefined || one.speaker === other.speaker;
  if (one.op === "thumbnail_set") return one.clip === other.clip;
  if (one.op === "text") return TEXTS.some((name) => one[name] !== undefined && other[name] !== undefined);
  return one.op === "correct" && one.words[0] <= other.words[1] && other.words[0] <= one.words[1];
}

const APPLY = {
  cut(plan, words, edit) {
    const { start, end } = stretch(words, edit);
    const apart = (cut) => cut.end_ms < start || cut.start_ms > end;
    const met = plan.cuts.filter((cut) => !apart(cut));
    const start_ms = Math.min(start, ...met.map((cut) => cut.start_ms));
    const end_ms = Math.max(end, ...met.map((cut) => cut.end_ms));
    recut(plan, [...plan.cuts.filter(apart), { id: `new ${start_ms}`, start_ms, end_ms, reason: "asked", word: "" }]);
  },
  keep(plan, words, edit) {
    const { start, end } = stretch(words, edit);
    recut(plan, plan.cuts.flatMap((cut) => without(cut, start, end)));
  },
  correct(plan, words, edit) {
    const [first, last] = edit.words;
    const texts = edit.text.split(/\s+/).filter(Boolean);
    const each = texts.length === last - first + 1;
    for (let i = first; i <= last; i++) words[i].text = each ? texts[i - first] : i === first ? edit.text : "";
    return true;
  },
  speaker(plan, words, { speaker, name, merge }) {
    if (name) plan.speakers = plan.speakers.map((one) => (one.id === speaker ? { ...one, name } : one));
    if (!merge) return true;
    const [kept, gone] = merge;
    plan.speakers = plan.speakers.filter(({ id }) => id !== gone);
    for (const word of words) if (word.speaker === gone) word.speaker = kept;
    return true;
  },
  clip_set(plan, _, { op, clip, ...changes }) {
    Object.assign(plan.clips.find((one) => one.id === clip) ?? {}, changes);
  },
  clip_drop(plan, _, { clip }) {
    plan.clips = plan.clips.filter((one) => one.id !== clip);
  },
  thumbnail_set(plan, _, { clip, at_ms = null, headline = "" }) {
    const of = clip === undefined ? plan : plan.clips.find((one) => one.id === clip) ?? {};
    of.thumbnail = at_ms === null && !headline ? null : { at_ms, headline };
  },
  text(plan, _, { titles, description, chapters }) {
    if (titles) plan.titles = titles.map((text) => ({ text }));
    if (description !== undefined) plan.description = description;
    if (chapters) plan.chapters = chapters;
  },
};

function stretch(words, edit) {
  if (!edit.words) return { start: edit.start_ms, end: edit.end_ms };
  return { start: words[edit.words[0]].start_ms, end: words[edit.words[1]].end_ms };
}

function without(cut, start, end) {
  if (cut.end_ms <= start || cut.start_ms >= end) return [cut];
  const before = { ...cut, end_ms: start };
  const after = { ...cut, id: `${cut.id} after`, start_ms: end };
  return [before, after].filter((part) => part.end_ms > part.start_ms);
}

function recut(plan, cuts) {
  plan.cuts = cuts.sort((a, b) => a.start_ms - b.start_ms);
  plan.kept_ms = plan.duration_ms - plan.cuts.reduce((sum, cut) => sum + cut.end_ms - cut.start_ms, 0);
}
