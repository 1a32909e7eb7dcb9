// Radio buttons with small pictures: how a clip's picture is fitted, how its captions look, and where they stand. The first of each
// group leaves that to what is chosen for all clips.

import { lookChoice } from "./clips_look.js";
import { make } from "./making.js";
import { sample } from "../style_sample.js";
import { _, translated } from "../language.js";

const POSITIONS = [["low", _("Low")], ["middle", _("Middle")], ["high", _("High")]];

// {element, update(clip, options)}: `choose` is called with the change, as `clip_set` has it. `layouts`, `styles` and
// `fonts` are the service's lists: {name, label, meaning, …}; `look` is the template of the fields of a look.
export function choicesOf({ layouts, styles, fonts, look }, choose) {
  const groups = [
    group(_("Picture"), "layout", layouts.map(({ name, label }) => [name, translated(label), sketch(name)]), choose),
    group(_("Caption style"), "style", styles.map((style) => [style.name, translated(style.label), sample(style)]), choose),
    group(_("Caption position"), "caption_position", POSITIONS.map(([name, label]) => [name, label, placed(name)]), choose),
  ];
  const own = lookChoice(fonts, look, choose);
  return {
    element: make("div", { class: "choices" }, ...groups.map(({ element }) => element), own.element),
    update(clip, options) {
      const { clips } = options;
      own.update(clip, options);
      const [layout, style, position] = groups;
      layout.show(clip.layout, _("For all clips: {choice}.", { choice: labelOf(layouts, clips.layout) }));
      style.show(clip.style, _("For all clips: {choice}.", { choice: labelOf(styles, clips.clip_style) }));
      position.show(clip.caption_position, clips.caption_position === null ? _("They are where they cover no face.") : _("For all clips: {choice}.", { choice: placeOf(clips.caption_position) }));
    },
  };
}

function group(legend, key, options, choose) {
  const all = ["", _("As for all clips"), make("span", { "aria-hidden": "true" })];
  const inputs = new Map();
  const labels = [all, ...options].map(([name, label, picture]) => {
    const input = make("input", { type: "radio", name: `clip-${key}`, value: name });
    input.addEventListener("change", () => choose({ [key]: name || null }));
    inputs.set(name, input);
    return make("label", {}, input, picture, make("span", {}, label));
  });
  const note = make("p", { class: "note", hidden: "" });
  return {
    element: make("fieldset", {}, make("legend", {}, legend), make("div", { class: "options-row" }, ...labels), note),
    show(chosen, usual) {
      for (const [name, input] of inputs) input.checked = name === (chosen ?? "");
      note.textContent = chosen === null ? usual : inputs.has(chosen) ? "" : _("Now: {choice}.", { choice: placeOf(chosen) });
      note.hidden = !note.textContent;
    },
  };
}

function labelOf(choices, chosen) {
  return translated(choices.find(({ name }) => name === chosen)?.label ?? chosen);
}

// "Low", or where no name fits, "at 40 % of the height".
function placeOf(position) {
  return POSITIONS.find(([name]) => name === position)?.[1] ?? _("at {n} % of the height", { n: position });
}

function sketch(name) {
  return make("span", { class: `sketch ${name}`, "aria-hidden": "true" }, make("i"), make("i"));
}

function placed(name) {
  return make("span", { class: `sketch at-${name}`, "aria-hidden": "true" }, make("i"));
}
