// The score of a clip: a ring with its number, and a bar for each signal with the sentence that explains it.

import { make } from "./making.js";
import { _, translated } from "../language.js";

const NAMES = {
  hook: _("Opening"),
  completeness: _("Whole thought"),
  variety: _("Says something new"),
  density: _("Keeps to the topic"),
  pace: _("Pace"),
  speech: _("Little silence"),
};
const ON_CARD = 4; // the heaviest signals

// The ring; empty for a clip without signals, whose score tells nothing.
export function ring({ score, signals }) {
  const circle = make("span", { class: "ring", role: "img", "aria-label": _("Score {n} of 100", { n: score }) }, String(score));
  circle.style.setProperty("--score", score);
  circle.hidden = !signals.length;
  return circle;
}

// The bars: the four heaviest signals, or all of them.
export function bars({ signals }, { all = false } = {}) {
  const order = Object.keys(NAMES);
  const place = ({ name }) => (order.includes(name) ? order.indexOf(name) : order.length);
  const shown = [...signals].sort((a, b) => place(a) - place(b)).slice(0, all ? undefined : ON_CARD);
  return make("ul", { class: "signals" }, ...shown.map((signal) => {
    const filled = make("span", { class: "filled" });
    filled.style.inlineSize = `${signal.score}%`;
    return make(
      "li", {},
      make("span", { class: "of" }, named(signal.name)), make("span", { class: "num" }, String(signal.score)),
      make("span", { class: "gauge", "aria-hidden": "true" }, filled), make("span", { class: "note" }, translated(signal.reason)),
    );
  }));
}

function named(name) {
  return NAMES[name] ?? name[0].toUpperCase() + name.slice(1);
}
