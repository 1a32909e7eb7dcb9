// Small parts of the texts: a button that copies, a counter of characters.

import { make } from "./making.js";
import { _ } from "../language.js";

// A button that copies what `text` gives, and says `done` in `told`, a live region.
export function copyButton(label, done, text, told) {
  const made = make("button", { type: "button", class: "button quiet small", "aria-label": label }, _("Copy"));
  made.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      told.textContent = done;
    } catch {
      told.textContent = _("The browser does not let this page copy. Select the text and copy it by hand.");
    }
  });
  return made;
}

// {element, show()}: how many characters a field has of those that fit.
export function counter(field, most) {
  const element = make("span", { class: "counter note" });
  const show = () => {
    element.textContent = `${field.value.length}/${most}`;
    element.classList.toggle("over", field.value.length > most);
  };
  field.addEventListener("input", show);
  return { element, show };
}

// Puts a text into a field, but never while somebody writes there.
export function fill(field, text) {
  if (field !== document.activeElement) field.value = text;
}

export function smallButton(label, text, act) {
  const made = make("button", { type: "button", class: "button quiet small", "aria-label": label, title: label }, text);
  made.addEventListener("click", act);
  return made;
}
