// What a pointer does on the timeline: a click seeks or opens a cut, a drag moves an edge, or the view, or the playhead; two
// fingers zoom, as the wheel does with Ctrl.

import { clipEdits, cutEdits, withEdge } from "./timeline_edits.js";
import { under } from "./timeline_view.js";
import { snappedToSentence, snappedToWord } from "./word_search.js";

const STILL = 4; // pixels a finger may tremble in a click
const DRAWN_TO = 12; // pixels at which a border of a word draws an edge
const WHEEL = 0.0022;
const LINE = 16; // pixels of a wheel's line

export class Pointing {
  #session;
  #player;
  #view;
  #canvas;
  #act; // {changed, pointed, opened}
  #fingers = new Map(); // x of each, by id
  #press = null;
  #clicked = null;
  dragged = null; // {kind, stretch, moved}: an edge that is being moved

  constructor(canvas, session, player, view, act) {
    this.#canvas = canvas;
    this.#session = session;
    this.#player = player;
    this.#view = view;
    this.#act = act;
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("click", () => this.#click()); // not on "pointerup": that would close again what it opens
    canvas.addEventListener("pointercancel", () => this.#drop());
    canvas.addEventListener("pointerleave", () => this.#act.pointed(null));
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#press) this.#drop();
    });
  }

  get holding() { return this.#press !== null; }

  #at(event) {
    const box = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #down(event) {
    if (!this.#session.plan || event.button !== 0) return;
    const { x, y } = this.#at(event);
    this.#canvas.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, x);
    this.dragged = null;
    this.#press = this.#fingers.size === 1 ? { x, moved: false, startMs: this.#view.startMs, found: under(this.#view, this.#session.plan, x, y) } : null;
  }

  #move(event) {
    if (!this.#session.plan) return;
    const { x, y } = this.#at(event);
    if (this.#fingers.size === 2 && this.#fingers.has(event.pointerId)) return this.#pinch(event.pointerId, x);
    if (!this.#press) return this.#act.pointed({ x, ...under(this.#view, this.#session.plan, x, y) });
    this.#press.moved ||= Math.abs(x - this.#press.x) > STILL;
    if (!this.#press.moved) return;
    const { found, startMs } = this.#press;
    if (found.edge) this.#drag(found, x, event.altKey);
    else if (this.#view.whole) this.#player.seek(this.#view.ms(x));
    else this.#view.moveTo(startMs - (x - this.#press.x) * this.#view.perPixel);
    this.#act.changed();
  }

  #drag({ cut, clip, edge }, x, free) {
    const { words, plan } = this.#session;
    const ms = this.#view.ms(x);
    const stretch = cut ?? clip;
    const at = free ? ms : cut ? snappedToWord(words, ms, DRAWN_TO * this.#view.perPixel) : snappedToSentence(words, ms, edge);
    this.dragged = { kind: cut ? "cut" : "clip", stretch, moved: withEdge(stretch, edge, at, plan.duration_ms) };
    this.#act.pointed({ x, cut: cut && { ...cut, ...this.dragged.moved }, clip: clip && { ...clip, ...this.dragged.moved } });
  }

  #up(event) {
    this.#fingers.delete(event.pointerId);
    const [press, dragged] = [this.#press, this.dragged];
    this.#drop();
    this.#clicked = press?.moved ? null : press;
    if (!dragged) return;
    const edits = (dragged.kind === "cut" ? cutEdits : clipEdits)(dragged.stretch, dragged.moved);
    if (edits.length) this.#session.edit(edits);
  }

  #click() {
    if (!this.#clicked) return;
    const { x, found } = this.#clicked;
    const ms = this.#view.ms(x);
    const inside = found.cut && found.cut.start_ms <= ms && ms < found.cut.end_ms;
    if (inside) this.#act.opened(found.cut);
    else this.#player.seek(ms);
  }

  #drop() {
    this.#press = null;
    this.dragged = null;
    this.#fingers.clear();
    this.#act.changed();
  }

  // Moves one of two fingers: what is under the other one stays there.
  #pinch(id, x) {
    const [other] = [...this.#fingers].filter(([finger]) => finger !== id).map(([, at]) => at);
    const [before, now] = [Math.abs(this.#fingers.get(id) - other), Math.abs(x - other)];
    this.#fingers.set(id, x);
    if (before && now) this.#view.zoom(before / now, other);
    this.#act.changed();
  }

  #wheel(event) {
    if (!this.#session.plan) return;
    const { x, y } = this.#at(event);
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    if (event.ctrlKey) {
      this.#view.zoom(Math.exp(event.deltaY * unit * WHEEL), x);
    } else {
      const before = this.#view.startMs;
      const by = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
      this.#view.moveTo(before + by * unit * this.#view.perPixel);
      if (this.#view.startMs === before) return; // nothing to move: the page scrolls
    }
    event.preventDefault();
    this.#act.changed();
    this.#act.pointed({ x, ...under(this.#view, this.#session.plan, x, y) });
  }
}
