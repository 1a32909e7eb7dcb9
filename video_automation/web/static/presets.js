// Presets beside options: one is chosen, saved under a name, or deleted.

import { asked } from "./editor/asking.js";
import { chosenOptions, isKept, setOptions } from "./options.js";
import { _, translated } from "./language.js";
import { one } from "./page.js";

const LAST = "preset";

// `without` sets the options where no preset is chosen; where there is none, the browser remembers which one was.
export async function preparePresets(form, without) {
  const place = one("[data-presets]", form);
  const saving = one("[data-save-preset]", form);
  const list = one("select", place);
  const name = one("input", saving);
  const remove = one("[data-delete-preset]", place);
  let presets = [];

  const show = (told, chosen) => {
    presets = told.presets;
    list.replaceChildren(list.options[0], ...presets.map((preset) => new Option(preset.name)));
    list.value = presets.some((preset) => preset.name === chosen) ? chosen : "";
    place.hidden = !presets.length;
    settle();
  };
  const settle = () => {
    remove.hidden = !list.value;
    if (!without) remember(list.value);
  };
  const tell = (text) => { one("[role=status]", saving).textContent = text; };
  const call = (method, of, body) => asked(method, `${place.dataset.presets}/${encodeURIComponent(of)}`, body);
  const found = () => presets.find((preset) => preset.name === list.value)?.options ?? {};

  async function save() {
    const wanted = name.value.replace(/\s+/g, " ").trim();
    if (!wanted || wanted.includes("/")) {
      tell(wanted ? _("A name cannot have a “/” in it.") : _("Give the preset a name first."));
      return name.focus();
    }
    const now = Object.fromEntries(Object.entries(chosenOptions(form)).filter(([option]) => isKept(option)));
    const answer = await call("PUT", wanted, { ...found(), ...now });
    if (answer.ok) {
      show(answer.told, wanted);
      name.value = "";
    }
    tell(answer.ok ? _("Saved as “{name}”.", { name: wanted }) : trouble(answer, _("It could not be saved. Try again.")));
  }

  list.addEventListener("change", () => {
    if (without && !list.value) without();
    else setOptions(form, found());
    settle();
  });
  one("button", saving).addEventListener("click", save);
  name.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // it would send the form
    save();
  });
  remove.addEventListener("click", async () => {
    const dropped = list.value;
    const answer = await call("DELETE", dropped);
    if (!answer.ok) return tell(trouble(answer, _("It could not be deleted. Try again.")));
    show(answer.told, "");
    tell(_("“{name}” is deleted.", { name: dropped }));
    (place.hidden ? one("summary", form) : list).focus();
  });

  const answer = await asked("GET", place.dataset.presets);
  if (!answer.ok) return;
  saving.hidden = false;
  show(answer.told, without ? "" : remembered());
}

// What the service says is wrong; `otherwise` where it did not answer.
const trouble = ({ told }, otherwise) => (told?.error ? translated(told.error) : otherwise);

function remembered() {
  try { return localStorage.getItem(LAST) ?? ""; } catch { return ""; } // the browser may allow no storage
}

function remember(name) {
  try {
    if (name) localStorage.setItem(LAST, name);
    else localStorage.removeItem(LAST);
  } catch { /* then none is chosen the next time */ }
}
