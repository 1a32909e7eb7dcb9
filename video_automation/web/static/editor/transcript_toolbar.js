// The buttons beside what is selected in the transcript.

import { make } from "./making.js";
import { _ } from "../language.js";

const BELOW_PX = 6;

// `told` and `isCut` say what is written about a selection; `acts` {turn, correct, clip, play} do what the buttons say.
export function mountToolbar(caret, paragraphs, root, { told, isCut, acts }) {
  const about = make("span", { class: "about", role: "status" });
  const button = (name, act) => {
    const made = make("button", { type: "button", class: "button quiet small" }, name);
    made.addEventListener("click", () => act(caret.chosen));
    return made;
  };
  const turn = button(_("Cut"), acts.turn);
  const ofWords = [button(_("Correct"), acts.correct), button(_("New clip"), acts.clip)];
  const buttons = make("div", { class: "selection-bar", role: "group", "aria-label": _("Selection") }, turn, ...ofWords, button(_("Play"), acts.play), about);
  buttons.hidden = true;
  root.append(buttons);

  const show = () => {
    const { chosen } = caret;
    buttons.hidden = !chosen || caret.pressing;
    if (buttons.hidden) return;
    turn.textContent = isCut(chosen) ? _("Keep") : _("Cut");
    for (const each of ofWords) each.hidden = "pause" in chosen;
    about.textContent = told(chosen);
    place(buttons, root, "pause" in chosen ? root.querySelector(`[data-after="${chosen.pause}"]`) : paragraphs.drawn(chosen.last));
  };
  let due = 0;
  const soon = () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      show();
    });
  };
  caret.addEventListener("target", soon);
  new ResizeObserver(soon).observe(root); // paragraphs above may have become higher
  buttons.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const { first, pause } = caret.chosen;
    caret.clear();
    caret.goTo(first ?? Math.max(0, pause));
  });
  return { show: soon };
}

// Below an element, within its column; at the foot of the window where the element is not on the page, or the page is narrow.
function place(buttons, root, element) {
  const docked = !element || matchMedia("(max-width: 61.99rem)").matches;
  buttons.classList.toggle("docked", docked);
  if (docked) {
    buttons.style.top = buttons.style.left = "";
    return;
  }
  const [within, at] = [root.getBoundingClientRect(), element.getBoundingClientRect()];
  buttons.style.top = `${at.bottom - within.top + BELOW_PX}px`;
  buttons.style.left = `${Math.max(0, Math.min(at.left - within.left, within.width - buttons.offsetWidth))}px`;
}
