// While a result is made again its page stays as it is: a bar tells how far the new one is, which the page then shows.

import { asked } from "./editor/asking.js";
import { make } from "./editor/making.js";
import { _, translated } from "./language.js";
import { one, parsed } from "./page.js";
import { refusal } from "./result.js";

const POLL_MS = 2000;
const POLL_HIDDEN_MS = 15000;
const ENDED = ["SUCCESS", "FAILURE", "REVOKED", "REVIEW"];
const NOT_OURS = [401, 404]; // the page then says why
const PLACES = "main summary, #captions-title"; // below each of them something can be changed

// Of the bar, once: a result under way is followed; how it ended is told on the page that is loaded then, and can be undone.
export function prepareAgain(section) {
  const [cancel, undo] = section.querySelectorAll("form");
  const act = (form, body, accepted) => form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { ok, status, told } = await asked("POST", form.action, body);
    if (ok) accepted();
    else tell(section, status ? refusal(told, status) : _("The service does not answer. Try again in a moment."));
  });
  act(cancel, undefined, () => {});
  act(undo, { revision: Number(section.dataset.revision) }, () => {
    followAgain(section);
    one("button", cancel).focus();
  });
  if (!section.hidden) return followAgain(section);
  const ended = parsed(sessionStorage.getItem(nameOf(section)));
  sessionStorage.removeItem(nameOf(section));
  if (ended) tellEnd(section, ended);
}

// Follows the work until it has ended, and shows the result then; until then a bar stands at each video that becomes another one.
// `changed` is the part of the page that it began with.
export async function followAgain(changed) {
  const section = one("#again");
  const [cancel, undo] = section.querySelectorAll("form");
  const at = places().findIndex((place) => place.closest("details, #captions").contains(changed));
  places()[at]?.focus({ preventScroll: true }); // the button that had the focus is off
  one("progress", section).hidden = false;
  if (cancel) [cancel.hidden, undo.hidden] = [false, true];
  section.hidden = false;
  let task;
  let bars;
  let readAt; // the stage at which the plan was read: it may be decided when the next one begins
  while (!ENDED.includes(task?.state)) {
    const { ok, status, told } = await asked("GET", section.dataset.address);
    if (NOT_OURS.includes(status)) return location.reload();
    if (ok) {
      task = told;
      if (!bars && readAt !== task.stage) [bars, readAt] = [await barsOf(section.dataset.address), task.stage];
      for (const bar of [one("progress", section), ...(bars ?? [])]) bar.value = task.progress;
    }
    tell(section, ok ? translated(task.status) : _("The service does not answer. Try again in a moment."));
    if (!ENDED.includes(task?.state)) await new Promise((wait) => setTimeout(wait, document.hidden ? POLL_HIDDEN_MS : POLL_MS));
  }
  sessionStorage.setItem(nameOf(section), JSON.stringify({ at, trouble: task.error ? task.status : "" }));
  for (const button of changed.querySelectorAll("button")) button.disabled = false; // Firefox would keep it over the reload
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true }); // captions are kept as a draft
  history.replaceState(null, "", location.pathname + location.search); // a moment in the address would be played once more
  location.reload();
}

// A bar at each video that becomes another one; undefined while it is not known which these are: it may have to be decided first.
async function barsOf(address) {
  const { told } = await asked("GET", `${address}/plan?words=false`);
  const touched = told?.update?.touched;
  if (!touched) return undefined;
  const clips = [...document.querySelectorAll("[data-clip]")].filter(({ dataset }) => touched.clips.includes(dataset.clip));
  const main = touched.video ? one("#video") : null;
  return [...clips.map((clip) => barFor(one("video", clip), one(".about", clip))), ...(main ? [barFor(main, main.parentElement, main.nextSibling)] : [])];
}

function barFor(video, place, before = place.firstChild) {
  const bar = make("progress", { max: 100, value: 0, "aria-label": _("Progress of {name}", { name: video.ariaLabel }) });
  place.insertBefore(make("p", { class: "being-made" }, make("span", { class: "chip" }, _("being made")), bar), before);
  return bar;
}

function tellEnd(section, { at, trouble }) {
  const [cancel, undo] = section.querySelectorAll("form");
  tell(section, trouble ? translated(trouble) : _("Updated. The player shows the new video."));
  one("progress", section).hidden = true;
  if (cancel) [cancel.hidden, undo.hidden] = [true, at < 0 || Boolean(trouble)]; // what another page changed is undone there
  section.hidden = false;
  (places()[at] ?? one("[data-status]", section)).focus();
}

// Whoever hears the page hears a sentence once.
function tell(section, sentence) {
  const place = one("[data-status]", section);
  if (place.textContent !== sentence) place.textContent = sentence;
}

const places = () => [...document.querySelectorAll(PLACES)];
const nameOf = (section) => `made again ${section.dataset.address}`;
