// The options of an upload as fields of a form; and the browser remembers how they were last set, where they differ from what the
// service does by itself.

import { several } from "./language.js";
import { one, parsed } from "./page.js";

const PLACE = "options";
const NOT_KEPT = new Set(["glossary", "tracks"]); // of one video alone
const ON = new Set(["true", "yes", "on", "1"]);

export function rememberOptions(form) {
  const fields = fieldsOf(form);
  const reset = one("[data-reset]", form);
  const different = () => fields.filter((field) => value(field) !== usual(field));
  const told = () => {
    const count = different().length;
    one("[data-differ]", form).textContent = count ? several(count, "{n} changed", "{n} changed") : "";
    reset.hidden = !count;
  };

  const before = read();
  for (const field of fields) if (field.name in before) set(field, before[field.name]);
  told();
  one(".options", form).addEventListener("change", () => {
    write(Object.fromEntries(different().map((field) => [field.name, value(field)])));
    told();
  });
  one("button", reset).addEventListener("click", () => {
    setOptions(form, {});
    one("summary", form).focus();
  });
}

// Sets all options: to these texts, as a form sends them, or else to what the service does by itself.
export function setOptions(form, texts, fields = fieldsOf(form)) {
  for (const field of fields) {
    const text = texts[field.name];
    if (text === undefined) set(field, usual(field));
    else if (field.type === "checkbox") set(field, ON.has(text.toLowerCase()));
    else {
      if (field.options && ![...field.options].some((option) => option.value === text)) field.add(new Option(text));
      set(field, text);
    }
  }
  one(".options", form).dispatchEvent(new Event("change"));
}

// Shows the first field with a wrong value, and what is wrong; says whether there is one.
export function showWrong(form) {
  const wrong = [...form.elements].find((field) => !field.validity.valid);
  for (let part = wrong?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  wrong?.reportValidity();
  return Boolean(wrong);
}

// What the form wishes of a video, as texts by the names of the options.
export function chosenOptions(form) {
  const { file: _, ...chosen } = Object.fromEntries(new FormData(form)); // if a name comes twice, the last value counts
  return chosen;
}

// Whether an option is worth keeping for other videos.
export const isKept = (name) => name !== "from_preset" && !NOT_KEPT.has(name);

const fieldsOf = (form) =>
  [...one(".options", form).querySelectorAll("input:not([type=hidden]), select")].filter(({ name }) => name && isKept(name));

export const value = (field) => (field.type === "checkbox" ? field.checked : field.value);

function usual(field) {
  if (field.type === "checkbox") return field.defaultChecked;
  return field.options ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value : field.defaultValue;
}

function set(field, to) {
  if (field.type === "checkbox") field.checked = to === true;
  else if (!field.options || [...field.options].some((option) => option.value === to)) field.value = to;
}

function read() {
  try { return parsed(localStorage.getItem(PLACE) ?? "") ?? {}; } catch { return {}; } // the browser may allow no storage
}

function write(kept) {
  try {
    if (Object.keys(kept).length) localStorage.setItem(PLACE, JSON.stringify(kept));
    else localStorage.removeItem(PLACE);
  } catch { /* then they are as usual the next time */ }
}
