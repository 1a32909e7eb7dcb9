// A clip's own changes to its caption style: the font, which may be one the owner has uploaded, and colours and letters.

import { asked } from "./asking.js";
import { make } from "./making.js";
import { prepareColours } from "../colours.js";
import { _, translated } from "../language.js";

const NAMES = ["font", "letter_colour", "spoken_colour", "keyword_colour", "outline_colour", "outline_width", "box", "box_colour", "letter_case", "words_per_line"];

// {element, update(clip, options)}: `choose` is called with the change, as `clip_set` has it; `fonts` are those that are always
// here, `template` has the other fields.
export function lookChoice(fonts, template, choose) {
  const list = make("select", { name: "font" }, make("option", { value: "" }), ...fonts.map(({ name, label }) => make("option", { value: name }, translated(label))));
  const others = make("details", { class: "look" }, make("summary", {}, _("Colours and letters")), template.content.cloneNode(true));
  const element = make("div", {}, make("label", { class: "font-choice" }, make("span", {}, _("Font of captions")), list), others);
  const fields = NAMES.map((name) => element.querySelector(`[name=${name}]`));
  let clip;
  prepareColours(others);
  element.addEventListener("change", ({ target }) => {
    if (!target.name || !target.reportValidity()) return;
    const { [target.name]: _before, ...rest } = given(clip.look);
    choose({ look: target.value ? { ...rest, [target.name]: /^\d+$/.test(target.value) ? Number(target.value) : target.value } : rest });
  });
  uploaded().then((names) => {
    const chosen = list.value;
    list.append(...names.filter((name) => !has(list, name)).map((name) => make("option", {}, name)));
    list.value = chosen;
  });
  return {
    element,
    update(now, { look }) {
      clip = now;
      for (const field of fields) {
        const own = String(clip.look?.[field.name] ?? "");
        const usual = look[field.name] === null ? _("As the style has it") : _("As all clips: {name}", { name: named(field, look[field.name]) });
        if (field.options) field.options[0].textContent = usual;
        else field.placeholder = usual;
        if (field.options && !has(field, own)) field.append(make("option", {}, own));
        if (field !== document.activeElement || field.value === own) field.value = own;
      }
      others.dispatchEvent(new Event("change")); // for the palettes
    },
  };
}

// What a look tells of each thing, as the query of a preview: "" where it is as the style has it.
export const inQuery = (look) => NAMES.map((name) => [name, look[name] ?? ""]);

const has = (list, name) => [...list.options].some(({ value }) => value === name);
const named = (field, value) => [...(field.options ?? [])].find((option) => option.value === String(value))?.textContent ?? value;

// What is set of a look.
function given(look) {
  return Object.fromEntries(Object.entries(look ?? {}).filter(([, value]) => value !== null));
}

async function uploaded() {
  const answer = await asked("GET", "/brand");
  return answer.ok ? answer.told.fonts.map(({ name }) => name) : [];
}
