// A clip opened: its video, what is said in it, where it starts and ends, how it looks.

import { nameOf } from "./clips_card.js";
import { canReset } from "./clips_changes.js";
import { choicesOf } from "./clips_choices.js";
import { clipPreview } from "./clips_preview.js";
import { bars, ring } from "./clips_score.js";
import { lasts, stepped, wordsIn } from "./clips_stretch.js";
import { stamp } from "./clock.js";
import { make } from "./making.js";
import { endsSentence } from "./word_search.js";
import { _ } from "../language.js";

// {element, show(clip, number, stand)}: `does` has play, drop, close and rename; `lists` are the layouts and styles there are.
export function openedClip(session, player, { does, lists }) {
  let clip;
  const set = (changes) => session.edit([{ op: "clip_set", clip: clip.id, ...changes }]);
  const act = (text, of) => {
    const made = make("button", { type: "button", class: "button quiet small" }, text);
    made.addEventListener("click", () => of(clip));
    return made;
  };
  const close = act(_("All clips"), does.close);
  const title = make("input", { type: "text", maxlength: 200, class: "title", "aria-label": _("Title of the clip"), placeholder: _("Without a title") });
  title.addEventListener("change", () => does.rename(clip, title.value.trim()));
  const told = make("span", { class: "chip" });
  const media = make("div", { class: "clip-media" });
  const note = make("p", { class: "note" });
  const score = make("div", { class: "score" });
  const rated = make("div", {});
  const [play, drop, reset] = [act(_("Play"), does.play), act(_("Drop"), does.drop), act(_("Reset"), () => session.edit([{ op: "clip_reset", clip: clip.id }]))];
  reset.title = _("Makes the clip as it was first chosen");
  const edges = [edgeOf("start", session, () => clip, set), edgeOf("end", session, () => clip, set)];
  const choices = choicesOf(lists, set);
  const text = saidOf(session, player);
  const preview = clipPreview(session, player);
  const element = make(
    "div", { class: "clip-open", hidden: "" },
    make("div", { class: "clip-top" }, close, told),
    make("div", { class: "clip-head" }, title, score),
    make(
      "div", { class: "clip-body" },
      make("div", { class: "clip-seen" }, media, note, make("div", { class: "clip-buttons" }, play, drop, reset)),
      make("div", { class: "clip-set" }, ...edges.map((edge) => edge.element), choices.element),
    ),
    make("h2", {}, _("What is said")), text.element,
    make("h2", {}, _("Why this score")), rated,
  );

  let shown;
  const show = (now, number, stand) => {
    const another = clip?.id !== now.id;
    clip = now;
    if (another || title !== document.activeElement) title.value = clip.title;
    told.textContent = stand;
    told.hidden = !stand;
    reset.hidden = !canReset(session.plan, clip);
    const made = stand ? undefined : session.result?.clips.find(({ id }) => id === clip.id);
    const seen = made ? made.film : preview;
    if (!made) preview.show(clip);
    if (seen !== shown) {
      shown = seen;
      media.replaceChildren(made ? make("video", { src: made.film, controls: "", playsinline: "", preload: "metadata", poster: made.cover, "aria-label": _("Video of the clip “{name}”", { name: nameOf(clip, number) }) }) : preview.element);
    }
    const long = _("{time} long.", { time: stamp(lasts(session.plan.cuts, clip)) });
    note.textContent = made ? long : `${long} ${_("The captions are those that will be drawn; the picture follows the speaker once “Update video” has made the clip.")}`;
    score.replaceChildren(ring(clip));
    rated.replaceChildren(clip.signals.length ? bars(clip, { all: true }) : make("p", { class: "note" }, _("No score: it is your own choice, or nothing is said in it.")));
    for (const edge of edges) edge.show();
    choices.update(clip, session.plan.options);
    text.show(clip);
  };
  return { element, show, close };
}

const STEPS = [
  { by: "sentence", step: -1, text: _("« sentence"), start: _("Start one sentence earlier"), end: _("End one sentence earlier") },
  { by: "sentence", step: 1, text: _("sentence »"), start: _("Start one sentence later"), end: _("End one sentence later") },
  { by: "word", step: -1, text: _("‹ word"), start: _("Start one word earlier"), end: _("End one word earlier") },
  { by: "word", step: 1, text: _("word ›"), start: _("Start one word later"), end: _("End one word later") },
];

// The start or the end of the clip, with buttons that move it.
function edgeOf(edge, session, clip, set) {
  const name = edge === "start" ? _("Start") : _("End");
  const time = make("output", {});
  const buttons = STEPS.map((step) => {
    const made = make("button", { type: "button", class: "button quiet small", "aria-label": step[edge] }, step.text);
    made.addEventListener("click", () => {
      const moved = stepped(session.words, clip(), { edge, ...step }, session.plan.duration_ms);
      if (moved) set(moved);
    });
    return made;
  });
  return {
    element: make("div", { class: "edge", role: "group", "aria-label": edge === "start" ? _("Start of the clip") : _("End of the clip") }, make("span", { class: "of" }, name), time, make("div", { class: "steps" }, ...buttons)),
    show() {
      time.textContent = stamp(clip()[`${edge}_ms`], { tenths: true });
      for (const [at, made] of buttons.entries()) {
        made.setAttribute("aria-disabled", !stepped(session.words, clip(), { edge, ...STEPS[at] }, session.plan.duration_ms));
      }
    },
  };
}

// What is said in the clip: a button for each sentence; a click on a word plays from that word.
function saidOf(session, player) {
  const element = make("div", { class: "clip-words" });
  element.addEventListener("click", ({ target }) => {
    const from = target.closest("[data-ms]");
    if (from) player.seek(Number(from.dataset.ms));
  });
  let shown;
  return {
    element,
    show(clip) {
      const { first, last } = wordsIn(session.words, clip);
      const words = session.words.slice(first, last + 1);
      const now = words.map(({ text, kept }) => text + kept).join(" ");
      if (now === shown) return;
      shown = now;
      const sentences = [];
      for (const [at, word] of words.entries()) {
        if (at === 0 || endsSentence(words, at - 1)) sentences.push(make("button", { type: "button", "data-ms": word.start_ms }));
        if (word.text) sentences.at(-1).append(make("span", { "data-ms": word.start_ms, class: word.kept ? "" : "struck" }, word.text), " ");
      }
      element.replaceChildren(...(sentences.length ? sentences : [make("p", { class: "note" }, _("Nothing."))]));
    },
  };
}
