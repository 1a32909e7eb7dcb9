// The keys of the editor: each part says which it answers to, and "?" shows them all.

import { _ } from "../language.js";

const MOVES = new Set(["ArrowLeft", "ArrowRight", "Home", "End"]);
const known = []; // {combo, told, act}

// Has `act` called when a key is pressed, told as "Ctrl+Z", "Space", "Delete", "Shift+ArrowLeft"; not while somebody types.
export function onKey(combo, told, act) {
  known.push({ combo, told, act });
}

export function listenToKeys(dialog) {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || typing(event.target) || dialog.open) return;
    const found = known.find(({ combo }) => combo === pressed(event));
    if (!found || belongsToControl(event)) return;
    event.preventDefault();
    found.act(event);
  });
  onKey("?", _("Show these keys"), () => {
    const list = dialog.querySelector("dl");
    list.replaceChildren(...shown().map(([combo, told]) => {
      const row = document.createElement("div");
      row.append(Object.assign(document.createElement("dt"), { textContent: combo }), Object.assign(document.createElement("dd"), { textContent: told }));
      return row;
    }));
    dialog.showModal();
  });
}

function shown() {
  return known.filter(({ told }) => told).map(({ combo, told }) => [combo.replace("ArrowLeft", "←").replace("ArrowRight", "→"), told]);
}

// Space and Enter belong to the button that has the focus; arrows, Home and End to the choice or the tabs.
function belongsToControl({ key, target }) {
  if (key === " " || key === "Enter") return target.closest("button, a, summary, [role=tab], [role=slider], [type=radio]") !== null;
  return MOVES.has(key) && target.closest("[role=tab], [role=slider], [role=radio], [type=radio]") !== null;
}

function typing(target) {
  return target.closest("input:not([type=range], [type=radio]), textarea, select, [contenteditable=true]") !== null;
}

function pressed(event) {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const control = event.ctrlKey || event.metaKey;
  const shift = event.shiftKey && key !== "?";
  return `${control ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}
