// The list of videos on the home page: bars that move, search as one types, names, several at once, deletion with an undo.

import { _, several, translated } from "./language.js";
import { one, parsed, show, showTimes } from "./page.js";
import { calmTimeLeft } from "./time_left.js";

const POLL_MS = 3000;
const QUIET_POLL_MS = 30_000; // while nothing is at work, somebody searches, or nobody looks
const TYPING_MS = 300;
const UNDO_MS = 10_000;

export function prepareLibrary(library) {
  const list = one("[data-videos]", library);
  const going = new Map(); // the names of tasks that will be deleted, by id
  let asked = new AbortController();

  // Takes from the page, fetched again, the rows that have changed; the others stay as they are.
  async function refresh(address = location.href) {
    asked.abort();
    asked = new AbortController();
    const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-cache", signal: asked.signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#library");
    if (!fresh) return location.reload(); // the session has ended
    library.hidden = fresh.hidden;
    library.dataset.tasks = fresh.dataset.tasks;
    library.toggleAttribute("data-part", "part" in fresh.dataset);
    for (const part of ["[data-count]", "[data-pages]"]) {
      if (one(part, library).innerHTML !== one(part, fresh).innerHTML) one(part, library).innerHTML = one(part, fresh).innerHTML;
    }
    swap(one("[data-videos]", fresh));
  }

  function swap(fresh) {
    const focused = document.activeElement;
    const rows = new Map([...list.children].map((row) => [row.dataset.task, row]));
    const within = list.contains(focused) ? places(focused) : null;
    const kept = [...fresh.children].map((row) => {
      const before = rows.get(row.dataset.task);
      const same = before?.dataset.mark === row.dataset.mark && !one(".hits", before) && !one(".hits", row);
      return same ? before : adopted(row, before);
    });
    if (kept.length !== list.children.length || kept.some((row, at) => row !== list.children[at])) list.replaceChildren(...kept);
    if (within && !document.contains(focused)) one(within, list)?.focus();
    else if (within && document.activeElement !== focused) focused.focus({ preventScroll: true });
    hideGoing();
    countChosen();
  }

  function adopted(row, before) {
    const own = document.importNode(row, true);
    const pick = before && one("[name=task]", before);
    one("[name=task]", own).checked = pick?.checked ?? false;
    showTimes(own);
    return own;
  }

  // Bars and sentences of tasks at work; where anything else has changed, the rows are fetched.
  let timer;
  async function look() {
    clearTimeout(timer);
    let working = false;
    try {
      const answer = await fetch(library.dataset.tasks, { headers: { Accept: "application/json" }, cache: "no-cache" });
      const told = answer.ok ? await answer.json() : { tasks: [] };
      working = told.tasks.some(({ state }) => state === "PENDING" || state === "PROGRESS");
      const shown = [...list.children].map((row) => `${row.dataset.task} ${row.dataset.mark}`);
      const now = told.tasks.map((task) => `${task.task_id} ${mark(task)}`);
      if (answer.ok && shown.join("\n") !== now.join("\n")) await refresh();
      for (const task of told.tasks) paint(task);
    } catch { /* it is asked again */ }
    clearTimeout(timer);
    timer = setTimeout(look, working && !document.hidden && !field.value ? POLL_MS : QUIET_POLL_MS);
  }

  const lefts = new Map(); // by task
  const leftOf = (id) => lefts.get(id) ?? lefts.set(id, calmTimeLeft()).get(id);

  function paint(task) {
    const row = rowOf(task.task_id);
    const bar = row && one("progress", row);
    if (!bar) return;
    bar.value = task.progress;
    const left = task.eta_seconds === null ? "" : ` · ${_("about {time} left", { time: leftOf(task.task_id)(task.eta_seconds) })}`;
    const text = `${translated(task.status)}${left}`;
    if (one("[data-status]", row).textContent !== text) one("[data-status]", row).textContent = text;
  }

  const rowOf = (id) => one(`[data-task="${CSS.escape(id)}"]`, list);
  const trouble = (text) => show(one("[data-list-trouble]", library), text);

  // Search as one types.
  const search = one("[data-search]", library);
  const field = one("[name=q]", search);
  let typing;
  const seek = () => {
    clearTimeout(typing);
    const address = new URL(library.dataset.home, location.href);
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    history.replaceState(null, "", address);
    refresh().catch((error) => { if (error.name !== "AbortError") trouble(_("The service does not answer. Try again in a moment.")); });
  };
  field.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(seek, TYPING_MS); });
  search.addEventListener("submit", (event) => { event.preventDefault(); seek(); });
  one("button", search).hidden = true;

  // Names.
  list.addEventListener("submit", async (event) => {
    const address = event.target.dataset.rename;
    if (!address) return;
    event.preventDefault();
    const name = event.target.elements.name.value;
    const answer = await asking(address, "PATCH", { name });
    if (!answer) return;
    const row = event.target.closest("[data-task]");
    event.target.closest("details").open = false;
    one("summary", row).focus();
    await refresh().catch(() => {});
    rowOf(row.dataset.task)?.querySelector("summary").focus();
  });
  list.addEventListener("toggle", (event) => { if (event.target.open) one("[name=name]", event.target).select(); }, true);
  list.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest("details[open]");
    if (open) { open.open = false; one("summary", open).focus(); }
  });

  async function asking(address, method, body, more = {}) {
    trouble("");
    try {
      const headers = { Accept: "application/json", "Content-Type": "application/json" };
      const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body), ...more });
      if (answer.ok || answer.status === 404) return true;
      const told = parsed(await answer.text())?.error;
      trouble(told ? translated(told) : _("The service answered with status {status}. Try again in a moment.", { status: answer.status }));
    } catch { trouble(_("The service does not answer. Try again in a moment.")); }
    return false;
  }

  // Several at once.
  const bar = one("[data-chosen-bar]", library);
  const chosen = () => [...list.querySelectorAll("[name=task]:checked")].map((pick) => pick.closest("[data-task]")).filter((row) => !row.hidden);
  const countChosen = () => {
    const count = chosen().length;
    bar.hidden = !count;
    one("[data-chosen-count]", bar).textContent = several(count, "{n} selected", "{n} selected");
  };
  list.addEventListener("change", countChosen);

  // Deletion: rows go at once, files after ten seconds, or when the page is left; until then it can be undone.
  const undo = one("[data-undo-bar]", library);
  let left = 0;
  let clock;

  function remove(rows) {
    for (const row of rows) going.set(row.dataset.task, row.dataset.name);
    const at = Math.min(...rows.map((row) => [...list.children].indexOf(row)));
    hideGoing();
    for (const row of rows) one("[name=task]", row).checked = false;
    countChosen();
    const names = [...going.values()];
    one("[data-undo-what]", undo).textContent = several(names.length, "“{name}” will be deleted.", "{n} videos will be deleted.", { name: names[0] });
    undo.hidden = false;
    left = UNDO_MS;
    clearInterval(clock);
    clock = setInterval(tick, 1000);
    tellLeft();
    one("[data-undo-delete]", undo).focus();
    undo.dataset.from = at;
  }

  function tick() {
    if (undo.matches(":hover")) return; // who points at it has more time
    left -= 1000;
    tellLeft();
    if (left <= 0) deleteNow();
  }

  const tellLeft = () => { one("[data-undo-left]", undo).textContent = `${Math.max(0, left / 1000)} s`; };
  const hideGoing = () => { for (const row of list.children) row.hidden = going.has(row.dataset.task); };

  function closeUndo() {
    clearInterval(clock);
    const focused = undo.contains(document.activeElement);
    undo.hidden = true;
    if (!focused) return;
    const rows = [...list.children].filter((row) => !row.hidden);
    const row = rows[Math.min(Number(undo.dataset.from), rows.length - 1)];
    (row ? one("h3 a", row) : field).focus({ preventScroll: true });
  }

  async function deleteNow(more) {
    const ids = [...going.keys()];
    closeUndo();
    const done = await Promise.all(ids.map((id) => asking(one("h3 a", rowOf(id)).href, "DELETE", undefined, more)));
    const kept = done.includes(false) && one("[data-list-trouble]", library).textContent;
    going.clear();
    await refresh().catch(() => {});
    hideGoing();
    if (kept) trouble(kept);
  }

  one("[data-undo-delete]", undo).addEventListener("click", () => {
    going.clear();
    hideGoing();
    closeUndo();
  });
  addEventListener("pagehide", () => { if (going.size) deleteNow({ keepalive: true }); });
  list.addEventListener("submit", (event) => {
    if (!("delete" in event.target.dataset)) return;
    event.preventDefault();
    remove([event.target.closest("[data-task]")]);
  });
  bar.addEventListener("submit", (event) => {
    if (!("deleteChosen" in event.submitter.dataset)) return;
    event.preventDefault();
    remove(chosen());
  });

  document.addEventListener("tasks", () => refresh().then(look).catch(() => {}));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  countChosen();
  look();
}

// What decides how a row looks, but for its bar; the page writes the same.
const mark = ({ state, rendered_revision: revision, clip_count: clips, cleaned, duration_ms: length, name }) =>
  [state, revision ?? "None", clips, cleaned ? "True" : "False", length ?? "None", name].join(" ");

// The place of an element in its row, to find it again once that row has been replaced.
function places(element) {
  const row = element.closest("[data-task]");
  return row ? `[data-task="${CSS.escape(row.dataset.task)}"] :is(${element.localName}, h3 a)` : "h3 a";
}

prepareLibrary(one("#library"));
