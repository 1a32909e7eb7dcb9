// The keys of the editor: each part says which it answers to, and "?" shows them all.

const known = []; // {combo, told, act}

// Has `act` called when a key is pressed, told as "Ctrl+Z", "Space", "Delete", "Shift+ArrowLeft"; not while somebody types.
export function onKey(combo, told, act) {
  known.push({ combo, told, act });
}

export function listenToKeys(dialog) {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || typing(event.target) || dialog.open) return;
    const found = known.find(({ combo }) => combo === pressed(event));
    if (!found || (ofControls(event) && onControl(event))) return;
    event.preventDefault();
    found.act(event);
  });
  onKey("?", "Show these keys", () => {
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
  return known.filter(({ told }) => told).map(({ combo, told }) => [combo.replace("Arrow", ""), told]);
}

// Space and Enter belong to the button or field that has the focus.
function ofControls(event) {
  return event.key === " " || event.key === "Enter";
}

function onControl(event) {
  return event.target.closest("button, a, summary, [role=tab], [role=slider]") !== null;
}

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable=true]") !== null;
}

function pressed(event) {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const control = event.ctrlKey || event.metaKey;
  const shift = event.shiftKey && key !== "?";
  return `${control ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}
