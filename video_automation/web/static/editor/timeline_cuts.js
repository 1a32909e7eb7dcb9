// The cuts as a list of buttons, for those who do not use the drawing: some at a time, those around the playhead first.

import { inVideo, stamp } from "./clock.js";
import { make } from "./making.js";
import { lengthOf, reasonOf } from "./timeline_edits.js";
import { _, several } from "../language.js";

const AT_ONCE = 24;

export function cutList(session, player, open) {
  const told = make("summary");
  const list = make("ol");
  const earlier = make("button", { type: "button", class: "button quiet small" }, _("Earlier cuts"));
  const later = make("button", { type: "button", class: "button quiet small" }, _("Later cuts"));
  const details = make("details", { class: "cut-list" }, told, list, make("div", { class: "pages" }, earlier, later));
  let from = 0;

  const show = () => {
    const cuts = session.plan?.cuts ?? [];
    told.textContent = several(cuts.length, "{n} cut", "{n} cuts");
    details.hidden = cuts.length === 0;
    from = Math.max(0, Math.min(from, cuts.length - AT_ONCE));
    while (list.children.length > Math.min(AT_ONCE, cuts.length)) list.lastChild.remove();
    while (list.children.length < Math.min(AT_ONCE, cuts.length)) list.append(row());
    [...list.children].forEach((item, i) => fill(item.firstChild, cuts, from + i));
    earlier.hidden = from === 0;
    later.hidden = from + AT_ONCE >= cuts.length;
  };
  const row = () => {
    const made = make("button", { type: "button", class: "button quiet small" });
    made.addEventListener("click", () => open(session.plan.cuts[made.dataset.at], made.getBoundingClientRect()));
    return make("li", {}, made);
  };
  const fill = (made, cuts, at) => {
    const cut = cuts[at];
    const [place, length, reason] = [stamp(inVideo(session.plan, cut.start_ms)), lengthOf(cut), reasonOf(cut)];
    made.dataset.at = at;
    made.textContent = `${place} · ${length}`;
    made.setAttribute("aria-label", _("Cut {n} of {all}, {length}, {reason}, at {time}", { n: at + 1, all: cuts.length, length, time: place, reason }));
  };
  const turn = (by) => () => {
    from += by;
    show();
    list.querySelector("button")?.focus();
  };
  earlier.addEventListener("click", turn(-AT_ONCE));
  later.addEventListener("click", turn(AT_ONCE));
  details.addEventListener("toggle", () => {
    from = Math.max(0, (session.plan?.cuts ?? []).findIndex(({ end_ms }) => end_ms > player.nowMs) - 2);
    show();
  });
  session.addEventListener("plan", show);
  show();
  return details;
}
