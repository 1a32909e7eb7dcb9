// The timeline: the recording's waveform with what is cut hatched, clips, the playhead and the selection. It zooms, seeks, and its
// edges can be moved.

import { inVideo, stamp } from "./clock.js";
import { button, make } from "./making.js";
import { cutList } from "./timeline_cuts.js";
import { draw } from "./timeline_drawing.js";
import { cutInWords, lengthOf } from "./timeline_edits.js";
import { Pointing } from "./timeline_pointer.js";
import { CutPopover } from "./timeline_popover.js";
import { HEIGHT, View } from "./timeline_view.js";
import { _ } from "../language.js";

const CLOSER = 0.5;
const LEAD = 0.1; // of the width, before the playhead, when the view follows it

export function mountTimeline(session, player, root) {
  const view = new View();
  const canvas = make("canvas", { class: "drawing", role: "img", "aria-label": _("Waveform of the recording, with cuts and clips") });
  const playhead = make("div", { class: "playhead" });
  const stage = make("div", { class: "stage" }, canvas, playhead);
  const hint = make("span", { class: "note hint", "aria-hidden": "true" });
  const popover = new CutPopover(session, player, root);
  let peaks = null;
  let asked = false;

  const redraw = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      if (session.plan) draw(canvas, { view, plan: shown(session.plan, pointing.dragged), peaks, selected: selected(session) });
      movePlayhead();
    });
  };
  const movePlayhead = () => {
    const x = view.x(player.nowMs);
    playhead.hidden = x < 0 || x > view.width;
    playhead.style.transform = `translateX(${x}px)`;
  };
  const open = (cut, box) => popover.open(cut, box);
  const openHere = (cut) => {
    const box = canvas.getBoundingClientRect();
    const middle = Math.min(Math.max(0, view.x((cut.start_ms + cut.end_ms) / 2)), view.width);
    open(cut, { left: box.left + middle, top: box.top, bottom: box.bottom });
  };
  const point = (pointed) => {
    canvas.classList.toggle("at-edge", Boolean(pointed?.edge));
    canvas.classList.toggle("on-cut", Boolean(pointed?.cut));
    hint.textContent = pointed ? told(session.plan, pointed, view.ms(pointed.x)) : "";
  };
  const pointing = new Pointing(canvas, session, player, view, { changed: redraw, pointed: point, opened: openHere });

  const measure = () => {
    view.measure(stage.clientWidth, session.plan?.duration_ms ?? 1);
    redraw();
  };
  const zoom = (factor) => () => {
    const x = view.x(player.nowMs);
    view.zoom(factor, x >= 0 && x <= view.width ? x : view.width / 2);
    redraw();
  };
  const small = { class: "button quiet small" };
  const tools = make(
    "div",
    { class: "tools" },
    hint,
    button(_("Zoom out"), "−", zoom(1 / CLOSER), small),
    button(_("Zoom in"), "+", zoom(CLOSER), small),
    button(_("Show the whole recording"), _("Fit"), () => { view.fit(); redraw(); }, small),
  );
  canvas.style.height = `${HEIGHT}px`;
  root.append(stage, tools, cutList(session, player, open));

  new ResizeObserver(measure).observe(stage);
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", redraw);
  session.addEventListener("plan", measure);
  session.addEventListener("selection", redraw);
  player.addEventListener("time", () => {
    const now = player.nowMs;
    if (!player.paused && !pointing.holding && (now < view.startMs || now > view.endMs)) {
      view.moveTo(now - LEAD * view.width * view.perPixel);
      redraw();
    }
    movePlayhead();
  });
  session.planned().then(({ links }) => readPeaks(links.peaks, (read) => {
    peaks = read;
    if (!read) hint.textContent = _("There is no waveform for this recording.");
    redraw();
  }));
}

// The plan with an edge where it is dragged to.
function shown(plan, dragged) {
  if (!dragged) return plan;
  const list = `${dragged.kind}s`;
  return { ...plan, [list]: plan[list].map((one) => (one.id === dragged.stretch.id ? { ...one, ...dragged.moved } : one)) };
}

function selected({ selection, words }) {
  if (!selection || !words[selection.last]) return null;
  return { start_ms: words[selection.first].start_ms, end_ms: words[selection.last].end_ms };
}

function told(plan, { cut, clip }, ms) {
  if (cut) return `${cutInWords(plan, cut)}. ${_("Click to hear or keep it.")}`;
  if (clip) return _("Clip “{name}”, {length}", { name: clip.title, length: lengthOf(clip) });
  return `${stamp(inVideo(plan, ms))} · ${_("in the recording {time}", { time: stamp(ms) })}`;
}

function readPeaks(address, take) {
  const reader = new Worker(new URL("./peaks_reader.js", import.meta.url), { type: "module" });
  reader.onmessage = ({ data }) => {
    reader.terminate();
    take(data);
  };
  reader.postMessage(address);
}
