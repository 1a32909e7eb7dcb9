// Draws the timeline: clips on top, the waveform with what is cut hatched, and times below, on the video's clock.

import { inRecording, inVideo, stamp } from "./clock.js";
import { CLIPS, HEIGHT, WAVE } from "./timeline_view.js";

const STEPS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
const LABEL = 74; // pixels between two times, at least
const COLORS = ["wave", "cut", "clip", "clip-line", "ink", "soft", "under", "chosen", "chosen-under"];
const HATCH = 7;

export function draw(canvas, { view, plan, peaks, selected }) {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [Math.round(view.width * ratio), Math.round(HEIGHT * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, HEIGHT);
  const colors = colorsOf(canvas);
  context.fillStyle = colors.under;
  context.fillRect(0, WAVE.top, view.width, WAVE.bottom - WAVE.top);
  if (selected) selection(context, view, selected, colors);
  if (peaks) wave(context, view, peaks, selected, colors);
  const hatch = hatching(context, colors);
  for (const cut of seen(view, plan.cuts)) cutOut(context, view, cut, colors, hatch);
  for (const clip of seen(view, plan.clips)) bar(context, view, clip, colors);
  times(context, view, plan, colors);
}

function colorsOf(canvas) {
  const style = getComputedStyle(canvas);
  return Object.fromEntries(COLORS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function seen(view, stretches) {
  return stretches.filter(({ start_ms, end_ms }) => end_ms >= view.startMs && start_ms <= view.endMs);
}

// One column a pixel: the loudest of all the samples it stands for, from the level that has a few of them.
function wave(context, view, { rate, levels }, selected, colors) {
  const middle = (WAVE.top + WAVE.bottom) / 2;
  const most = (WAVE.bottom - WAVE.top) / 2 - 2;
  const perColumn = (view.perPixel * rate) / 1000;
  const depth = Math.max(0, Math.min(levels.length - 1, Math.floor(Math.log(perColumn) / Math.log(4)) - 1));
  const level = levels[depth];
  const scale = rate / 1000 / 4 ** depth;
  const [left, right] = selected ? [view.x(selected.start_ms), view.x(selected.end_ms)] : [0, 0];
  for (let x = 0; x < view.width; x++) {
    const first = Math.floor((view.startMs + x * view.perPixel) * scale);
    const last = Math.max(first, Math.ceil((view.startMs + (x + 1) * view.perPixel) * scale) - 1);
    let highest = 0;
    for (let i = first; i <= last && i < level.length; i++) if (level[i] > highest) highest = level[i];
    const tall = Math.max(0.5, (highest / 255) * most);
    context.fillStyle = x >= left && x < right ? colors.chosen : colors.wave;
    context.fillRect(x, middle - tall, 1, 2 * tall);
  }
}

function hatching(context, colors) {
  const tile = new OffscreenCanvas(HATCH, HATCH);
  const drawn = tile.getContext("2d");
  drawn.strokeStyle = colors.cut;
  drawn.lineWidth = 1.2;
  for (const at of [-HATCH, 0, HATCH]) {
    drawn.moveTo(at, HATCH);
    drawn.lineTo(at + HATCH, 0);
  }
  drawn.stroke();
  return context.createPattern(tile, "repeat");
}

function cutOut(context, view, cut, colors, hatch) {
  const left = view.x(cut.start_ms);
  const wide = Math.max(1, view.x(cut.end_ms) - left);
  const tall = WAVE.bottom - WAVE.top;
  context.globalAlpha = 0.72;
  context.fillStyle = colors.under;
  context.fillRect(left, WAVE.top, wide, tall);
  context.globalAlpha = 1;
  context.fillStyle = hatch;
  context.fillRect(left, WAVE.top, wide, tall);
  context.fillStyle = colors.cut;
  context.fillRect(left, WAVE.top, 1, tall);
  context.fillRect(left + wide - 1, WAVE.top, 1, tall);
}

function bar(context, view, clip, colors) {
  const left = view.x(clip.start_ms) + 0.5;
  const wide = Math.max(2, view.x(clip.end_ms) - left - 0.5);
  context.beginPath();
  context.roundRect(left, CLIPS.top + 0.5, wide, CLIPS.bottom - CLIPS.top - 1, 4);
  context.fillStyle = colors.clip;
  context.fill();
  context.strokeStyle = colors["clip-line"];
  context.stroke();
  context.save();
  context.clip();
  context.fillStyle = colors.ink;
  context.font = `12px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = "middle";
  context.fillText(clip.title, Math.max(left, 0) + 7, (CLIPS.top + CLIPS.bottom) / 2 + 0.5);
  context.restore();
}

function selection(context, view, { start_ms, end_ms }, colors) {
  const left = view.x(start_ms);
  context.fillStyle = colors["chosen-under"];
  context.fillRect(left, WAVE.top, Math.max(1, view.x(end_ms) - left), WAVE.bottom - WAVE.top);
}

function times(context, view, plan, colors) {
  const least = (LABEL * view.perPixel) / 1000;
  const step = 1000 * (STEPS_S.find((one) => one >= least) ?? STEPS_S.at(-1) * Math.ceil(least / STEPS_S.at(-1)));
  const last = inVideo(plan, view.endMs);
  context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`;
  context.textBaseline = "bottom";
  context.fillStyle = colors.soft;
  let free = -Infinity;
  for (let at = Math.ceil(inVideo(plan, view.startMs) / step) * step; at <= last; at += step) {
    const x = view.x(inRecording(plan, at));
    const text = stamp(at, { tenths: step < 1000 });
    const wide = context.measureText(text).width;
    if (x < free || x + wide > view.width) continue;
    context.fillRect(x, WAVE.bottom + 1, 1, 4);
    context.fillText(text, x + 3, HEIGHT - 1);
    free = x + wide + 12;
  }
}
