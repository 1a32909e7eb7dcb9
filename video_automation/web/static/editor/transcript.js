// The transcript: the words are the video. What is selected is cut, kept, corrected, played, or made a clip.

import { onKey } from "./keys.js";
import { make } from "./making.js";
import { Caret } from "./transcript_caret.js";
import { correct } from "./transcript_correction.js";
import { keptIn, restoringOf, shorteningOf, strikingOf } from "./transcript_cuts.js";
import { mountOffer } from "./transcript_offer.js";
import { mountSpeakers } from "./transcript_speakers.js";
import { Paragraphs } from "./transcript_paragraphs.js";
import { pauseAfter } from "./transcript_text.js";
import { mountToolbar } from "./transcript_toolbar.js";
import { followSpeech } from "./transcript_following.js";
import { _, number, several } from "../language.js";

export function mountTranscript(session, player, replace, root) {
  const list = make("div", { class: "paragraphs", role: "group", "aria-label": _("Words"), tabindex: 0 });
  root.append(list);
  mountSpeakers(session, list);
  const paragraphs = new Paragraphs(session, list);
  const caret = new Caret(session, player, paragraphs, list);
  const offer = mountOffer(session, replace, root);

  const pause = (id) => pauseAfter(session.words, id, session.plan.duration_ms);
  const isCut = ({ first, last, pause: after }) => {
    if (after !== undefined) return keptIn(session.plan.cuts, pause(after)) < pause(after).end_ms - pause(after).start_ms;
    for (let id = first; id <= last; id++) if (session.words[id].kept) return false;
    return true;
  };
  const span = ({ first, last, pause: after }) =>
    after === undefined ? { start_ms: session.words[first].start_ms, end_ms: session.words[last].end_ms } : pause(after);

  const acts = {
    turn(target) {
      const { plan, words } = session;
      const back = isCut(target);
      const { first, last, pause: after } = target;
      const stretch = after === undefined ? (back ? restoringOf : strikingOf)(plan, words, first, last) : back ? pause(after) : shorteningOf(plan, pause(after));
      session.edit([{ op: back ? "keep" : "cut", ...stretch }]);
    },
    correct({ first, last }) {
      correct(session, paragraphs, { first, last }, (text, { before, ...found }) => {
        if (text !== null) session.edit([{ op: "correct", words: [found.first, found.last], text }]);
        caret.goTo(found.first);
        if (text !== null) offer(before, text);
      });
    },
    clip(target) {
      const before = session.plan.clips.length;
      session.edit([{ op: "clip_add", ...span(target) }]);
      const tell = () => {
        if (session.saving) return;
        session.removeEventListener("busy", tell);
        if (session.plan.clips.length > before) session.notice(_("The new clip is among the clips."));
      };
      session.addEventListener("busy", tell);
    },
    play(target) {
      const { start_ms, end_ms } = span(target);
      player.play({ fromMs: start_ms, untilMs: end_ms, acrossCuts: isCut(target) });
    },
  };
  const told = (target) => {
    const { start_ms, end_ms } = span(target);
    const length = `${number((end_ms - start_ms) / 1000, 1)} s`;
    const count = target.last - target.first + 1;
    return target.pause === undefined ? several(count, "{n} word, {length}", "{n} words, {length}", { length }) : length;
  };
  const toolbar = mountToolbar(caret, paragraphs, root, { told, isCut, acts });

  const onTarget = (act) => () => {
    if (caret.target && session.plan) act(caret.target);
  };
  const correctTarget = onTarget((target) => {
    if (target.pause === undefined) acts.correct(target);
  });
  onKey("Delete", _("Cut what is selected, or take the cut back"), onTarget(acts.turn));
  onKey("Backspace", "", onTarget(acts.turn));
  onKey("Enter", _("Correct what is selected"), correctTarget);
  onKey("F2", "", correctTarget);
  list.addEventListener("dblclick", ({ target }) => {
    const word = target.closest(".w");
    if (word) acts.correct({ first: paragraphs.first(word), last: paragraphs.last(word) });
  });

  session.addEventListener("plan", ({ detail }) => {
    if (detail.more) return paragraphs.append();
    if (detail.words) paragraphs.update();
    else paragraphs.refresh();
    toolbar.show();
  });
  replace.addEventListener("hits", () => {
    [paragraphs.hits, paragraphs.hit] = [replace.hits, replace.hit];
    paragraphs.refresh();
    if (replace.hit) paragraphs.element(replace.hit.first).scrollIntoView({ block: "center" });
  });
  replace.addEventListener("close", () => {
    if (replace.hit) caret.goTo(replace.hit.first);
  });
  followSpeech(session, player, paragraphs);
}
