// The browser remembers how the options of an upload were last set, where they differ from what the service does by itself.

import { several } from "./language.js";
import { one, parsed } from "./page.js";

const PLACE = "options";
const NOT_KEPT = new Set(["glossary", "tracks"]); // of one video alone

export function rememberOptions(form) {
  const fields = [...one(".options", form).querySelectorAll("input:not([type=hidden]), select")].filter(({ name }) => name && !NOT_KEPT.has(name));
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
    for (const field of fields) set(field, usual(field));
    write({});
    told();
    one("summary", form).focus();
  });
}

const value = (field) => (field.type === "checkbox" ? field.checked : field.value);

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
