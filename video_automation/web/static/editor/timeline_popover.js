// A small window on one cut: hear it, restore it, move its edges.

import { cutAt, stamp } from "./clock.js";
import { button, make } from "./making.js";
import { cutEdits, cutInWords, withEdge } from "./timeline_edits.js";
import { nextBorder } from "./word_search.js";
import { _ } from "../language.js";

const AROUND_MS = 2000;
const STEP_MS = 50;
const APART = 8; // pixels between the window and what it belongs to
const EDGES = {
  start: {
    name: _("Starts"), at: _("Starts at"), before: _("Starts at the word border before"), next: _("Starts at the next word border"),
    earlier: _("Starts 50 ms earlier"), later: _("Starts 50 ms later"),
  },
  end: {
    name: _("Ends"), at: _("Ends at"), before: _("Ends at the word border before"), next: _("Ends at the next word border"),
    earlier: _("Ends 50 ms earlier"), later: _("Ends 50 ms later"),
  },
};

export class CutPopover {
  #session;
  #player;
  #box;
  #title = make("h2", { id: "cut-title" });
  #places = { start: make("output"), end: make("output") };
  #cut;
  #beside; // the edges, in the window, of what it belongs to

  constructor(session, player, root) {
    this.#session = session;
    this.#player = player;
    this.#box = make(
      "div",
      { class: "cut-window", popover: "auto", role: "dialog", "aria-labelledby": "cut-title" },
      this.#title,
      make(
        "div",
        { class: "choices" },
        this.#choice(_("Play across"), () => this.#play({ fromMs: this.#cut.start_ms - AROUND_MS, untilMs: this.#cut.end_ms + AROUND_MS })),
        this.#choice(_("Play what is cut"), () => this.#play({ fromMs: this.#cut.start_ms, untilMs: this.#cut.end_ms, acrossCuts: true })),
        this.#choice(_("Keep this"), () => this.#keep()),
      ),
      this.#edge("start"),
      this.#edge("end"),
    );
    root.append(this.#box);
    session.addEventListener("plan", () => this.#follow());
    addEventListener("resize", () => {
      if (this.#box.matches(":popover-open")) this.#place();
    });
  }

  // Opens it for a cut, beside something with these edges in the window.
  open(cut, beside) {
    this.#cut = cut;
    this.#beside = beside;
    this.#show();
    this.#box.showPopover();
    this.#place();
    this.#box.querySelector("button").focus();
  }

  #place() {
    const { left, top, bottom } = this.#beside;
    const [wide, tall] = [this.#box.offsetWidth, this.#box.offsetHeight];
    const below = bottom + APART + tall <= innerHeight;
    this.#box.style.left = `${Math.max(APART, Math.min(left - wide / 2, innerWidth - wide - APART))}px`;
    this.#box.style.top = `${Math.max(APART, below ? bottom + APART : top - APART - tall)}px`;
  }

  #choice(text, act) {
    const made = make("button", { type: "button", class: "button quiet small" }, text);
    made.addEventListener("click", act);
    return made;
  }

  #edge(edge) {
    const told = EDGES[edge];
    const by = (ms) => () => this.#move(edge, this.#cut[`${edge}_ms`] + ms);
    const toWord = (step) => () => this.#toWord(edge, step);
    const small = { class: "button quiet small" };
    return make(
      "div",
      { class: "edge", role: "group", "aria-label": told.at },
      make("span", { class: "note" }, told.name),
      button(told.before, _("‹ word"), toWord(-1), small),
      button(told.earlier, "−", by(-STEP_MS), small),
      this.#places[edge],
      button(told.later, "+", by(STEP_MS), small),
      button(told.next, _("word ›"), toWord(1), small),
    );
  }

  // An edge never leaps over the other one: there is nothing to do where the next border lies beyond that.
  #toWord(edge, step) {
    const { start_ms, end_ms } = this.#cut;
    const ms = nextBorder(this.#session.words, edge === "start" ? start_ms : end_ms, step);
    if (ms !== undefined && (edge === "start" ? ms < end_ms : ms > start_ms)) this.#move(edge, ms);
  }

  #move(edge, ms) {
    const moved = withEdge(this.#cut, edge, ms, this.#session.plan.duration_ms);
    const edits = cutEdits(this.#cut, moved);
    this.#cut = { ...this.#cut, ...moved };
    if (edits.length) this.#session.edit(edits);
  }

  #keep() {
    const { start_ms, end_ms } = this.#cut;
    this.#box.hidePopover();
    this.#session.edit([{ op: "keep", start_ms, end_ms }]);
  }

  #play(stretch) {
    this.#player.mode = "recording";
    this.#player.play(stretch);
  }

  // After a change of the plan: the cut as it is now, or none.
  #follow() {
    if (!this.#cut || !this.#box.matches(":popover-open")) return;
    this.#cut = cutAt(this.#session.plan.cuts, (this.#cut.start_ms + this.#cut.end_ms) / 2);
    if (this.#cut) this.#show();
    else this.#box.hidePopover();
  }

  #show() {
    const { plan } = this.#session;
    this.#title.textContent = cutInWords(plan, this.#cut);
    for (const edge of ["start", "end"]) this.#places[edge].textContent = exact(this.#cut[`${edge}_ms`]);
  }
}

// "0:29.04": to the hundredth, as the recording counts.
function exact(ms) {
  return `${stamp(ms)}.${String(Math.floor((ms % 1000) / 10)).padStart(2, "0")}`;
}
