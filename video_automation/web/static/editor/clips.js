// The clips: as cards, one of them opened, and the passages that would be clips next.

import { cardOf, nameOf } from "./clips_card.js";
import { standOf } from "./clips_changes.js";
import { openedClip } from "./clips_open.js";
import { Posters } from "./clips_posters.js";
import { lasts, stretchOf } from "./clips_stretch.js";
import { stamp } from "./clock.js";
import { make } from "./making.js";
import { one, parsed } from "../page.js";
import { _ } from "../language.js";

const ORDERS = {
  score: [_("Best first"), (a, b) => b.score - a.score],
  place: [_("As in the video"), (a, b) => a.start_ms - b.start_ms],
  length: [_("Shortest first"), (a, b, cuts) => lasts(cuts, a) - lasts(cuts, b)],
};

export function mountClips(session, player, root, tabs) {
  const lists = { layouts: parsed(root.dataset.layouts), styles: parsed(root.dataset.styles), fonts: parsed(root.dataset.fonts), look: one("#look") };
  const posters = new Posters(session);
  const cards = new Map(); // by the clip's id
  let openId = null;

  const does = {
    play: (clip) => player.play({ fromMs: clip.start_ms, untilMs: clip.end_ms }),
    rename: (clip, title) => session.edit([{ op: "clip_set", clip: clip.id, title }]),
    open: (clip) => {
      openId = clip.id;
      show();
      opened.close.focus();
    },
    close: () => {
      const was = openId;
      openId = null;
      show();
      (cards.get(was)?.open ?? sort).focus();
    },
    drop: (clip) => {
      const at = ordered().findIndex(({ id }) => id === clip.id);
      openId = null;
      session.edit([{ op: "clip_drop", clip: clip.id }]);
      session.notice(_("The clip “{name}” is dropped. “Undo” brings it back.", { name: nameOf(clip, at + 1) }));
      (cards.get((ordered()[at] ?? ordered().at(-1))?.id)?.open ?? sort).focus();
    },
  };
  const sort = make("select", {}, ...Object.entries(ORDERS).map(([name, [label]]) => make("option", { value: name }, label)));
  sort.addEventListener("change", () => show());
  const create = make("button", { type: "button", class: "button quiet small" }, _("New clip from the selected words"));
  create.addEventListener("click", () => {
    const { first, last } = session.selection;
    session.edit([{ op: "clip_add", ...stretchOf(session.words, first, last, session.plan.duration_ms) }]);
    session.notice(_("The clip is added. Its title and score follow in a moment."));
  });
  const hint = make("p", { class: "note" }, _("Select words in the transcript to make a clip of them."));
  const grid = make("ul", { class: "clip-cards" });
  const none = make("p", { class: "remark", hidden: "" }, _("There are no clips. Make one of words you select, or of a passage below."));
  const list = make("div", {}, make("div", { class: "clip-bar" }, make("label", {}, `${_("Order")} `, sort), create), hint, none, grid);
  const next = nextOnes(session, does);
  const opened = openedClip(session, player, { does, lists });
  root.append(list, opened.element, next.element);

  const ordered = () => [...session.plan.clips].sort((a, b) => ORDERS[sort.value][1](a, b, session.plan.cuts));
  const show = () => {
    if (!session.plan) return;
    const stand = standOf(session);
    const clips = ordered();
    for (const [id, card] of cards) {
      if (clips.some((clip) => clip.id === id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    for (const [at, clip] of clips.entries()) {
      const card = cards.get(clip.id) ?? cardOf(session, posters, does);
      cards.set(clip.id, card);
      card.update(clip, at + 1, stand(clip));
      if (grid.children[at] !== card.element) grid.insertBefore(card.element, grid.children[at] ?? null);
    }
    none.hidden = clips.length > 0;
    const at = clips.findIndex(({ id }) => id === openId);
    if (at < 0) openId = null;
    else opened.show(clips[at], at + 1, stand(clips[at]));
    opened.element.hidden = openId === null;
    list.hidden = openId !== null;
    next.element.hidden = openId !== null;
    next.show();
  };
  const select = () => {
    create.disabled = !session.selection;
    hint.hidden = Boolean(session.selection);
  };
  session.addEventListener("plan", ({ detail }) => { if (!detail?.more) show(); });
  session.addEventListener("task", show);
  session.addEventListener("selection", select);
  select();
}

// The passages that would be clips next, each with a button that makes it one.
function nextOnes(session, does) {
  const list = make("ul", { class: "candidates" });
  const element = make("details", { class: "next" }, make("summary", {}, _("More passages that could be clips")), list);
  let shown;
  return {
    element,
    show() {
      const { candidates, cuts } = session.plan;
      const now = JSON.stringify(candidates.map((one) => [one.id, one.title, lasts(cuts, one)]));
      if (now === shown) return;
      shown = now;
      list.replaceChildren(...candidates.map((one) => {
        const called = one.title || _("from {time}", { time: stamp(one.start_ms) });
        const play = make("button", { type: "button", class: "button quiet small", "aria-label": _("Play “{name}”", { name: called }) }, _("Play"));
        play.addEventListener("click", () => does.play(one));
        const take = make("button", { type: "button", class: "button quiet small", "aria-label": _("Make “{name}” a clip", { name: called }) }, _("Make this one"));
        take.addEventListener("click", () => {
          take.disabled = true;
          session.edit([{ op: "clip_add", start_ms: one.start_ms, end_ms: one.end_ms, title: one.title }]);
          session.notice(_("“{name}” is a clip now.", { name: called }));
        });
        return make(
          "li", {}, make("span", { class: "called" }, called),
          make("span", { class: "note" }, `${_("{time} long, from {start}", { time: stamp(lasts(cuts, one)), start: stamp(one.start_ms) })} · ${_("score {n}", { n: one.score })}`), make("span", { class: "clip-buttons" }, play, take),
        );
      }));
      element.querySelector("summary").textContent = `${_("More passages that could be clips")} (${candidates.length})`;
      if (!candidates.length) element.hidden = true;
    },
  };
}
