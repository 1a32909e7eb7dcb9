// Radio buttons with small pictures: how a clip's picture is fitted, how its captions look, and where they stand.

import { make } from "./making.js";

const POSITIONS = [["low", "Low"], ["middle", "Middle"], ["high", "High"]];

// {element, update(clip, options)}: `choose` is called with the change, as `clip_set` has it. `layouts` and `styles` are the
// service's lists: {name, label, meaning, …}.
export function choicesOf({ layouts, styles }, choose) {
  const groups = [
    group("Picture", "layout", layouts.map(({ name, label }) => [name, label, sketch(name)]), choose),
    group("Caption style", "style", styles.map((style) => [style.name, style.label, sample(style)]), choose),
    group("Caption position", "caption_position", POSITIONS.map(([name, label]) => [name, label, placed(name)]), choose),
  ];
  return {
    element: make("div", { class: "choices" }, ...groups.map(({ element }) => element)),
    update(clip, { clips }) {
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

function sample({ letters, outline, outline_em: wide, glow, spoken, box, boxed }) {
  const word = make("b", {}, "word");
  const text = make("span", { class: "sample", "aria-hidden": "true" }, "one ", word);
  text.style.color = letters ?? "";
  const around = glow ?? (wide ? outline : undefined);
  text.style.textShadow = around ? `0 0 3px ${around}, 0 0 3px ${around}` : "";
  word.style.color = spoken ?? "";
  if (box) Object.assign((boxed === "word" ? word : text).style, { background: box, textShadow: "none" });
  return text;
}

function placed(name) {
  return make("span", { class: `sketch at-${name}`, "aria-hidden": "true" }, make("i"));
}
