// The bar on top: undo and redo, how many changes the video lacks, and the button that has it made again.

import { onKey } from "./keys.js";
import { standing } from "./standing.js";
import { one } from "../page.js";
import { _, several, translated } from "../language.js";

export function mountUpdates(session, bar) {
  const [undo, undoAll, redo, update, told, progress, notice] = ["undo", "undo-all", "redo", "update", "told", "progress", "notice"].map((name) => one(`[data-${name}]`, bar));
  undo.addEventListener("click", () => session.undo());
  undoAll.addEventListener("click", async () => {
    undoAll.disabled = true;
    await session.undoAll();
    redo.focus();
  });
  redo.addEventListener("click", () => session.redo());
  update.addEventListener("click", async () => {
    update.disabled = true;
    await session.render();
    show();
  });
  onKey("Ctrl+Z", _("Undo"), () => session.undo());
  onKey("Ctrl+Shift+Z", _("Redo"), () => session.redo());
  onKey("Ctrl+Y", "", () => session.redo());

  const show = () => {
    const { plan, task } = session;
    if (!plan || !task) return;
    const changes = lacking(plan);
    const first = plan.rendered_revision === null;
    undo.disabled = !session.undoable;
    undoAll.disabled = session.saving || session.rendering;
    undoAll.hidden = standing(plan.history).size < 2;
    redo.disabled = !plan.can_redo || session.saving;
    update.hidden = session.rendering || !(changes || first);
    update.disabled = false;
    update.textContent = `${first ? _("Make the video") : _("Update video")}${inBrackets(plan.update?.estimate_seconds)}`;
    progress.hidden = !session.rendering;
    progress.value = task.progress;
    told.textContent = session.rendering ? `${translated(task.status)} · ${task.progress} %`
      : session.saving ? _("Saving…")
      : changes ? several(changes, "{n} change", "{n} changes")
      : first ? _("Ready for your review") : _("Up to date");
  };
  for (const name of ["plan", "task", "busy"]) session.addEventListener(name, show);
  session.addEventListener("task", ({ detail }) => {
    if (detail?.rendered) session.notice(_("Updated. The player shows the new video."));
  });

  let gone;
  session.addEventListener("notice", ({ detail }) => {
    clearTimeout(gone);
    notice.textContent = detail.text;
    notice.classList.toggle("trouble", detail.trouble);
    notice.hidden = false;
    gone = setTimeout(() => { notice.hidden = true; }, detail.trouble ? 20_000 : 8_000);
  });
  addEventListener("beforeunload", (event) => {
    if (session.saving) event.preventDefault();
  });
}

// How many steps of undo are between the video as it is and the plan.
export function lacking(plan) {
  return differing(plan).size;
}

// Those steps, by their revision: edits the video lacks, and edits it shows that were undone since.
export function differing({ history, rendered_revision: rendered }) {
  const [made, wanted] = [standing(history, rendered ?? 0), standing(history)];
  return new Set([...[...made].filter((one) => !wanted.has(one)), ...[...wanted].filter((one) => !made.has(one))]);
}

// How long making a video takes, after what a button does: " (about 20 s)"; "" where that is not known.
export function inBrackets(s) {
  if (!s) return "";
  return s < 90 ? ` (${_("about {time}", { time: `${Math.ceil(s / 5) * 5} s` })})` : ` (${_("about {time}", { time: `${Math.round(s / 60)} min` })})`;
}
