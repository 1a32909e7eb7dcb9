// While a result is made again its page stays as it is: a bar tells how far the new one is, which then takes its place.

import { asked } from "./editor/asking.js";
import { _, translated } from "./language.js";
import { one, parsed } from "./page.js";

const POLL_MS = 2000;
const ENDED = ["SUCCESS", "FAILURE", "REVOKED", "REVIEW"];
const PLACES = "main summary, #captions-title"; // below each of them something can be changed

// Of the bar, once: a result under way is followed; one that has come is told of, and can be undone.
export function prepareAgain(section) {
  const [cancel, undo] = section.querySelectorAll("form");
  const act = (form, accepted) => form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { ok, told } = await asked("POST", form.action);
    if (ok) accepted();
    else if (told?.error) one("[data-status]", section).textContent = translated(told.error);
  });
  act(cancel, () => {});
  act(undo, () => followAgain(section));
  if (!section.hidden) return followAgain(section);
  const made = parsed(sessionStorage.getItem(nameOf(section)));
  sessionStorage.removeItem(nameOf(section));
  if (made) tellNew(section, made);
}

// Follows the work until it has ended, and shows the result then. `changed` is the part of the page that it began with.
export async function followAgain(changed) {
  const section = one("#again");
  const [cancel, undo] = section.querySelectorAll("form");
  const at = places().findIndex((place) => place.closest("details, #captions").contains(changed));
  places()[at]?.focus({ preventScroll: true }); // the button that had the focus is off
  one("progress", section).hidden = false;
  if (cancel) [cancel.hidden, undo.hidden] = [false, true];
  section.hidden = false;
  let task;
  do {
    const { ok, told } = await asked("GET", section.dataset.address);
    if (ok) {
      task = told;
      one("progress", section).value = task.progress;
      one("[data-status]", section).textContent = translated(task.status);
    }
    if (!ENDED.includes(task?.state)) await new Promise((wait) => setTimeout(wait, POLL_MS));
  } while (!ENDED.includes(task?.state));
  if (!task.error) sessionStorage.setItem(nameOf(section), JSON.stringify({ at }));
  location.reload();
}

function tellNew(section, { at }) {
  const [cancel, undo] = section.querySelectorAll("form");
  one("[data-status]", section).textContent = _("Updated. The player shows the new video.");
  one("progress", section).hidden = true;
  if (cancel) [cancel.hidden, undo.hidden] = [true, false];
  section.hidden = false;
  places()[at]?.focus();
}

const places = () => [...document.querySelectorAll(PLACES)];
const nameOf = (section) => `made again ${section.dataset.address}`;
