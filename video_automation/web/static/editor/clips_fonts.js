// The font of a clip's captions: that of its style, one of those that are always here, or one the owner has uploaded.

import { asked } from "./asking.js";
import { make } from "./making.js";
import { _, translated } from "../language.js";

// {element, update(clip, options)}: `choose` is called with the change, as `clip_set` has it; `fonts` are those that are always here.
export function fontChoice(fonts, choose) {
  const list = make("select", {}, ...fonts.map(({ name, label }) => make("option", { value: name }, translated(label))));
  const usual = make("option", { value: "" }, _("As the style has it"));
  list.prepend(usual);
  let clip;
  list.addEventListener("change", () => choose({ look: { ...set(clip.look), ...(list.value ? { font: list.value } : {}) } }));
  uploaded().then((names) => {
    const chosen = list.value;
    list.append(...names.filter((name) => !has(list, name)).map((name) => make("option", {}, name)));
    list.value = chosen;
  });
  return {
    element: make("label", { class: "font-choice" }, make("span", {}, _("Font of captions")), list),
    update(now, { look }) {
      clip = now;
      usual.textContent = look.font ? _("As all clips: {name}", { name: look.font }) : _("As the style has it");
      const own = clip.look?.font ?? "";
      if (!has(list, own)) list.append(make("option", {}, own));
      if (list !== document.activeElement || list.value === own) list.value = own;
    },
  };
}

const has = (list, name) => [...list.options].some(({ value }) => value === name);

// What is set of a look, but for its font.
function set(look) {
  return Object.fromEntries(Object.entries(look ?? {}).filter(([name, value]) => name !== "font" && value !== null));
}

async function uploaded() {
  const answer = await asked("GET", "/brand");
  return answer.ok ? answer.told.fonts.map(({ name }) => name) : [];
}
