// Radio buttons with small pictures: how a clip's picture is fitted, how its captions look, and where they stand.

import { fontChoice } from "./clips_fonts.js";
import { make } from "./making.js";

const POSITIONS = [["low", "Low"], ["middle", "Middle"], ["high", "High"]];

// {element, update(clip, options)}: `choose` is called with the change, as `clip_set` has it. `layouts`, `styles` and
// `fonts` are the service's lists: {name, label, meaning, …}.
export function choicesOf({ layouts, styles, fonts }, choose) {
  const groups = [
    group("Picture", "layout", layouts.map(({ name, label }) => [name, label, sketch(name)]), choose),
    group("Caption style", "style", styles.map((style) => [style.name, style.label, sample(style)]), choose),
    group("Caption position", "caption_position", POSITIONS.map(([name, label]) => [name, label, placed(name)]), choose),
  ];
  const font = fontChoice(fonts, choose);
  return {
    element: make("div", { class: "choices" }, ...groups.map(({ element }) => element), font.element),
    update(clip, options) {
      const { clips } = options;
      font.update(clip, options);
      const [layout, style, position] = groups;
      layout.show(clip.layout ?? clips.layout);
      style.show(clip.style ?? clips.clip_style);
      position.show(clip.caption_position, "Chosen by itself now: where they cover no face.");
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

// Words in the colours of a style, the spoken one marked; while a style is looked at, one word after the other.
function sample({ letters, outline, outline_em, spoken, box, boxed, capitals, hidden, words }) {
  const kind = words === 1 ? " single" : hidden ? " hidden-before" : "";
  const said = ["as", "you", "speak"].map((word) => make("b", {}, capitals ? word.toUpperCase() : word));
  const text = make("span", { class: `sample${kind}`, "aria-hidden": "true" }, said[0], " ", said[1], " ", said[2]);
  text.style.color = letters ?? "";
  text.style.textShadow = outline_em ? `0 0 3px ${outline}, 0 0 3px ${outline}` : "";
  if (box && boxed !== "word") text.style.background = box;
  text.style.setProperty("--spoken", spoken ?? letters ?? "inherit");
  text.style.setProperty("--box", box && boxed === "word" ? box : "transparent");
  return text;
}

function placed(name) {
  return make("span", { class: `sketch at-${name}`, "aria-hidden": "true" }, make("i"));
}
