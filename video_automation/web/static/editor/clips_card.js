// A clip as a card: its picture, title, length, score and what can be done with it.

import { isBeingMade } from "./clips_changes.js";
import { lasts } from "./clips_stretch.js";
import { bars, ring } from "./clips_score.js";
import { stamp } from "./clock.js";
import { make } from "./making.js";
import { _ } from "../language.js";

// {element, update(clip, stand)}: `does` has play, open and drop, which are called with the clip; `rename` with clip and title.
export function cardOf(session, posters, does) {
  let clip;
  const length = make("span", { class: "length" });
  const poster = make("button", { type: "button", class: "poster" }, length);
  const title = make("input", { type: "text", maxlength: 200, class: "title", placeholder: _("Without a title") });
  const facts = make("p", { class: "note" });
  const told = make("span", { class: "chip" });
  const progress = make("progress", { max: 100, value: 0, hidden: "" });
  const score = make("div", { class: "score" });
  const [play, open, drop] = [_("Play"), _("Open"), _("Drop")].map((text) => make("button", { type: "button", class: "button quiet small" }, text));
  const element = make(
    "li", { class: "clip-card" },
    poster,
    make("div", { class: "clip-head" }, title, score),
    make("p", { class: "clip-facts" }, facts, told, progress),
    make("div", { class: "clip-signals" }),
    make("div", { class: "clip-buttons" }, play, open, drop),
  );

  poster.addEventListener("click", () => does.play(clip));
  play.addEventListener("click", () => does.play(clip));
  open.addEventListener("click", () => does.open(clip));
  drop.addEventListener("click", () => does.drop(clip));
  title.addEventListener("change", () => does.rename(clip, title.value.trim()));

  let picture;
  let rated;
  const update = (now, number, stand) => {
    clip = now;
    const called = nameOf(clip, number);
    if (title !== document.activeElement) title.value = clip.title;
    title.setAttribute("aria-label", _("Title of clip {n}", { n: number }));
    const named = { name: called };
    for (const one of [poster, play]) one.setAttribute("aria-label", _("Play “{name}”", named));
    open.setAttribute("aria-label", _("Open “{name}”", named));
    drop.setAttribute("aria-label", _("Drop “{name}”", named));
    length.textContent = stamp(lasts(session.plan.cuts, clip));
    facts.textContent = _("from {start} to {end}", { start: stamp(clip.start_ms), end: stamp(clip.end_ms) });
    told.textContent = stand;
    told.hidden = !stand;
    progress.hidden = !isBeingMade(session, clip);
    progress.value = session.task?.progress ?? 0;
    progress.setAttribute("aria-label", _("Progress of {name}", named));
    const before = picture;
    picture = posters.of(clip, before);
    if (picture !== before) {
      before?.remove();
      poster.prepend(picture);
    }
    const rating = JSON.stringify([clip.score, clip.signals]);
    if (rating !== rated) {
      rated = rating;
      score.replaceChildren(ring(clip));
      element.querySelector(".clip-signals").replaceChildren(bars(clip));
    }
  };
  return { element, update, open, title };
}

export function nameOf(clip, number) {
  return clip.title || _("Clip {n}", { n: number });
}
