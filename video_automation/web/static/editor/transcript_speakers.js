// Who speaks: the names above the transcript, and beside what each says. A click on a name changes it; the name of another makes both one.

import { make } from "./making.js";
import { _ } from "../language.js";

const LONGEST = 60;

export function mountSpeakers(session, list) {
  const row = make("div", { class: "speakers", role: "group", "aria-label": _("Speakers") });
  list.before(row);
  let shown;
  const show = () => {
    const speakers = session.plan?.speakers ?? [];
    const now = JSON.stringify(speakers);
    row.hidden = speakers.length < 2;
    if (now === shown || row.querySelector("input")) return;
    shown = now;
    const focused = document.activeElement.closest?.(".speakers [data-speaker]")?.dataset.speaker;
    row.replaceChildren(...speakers.map(({ id, name }) => nameButton(id, name)));
    if (focused) (row.querySelector(`[data-speaker="${focused}"]`) ?? row.firstElementChild)?.focus();
  };
  for (const place of [row, list]) {
    place.addEventListener("click", ({ target }) => {
      const name = target.closest(".speaker");
      if (name) rename(session, name, show);
    });
  }
  session.addEventListener("plan", show);
}

// The name of a speaker as a button; one among the words is no stop of the Tab key, since the names above are.
export function nameButton(id, name, attributes = {}) {
  return make("button", { type: "button", class: "speaker", "data-speaker": id, title: _("Change the name"), ...attributes }, name);
}

function rename(session, button, shown) {
  const id = Number(button.dataset.speaker);
  const name = session.plan.speakers.find((one) => one.id === id)?.name;
  if (name === undefined) return; // somebody else has just made two speakers one
  const field = make("input", { class: "naming", maxlength: LONGEST, "aria-label": _("Name of {speaker}", { speaker: name }) });
  field.value = name;
  let open = true;
  const close = (text, { stay }) => {
    if (!open) return;
    open = false;
    field.replaceWith(button);
    if (stay) button.focus();
    if (text !== null && text !== name) take(session, id, text);
    shown();
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (!["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault(); // or Enter would press the button that has the focus then
    close(event.key === "Enter" ? field.value.trim() : null, { stay: true });
  });
  field.addEventListener("blur", () => close(field.value.trim(), { stay: false }));
  button.replaceWith(field);
  field.select();
}

function take(session, id, name) {
  const same = session.plan.speakers.find((one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase());
  session.edit([same ? { op: "speaker", merge: [same.id, id] } : { op: "speaker", speaker: id, name }]);
  if (same) session.notice(_("All that was said by two is said by {speaker} now. “Undo” tells them apart again.", { speaker: same.name }));
}
