// Radio buttons with small pictures: how a clip's picture is fitted, how its captions look, and where they stand.

import { make } from "./making.js";
import { _, translated } from "../language.js";

const POSITIONS = [["low", _("Low")], ["middle", _("Middle")], ["high", _("High")]];

// {element, update(clip, options)}: `choose` is called with the change, as `clip_set` has it. `layouts` and `styles` are the
// service's lists: {name, label, meaning, …}.
export function choicesOf({ layouts, styles }, choose) {
  const groups = [
    group(_("Picture"), "layout", layouts.map(({ name, label }) => [name, translated(label), sketch(name)]), choose),
    group(_("Caption style"), "style", styles.map((style) => [style.name, translated(style.label), sample(style)]), choose),
    group(_("Caption position"), "caption_position", POSITIONS.map(([name, label]) => [name, label, placed(name)]), choose),
  ];
  return {
    element: make("div", { class: "choices" }, ...groups.map(({ element }) => element)),
    update(clip, { clips }) {
      const [layout, style, position] = groups;
      layout.show(clip.layout ?? clips.layout);
      style.show(clip.style ?? clips.clip_style);
      position.show(clip.caption_position, _("Chosen by itself now: where they cover no face."));
    },
  };
}

function group(legend, key, options, choose) {
  const inputs = options.map(([name]) => {
    const input = make("input", { type: "radio", name: `clip-${key}`, value: name });
    input.addEventListener("change", () => choose({ [key]: name }));
    return input;
  });
  const note = make("p", { class: "note", hidden: "" });
  const element = make(
    "fieldset", {}, make("legend", {}, legend),
    make("div", { class: "options-row" }, ...options.map(([, label, picture], at) => make("label", {}, inputs[at], picture, make("span", {}, label)))), note,
  );
  return {
    element,
    show(chosen, otherwise = "") {
      for (const input of inputs) input.checked = input.value === chosen;
      note.textContent = inputs.some(({ checked }) => checked) ? "" : otherwise;
      note.hidden = !note.textContent;
    },
  };
}

function sketch(name) {
  return make("span", { class: `sketch ${name}`, "aria-hidden": "true" }, make("i"), make("i"));
}

function sample({ letters, outline, spoken, box }) {
  const word = make("b", {}, _("word"));
  const text = make("span", { class: "sample", "aria-hidden": "true" }, `${_("one")} `, word);
  text.style.color = letters ?? "";
  text.style.textShadow = outline ? `0 0 3px ${outline}, 0 0 3px ${outline}` : "";
  word.style.color = spoken ?? "";
  word.style.background = box ?? "";
  return text;
}

function placed(name) {
  return make("span", { class: `sketch at-${name}`, "aria-hidden": "true" }, make("i"));
}
