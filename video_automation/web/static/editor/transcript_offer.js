// After a name was corrected: its other places, and whether it is to be known in later videos.

import { asked } from "./asking.js";
import { make } from "./making.js";
import { newNames } from "./transcript_correction.js";
import { _, locale, translated } from "../language.js";

// Returns a function that makes the offers for a correction.
export function mountOffer(session, replace, root) {
  const bar = make("div", { class: "offer", role: "status" });
  bar.hidden = true;
  root.append(bar);
  const hide = () => { bar.hidden = true; };
  const button = (name, act, look = "button small") => {
    const made = make("button", { type: "button", class: look }, name);
    made.addEventListener("click", act);
    return made;
  };

  // The names go to the caller's glossary.
  const remember = (names) => button(_("Remember {names} for next videos", { names: new Intl.ListFormat(locale).format(names.map(quoted)) }), async ({ target }) => {
    target.remove();
    const answer = await asked("POST", root.dataset.glossary, { terms: names });
    if (answer.ok) session.notice(_("Remembered: {names}.", { names: names.join(", ") }));
    else session.notice(answer.told?.error ? translated(answer.told.error) : _("The service does not answer. Try again in a moment."), { trouble: true });
    if (bar.querySelectorAll("button").length === 1) hide();
  });
  const everywhere = (find, by) => button(_("Find more of {text}", { text: quoted(find) }), () => {
    hide();
    replace.open({ find, by });
  }, "button quiet small");

  return async (before, after) => {
    const names = newNames(before, after);
    bar.hidden = !names.length;
    if (bar.hidden) return;
    const changed = changedPart(before, after);
    const offers = [remember(names), button(_("Close"), hide, "button quiet small")];
    if (changed && await replace.occurs(changed.find)) offers.unshift(everywhere(changed.find, changed.by));
    bar.replaceChildren(...offers);
  };
}

// What of a text was changed, without the words and marks around it that stayed: {find, by}, or null where that is nothing, or all new.
export function changedPart(before, after) {
  const [old, now] = [before.split(" "), after.split(" ")];
  while (old.length && now.length && old[0] === now[0]) { old.shift(); now.shift(); }
  while (old.length && now.length && old.at(-1) === now.at(-1)) { old.pop(); now.pop(); }
  let [find, by] = [old.join(" "), now.join(" ")];
  const mark = /[^\p{L}\p{N}]$/u;
  while (find && by && find.at(-1) === by.at(-1) && mark.test(find)) [find, by] = [find.slice(0, -1), by.slice(0, -1)];
  return find && by ? { find, by } : null;
}

function quoted(text) {
  return `“${text}”`;
}
