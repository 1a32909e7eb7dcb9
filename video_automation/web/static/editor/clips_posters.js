// The pictures of clips: the cover of the rendered clip, or else a frame drawn from the small copy of the recording.

import { make } from "./making.js";

export class Posters {
  #session;
  #video;
  #waiting = []; // [canvas, moment]
  #drawn = new WeakMap(); // the moment each canvas shows
  #seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) this.#want(target);
  });

  constructor(session) {
    this.#session = session;
  }

  // The picture of a clip; `before` is the one shown until now, which stays where it still fits.
  of(clip, before) {
    const cover = this.#session.result?.clips.find(({ id }) => id === clip.id)?.cover;
    if (cover) {
      if (before?.getAttribute("src") === cover) return before;
      return make("img", { src: cover, alt: "", loading: "lazy" });
    }
    const canvas = before instanceof HTMLCanvasElement ? before : make("canvas", { "aria-hidden": "true" });
    canvas.dataset.ms = clip.start_ms + 200; // a moment after the cut, where the first word begins
    if (canvas !== before) this.#seen.observe(canvas);
    else if (this.#drawn.has(canvas)) this.#want(canvas);
    return canvas;
  }

  #want(canvas) {
    const ms = Number(canvas.dataset.ms);
    if (this.#drawn.get(canvas) === ms) return;
    this.#drawn.set(canvas, ms);
    this.#waiting.push([canvas, ms]);
    if (this.#waiting.length === 1) this.#next();
  }

  #next() {
    if (!this.#waiting.length) return;
    if (!this.#video) {
      this.#video = make("video", { src: this.#session.plan.links.proxy, preload: "auto" });
      this.#video.muted = true;
      this.#video.addEventListener("seeked", () => this.#draw());
      this.#video.addEventListener("error", () => this.#giveUp());
    }
    this.#video.currentTime = this.#waiting[0][1] / 1000;
  }

  #draw() {
    const [canvas] = this.#waiting.shift() ?? [];
    if (canvas) {
      [canvas.width, canvas.height] = [this.#video.videoWidth, this.#video.videoHeight];
      canvas.getContext("2d").drawImage(this.#video, 0, 0);
    }
    this.#next();
  }

  // The small copy is not made yet: the pictures are drawn when they are next asked for.
  #giveUp() {
    for (const [canvas] of this.#waiting) this.#drawn.delete(canvas);
    this.#waiting = [];
    this.#video = undefined;
  }
}
