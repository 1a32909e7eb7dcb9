// The titles and the chapters: rows of fields, each change of which is one edit.

import { beginsInVideo, stamp } from "./clock.js";
import { make } from "./making.js";
import { copyButton, counter, fill, smallButton } from "./texts_fields.js";
import { _ } from "../language.js";

const TITLE_MOST = 100;

// {element, show()}: the titles, of which the first is the one to use.
export function titlesOf(session, told) {
  const rows = make("ol", { class: "text-rows" });
  const add = smallButton(_("Add a title"), _("Add a title"), () => {
    set([...texts(), _("New title")]);
    const field = rows.lastElementChild.querySelector("input");
    field.focus();
    field.select();
  });
  const texts = () => session.plan.titles.map(({ text }) => text);
  const set = (titles) => session.edit([{ op: "text", titles }]);
  const move = (from, to) => {
    const titles = texts();
    titles.splice(to, 0, ...titles.splice(from, 1));
    set(titles);
    rows.children[to]?.querySelector("input").focus();
  };
  const row = (at) => {
    const field = make("input", { type: "text", maxlength: 200, "aria-label": _("Title {n}", { n: at + 1 }) });
    field.addEventListener("change", () => set(texts().map((text, i) => (i === at ? field.value.trim() : text)).filter(Boolean)));
    const count = counter(field, TITLE_MOST);
    const first = smallButton(_("Use title {n}", { n: at + 1 }), _("Use this"), () => move(at, 0));
    const up = smallButton(_("Move title {n} up", { n: at + 1 }), "↑", () => move(at, at - 1));
    first.hidden = up.hidden = at === 0;
    const copy = copyButton(_("Copy title {n}", { n: at + 1 }), _("Copied: title {n}.", { n: at + 1 }), () => field.value, told);
    const remove = smallButton(_("Delete title {n}", { n: at + 1 }), _("Delete"), () => {
      set(texts().filter((_, i) => i !== at));
      (rows.children[at] ?? rows.lastElementChild)?.querySelector("input").focus();
    });
    const element = make("li", {}, field, count.element, make("span", { class: "row-buttons" }, first, up, copy, remove));
    return { element, show: (text) => { fill(field, text); count.show(); } };
  };
  const list = rowsOf(rows, row);
  return {
    element: make("section", {}, make("h2", {}, _("Title")), make("p", { class: "note" }, _("The first one is used. The others are there to choose from.")), rows, add),
    show: () => list(texts()),
  };
}

// {element, show()}: the chapters, with the time each begins in the video.
export function chaptersOf(session, player, told) {
  const rows = make("ol", { class: "text-rows chapters-list" });
  const chapters = () => session.plan.chapters.map(({ start_ms, title }) => ({ start_ms, title }));
  const set = (all) => session.edit([{ op: "text", chapters: all }]);
  const row = (at) => {
    let chapter;
    const time = make("button", { type: "button", class: "stamp" });
    time.addEventListener("click", () => player.seek(chapter.start_ms));
    const field = make("input", { type: "text", maxlength: 200, "aria-label": _("Chapter {n}", { n: at + 1 }) });
    field.addEventListener("change", () => set(chapters().map((one, i) => (i === at ? { ...one, title: field.value.trim() } : one))));
    const remove = smallButton(_("Delete chapter {n}", { n: at + 1 }), _("Delete"), () => {
      set(chapters().filter((_, i) => i !== at));
      (rows.children[at] ?? rows.lastElementChild)?.querySelector("input").focus();
    });
    return {
      element: make("li", {}, time, field, make("span", { class: "row-buttons" }, remove)),
      show: (now) => {
        chapter = now;
        const at_video = stamp(beginsInVideo(session.plan, chapter.start_ms));
        time.textContent = at_video;
        time.setAttribute("aria-label", _("Go to {time}", { time: at_video }));
        fill(field, chapter.title);
      },
    };
  };
  const list = rowsOf(rows, row);
  const add = smallButton(_("Add a chapter at the playhead"), _("Add a chapter at the playhead"), () => {
    const start_ms = Math.round(player.nowMs);
    if (chapters().some((one) => one.start_ms === start_ms)) return session.notice(_("A chapter begins there already."));
    const all = [...chapters(), { start_ms, title: _("New chapter") }].sort((a, b) => a.start_ms - b.start_ms);
    set(all);
    const field = rows.children[all.findIndex((one) => one.start_ms === start_ms)].querySelector("input");
    field.focus();
    field.select();
  });
  const lines = () => chapters().map((one) => `${stamp(beginsInVideo(session.plan, one.start_ms))} ${one.title}`).join("\n");
  return {
    element: make("section", {}, make("h2", {}, _("Chapters")), rows, make("div", { class: "clip-buttons" }, add, copyButton(_("Copy chapters"), _("Copied: chapters."), lines, told))),
    show: () => list(chapters()),
  };
}

// Keeps as many rows as there are values, and shows each value in its row: the row with the focus stays.
function rowsOf(list, row) {
  const made = [];
  return (values) => {
    while (made.length < values.length) {
      made.push(row(made.length));
      list.append(made.at(-1).element);
    }
    while (made.length > values.length) made.pop().element.remove();
    for (const [at, value] of values.entries()) made[at].show(value);
  };
}
