// Which part of the recording the timeline shows, and what is where in it. Times are milliseconds, places are CSS pixels.

const CLOSEST = 2; // milliseconds a pixel stands for, at most zoom
const REACH = 12; // how near to an edge a pointer takes hold of it: handles of 24 pixels
const NARROWEST = 30; // an edge of something narrower is not taken hold of: zoom in first

export const CLIPS = { top: 2, bottom: 26 }; // lanes, from top to bottom
export const WAVE = { top: 30, bottom: 94 };
export const HEIGHT = 112;

export class View {
  startMs = 0;
  width = 1;
  #perPixel = 0; // 0: the whole recording
  #durationMs = 1;

  get perPixel() { return this.#perPixel || this.#durationMs / this.width; }
  get endMs() { return this.startMs + this.width * this.perPixel; }
  get whole() { return this.#perPixel === 0; }
  x(ms) { return (ms - this.startMs) / this.perPixel; }
  ms(x) { return Math.min(Math.max(0, this.startMs + x * this.perPixel), this.#durationMs); }

  // Takes the size of the canvas and the length of the recording.
  measure(width, durationMs) {
    this.width = Math.max(1, width);
    this.#durationMs = Math.max(1, durationMs);
    this.moveTo(this.startMs);
  }

  fit() {
    this.#perPixel = 0;
    this.startMs = 0;
  }

  // Zooms so that what is at `x` stays there.
  zoom(factor, x) {
    const fixed = this.startMs + x * this.perPixel;
    const whole = this.#durationMs / this.width;
    const per = Math.max(Math.min(CLOSEST, whole), this.perPixel * factor);
    if (per >= whole) return this.fit();
    this.#perPixel = per;
    this.moveTo(fixed - x * per);
  }

  moveTo(startMs) {
    this.startMs = Math.max(0, Math.min(startMs, this.#durationMs - this.width * this.perPixel));
  }
}

// What is under a pointer: {cut, clip, edge}: a cut or a clip and, where it can be taken hold of there, its edge "start" or "end".
export function under(view, plan, x, y) {
  const ms = view.ms(x);
  const holding = (stretch) => stretch.start_ms <= ms && ms < stretch.end_ms;
  const inClips = y <= CLIPS.bottom;
  const held = atEdge(view, inClips ? plan.clips : plan.cuts, x);
  const kind = inClips ? "clip" : "cut";
  if (held) return { [kind]: held.stretch, edge: held.edge };
  return { [kind]: (inClips ? plan.clips : plan.cuts).find(holding) };
}

function atEdge(view, stretches, x) {
  let best = null;
  for (const stretch of stretches) {
    const [left, right] = [view.x(stretch.start_ms), view.x(stretch.end_ms)];
    if (right - left < NARROWEST || right < x - REACH || left > x + REACH) continue;
    for (const [edge, at] of [["start", left], ["end", right]]) {
      const far = Math.abs(at - x);
      if (far <= REACH && (!best || far < best.far)) best = { stretch, edge, far };
    }
  }
  return best;
}
