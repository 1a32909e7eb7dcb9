// What could still be cut out: filler words, long pauses, words said again. Each place can be heard first; nothing goes by itself.

import { asked } from "./asking.js";
import { stamp } from "./clock.js";
import { make } from "./making.js";
import { lastBegun } from "./word_search.js";
import { _, number, several, translated } from "../language.js";

const KINDS = {
  filler: { name: _("Filler words"), none: _("No filler words were found."), remove: (n) => several(n, "Remove {n} filler word", "Remove {n} filler words"), removed: (n) => several(n, "{n} filler word removed. “Undo” brings it back.", "{n} filler words removed. “Undo” brings them back.") },
  pause: { name: _("Long pauses"), none: _("No pause is longer than a second."), remove: (n) => several(n, "Remove {n} pause", "Remove {n} pauses"), removed: (n) => several(n, "{n} pause removed. “Undo” brings it back.", "{n} pauses removed. “Undo” brings them back."), after: _("Half a second or so of each pause stays.") },
  retake: { name: _("Retakes"), none: _("Nothing was found that is said again."), remove: (n) => several(n, "Remove {n} retake", "Remove {n} retakes"), removed: (n) => several(n, "{n} retake removed. “Undo” brings it back.", "{n} retakes removed. “Undo” brings them back."), after: _("The last attempt stays.") },
};
const AROUND = 5; // words shown before and after
const LEAD_MS = 1500; // heard before and after
const AT_ONCE = 100; // places shown of a kind, until more are asked for

export function mountFinds(session, player, root) {
  const groups = Object.entries(KINDS).map(([kind, texts]) => groupOf(kind, texts, session, player));
  const told = make("p", { class: "note", role: "status" });
  root.append(make("p", { class: "note" }, _("Listen to each place, and leave out what should stay. “Undo” brings everything back.")), told, ...groups.map(({ element }) => element));
  let seen; // the revision the places were looked for in

  const look = async () => {
    if (!session.plan || session.saving || !root.classList.contains("chosen") || seen === session.plan.revision) return;
    const revision = session.plan.revision;
    seen = revision;
    told.textContent = _("Looking for what could go…");
    const answer = await asked("GET", `${session.plan.links.result.replace(/\/result$/, "")}/plan?words=false&suggestions=true`);
    if (!answer.ok) {
      seen = undefined;
      told.textContent = answer.told?.error ? translated(answer.told.error) : _("The service does not answer. Open this list again in a moment.");
      return;
    }
    if (session.plan.revision !== revision) return look();
    told.textContent = "";
    for (const { kind, show } of groups) show(answer.told.suggestions.filter((one) => one.kind === kind));
  };
  for (const name of ["plan", "busy"]) session.addEventListener(name, look);
  new MutationObserver(look).observe(root, { attributeFilter: ["class"] }); // its tab was chosen
}

// {kind, element, show(places)}: a kind of places, with a button that takes out those that are ticked.
function groupOf(kind, { name, none, remove: toRemove, removed, after = "" }, session, player) {
  let places = [];
  const left = new Set(); // what is to stay, by its start: it stays unticked when the list is read again
  let most = AT_ONCE;
  const heading = make("h2", {}, name);
  const remove = make("button", { type: "button", class: "button quiet small" });
  const list = make("ul", { class: "finds-list" });
  const more = make("button", { type: "button", class: "button quiet small", hidden: "" });
  const empty = make("p", { class: "note" }, "…");
  const element = make("section", { class: "finds" }, make("div", { class: "heading" }, heading, remove), empty, list, more);
  remove.hidden = true;

  const wanted = () => places.filter(({ start_ms }) => !left.has(start_ms));
  const count = () => {
    const many = wanted().length;
    remove.textContent = toRemove(many);
    remove.disabled = many === 0;
    remove.hidden = places.length === 0;
    heading.textContent = places.length ? `${name} (${places.length})` : name;
  };
  remove.addEventListener("click", () => {
    const gone = wanted();
    session.edit(gone.map(({ start_ms, end_ms }) => ({ op: "cut", start_ms, end_ms })));
    session.notice(removed(gone.length));
    show(places.filter(({ start_ms }) => left.has(start_ms)));
    (list.querySelector("input") ?? heading).focus();
  });
  heading.tabIndex = -1;
  more.addEventListener("click", () => {
    most += AT_ONCE;
    show(places);
  });
  const item = (place) => {
    const words = around(session.words, place);
    const said = place.text || _("pause of {length}", { length: `${number((place.end_ms - place.start_ms) / 1000, 1)} s` });
    const tick = make("input", { type: "checkbox", "aria-label": _("Remove “{text}” at {time}", { text: said, time: stamp(place.start_ms) }) });
    tick.checked = !left.has(place.start_ms);
    tick.addEventListener("change", () => {
      if (tick.checked) left.delete(place.start_ms);
      else left.add(place.start_ms);
      count();
    });
    const play = make("button", { type: "button", class: "button quiet small", "aria-label": _("Play “{text}” at {time}", { text: said, time: stamp(place.start_ms) }) }, _("Play"));
    play.addEventListener("click", () => player.play({ fromMs: Math.max(0, place.start_ms - LEAD_MS), untilMs: place.end_ms + LEAD_MS, acrossCuts: true }));
    return make("li", {}, make("label", {}, tick, make("span", {}, `${words.before} `, make("mark", {}, place.text || said), ` ${words.after}`)), make("span", { class: "note" }, stamp(place.start_ms)), play);
  };
  const show = (found) => {
    places = found;
    list.replaceChildren(...places.slice(0, most).map(item));
    more.hidden = places.length <= most;
    more.textContent = _("Show {n} more", { n: Math.min(AT_ONCE, places.length - most) });
    empty.textContent = places.length ? after : none;
    empty.hidden = !empty.textContent;
    count();
  };
  return { kind, element, show };
}

// The words round a place, as texts.
function around(words, { start_ms, end_ms }) {
  const first = Math.max(0, lastBegun(words, start_ms - 1) + 1);
  const next = Math.max(first, lastBegun(words, end_ms - 1) + 1);
  const text = (from, to) => words.slice(Math.max(0, from), Math.max(0, to)).filter(({ kept }) => kept).map((word) => word.text).join(" ");
  return { before: text(first - AROUND, first), after: text(next, next + AROUND) };
}
