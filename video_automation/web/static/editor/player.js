// The player: the recording with today's cuts skipped ("Edit view"), or the video as it was last made ("Result").

import { beginsInVideo, cutAt, inRecording, inVideo } from "./clock.js";
import { make } from "./making.js";
import { captionsOver } from "./player_captions.js";
import { mountControls } from "./player_controls.js";
import { playerKeys } from "./player_keys.js";
import { proxyMade } from "./player_proxy.js";
import { one } from "../page.js";
import { _, translated } from "../language.js";

const EARLY_MS = 60; // a cut is left out so much before it begins: browsers choose a frame up to two refreshes of the screen early, and a timer may be late

const WHOLE = { cuts: [] };

// Events: "time" (each frame while it plays, and after each seek), "play", "pause", "mode", "captions". Times are milliseconds of
// the recording, whatever is played, unless they are named as the video's.
export class Player extends EventTarget {
  #session;
  #box;
  #videos; // by mode
  #mode = "recording";
  #captions = true;
  #rendered = WHOLE; // what the result leaves out of the recording, and its cards
  #result; // the hash of the result that is shown
  #until = Infinity;
  #across = false;
  #timer;
  #next;

  constructor(session, box) {
    super();
    this.#session = session;
    this.#box = box;
    this.#videos = { recording: this.#listened(one("video", box)) };
    session.addEventListener("plan", () => this.#guard());
    session.addEventListener("task", () => this.#takeResult());
  }

  get video() { return this.#videos[this.#mode]; }
  get mode() { return this.#mode; }
  get paused() { return this.video.paused; }
  get duration_ms() { return this.#session.plan?.duration_ms ?? 0; }
  get hasResult() { return Boolean(this.#videos.video); }

  get nowMs() {
    const ms = this.video.currentTime * 1000;
    return this.#mode === "recording" ? ms : inRecording(this.#rendered, ms);
  }

  // The same moment, and the length, on the clock of the video that is seen.
  get videoMs() {
    const ms = this.video.currentTime * 1000;
    return this.#mode === "recording" ? inVideo(this.#session.plan ?? WHOLE, ms) : ms;
  }

  // Where what is played begins and ends on that clock: the recording is played without cards.
  get videoStartMs() {
    return this.#mode === "recording" ? inVideo(this.#session.plan ?? WHOLE, 0) : 0;
  }

  get videoEndMs() {
    return this.#mode === "recording" ? this.videoStartMs + (this.#session.plan?.kept_ms ?? 0) : (this.video.duration || 0) * 1000;
  }

  set mode(mode) {
    if (mode === this.#mode || !this.#videos[mode]) return;
    const [now, playing] = [this.nowMs, !this.paused];
    this.pause();
    this.#mode = mode;
    for (const [name, video] of Object.entries(this.#videos)) video.hidden = name !== mode;
    this.seek(now);
    this.#tell("mode");
    if (playing) this.play();
  }

  get captions() { return this.#captions; }

  set captions(on) {
    this.#captions = on;
    this.#showTrack();
    this.#tell("captions");
  }

  seek(ms) {
    this.#until = Infinity;
    this.#across = false;
    this.#place(ms);
  }

  seekVideo(ms) {
    this.#until = Infinity;
    this.#across = false;
    const within = Math.min(Math.max(0, ms), this.videoEndMs);
    this.#put(this.#mode === "recording" ? inRecording(this.#session.plan ?? WHOLE, within) : within);
  }

  // Plays on, or from a moment, or until one; with `acrossCuts` what is cut is heard, too.
  play({ fromMs, untilMs = Infinity, acrossCuts = false } = {}) {
    if (acrossCuts) this.mode = "recording";
    if (fromMs !== undefined) this.#place(fromMs);
    else if (this.video.ended || (this.#mode === "recording" && this.nowMs >= this.duration_ms)) this.#place(0);
    this.#until = untilMs;
    this.#across = acrossCuts;
    this.video.play().catch(() => {}); // a video that cannot be played says so itself; one that is paused at once was meant to
    this.#guard();
  }

  pause() { this.video.pause(); }

  toggle() {
    if (this.paused) this.play();
    else this.pause();
  }

  // Plays the proxy of the recording from here on.
  open(address) {
    this.#videos.recording.src = address;
  }

  #place(ms) {
    const within = Math.min(Math.max(0, ms), this.duration_ms);
    this.#put(this.#mode === "recording" ? within : beginsInVideo(this.#rendered, within));
  }

  #put(ms) {
    this.video.currentTime = ms / 1000;
    this.#guard();
    this.#tell("time");
  }

  // Leaves out the cut that has come, and sets a timer for the next one, or for where playing ends.
  #guard() {
    clearTimeout(this.#timer);
    if (this.paused) return;
    const early = EARLY_MS * this.video.playbackRate;
    const cuts = this.#mode === "recording" && !this.#across ? this.#session.plan?.cuts ?? [] : [];
    const on = keptFrom(cuts, this.nowMs + early);
    if (on !== undefined) this.video.currentTime = on / 1000;
    const now = this.nowMs;
    if (now + early >= this.#until) {
      this.#until = Infinity;
      return this.pause();
    }
    const next = Math.min(this.#until, nextCut(cuts, now));
    if (next < Infinity) this.#timer = setTimeout(() => this.#guard(), Math.max(1, (next - now) / this.video.playbackRate - EARLY_MS));
  }

  #listened(video) {
    const heard = (name, act) => video.addEventListener(name, () => { if (video === this.video) act(); });
    heard("play", () => {
      this.#tell("play");
      this.#frame();
    });
    heard("pause", () => this.#tell("pause"));
    for (const name of ["seeked", "loadedmetadata", "durationchange"]) heard(name, () => this.#tell("time"));
    for (const name of ["seeked", "playing", "ratechange"]) heard(name, () => this.#guard());
    return video;
  }

  #frame() {
    if (this.paused) return;
    this.#guard();
    this.#tell("time");
    cancelAnimationFrame(this.#next);
    this.#next = requestAnimationFrame(() => this.#frame());
  }

  // Swaps to a new result once its picture is there: at the same moment of the recording, playing on if the old one played.
  async #takeResult() {
    const files = this.#session.result?.artifacts ?? [];
    const made = files.find(({ kind }) => kind === "video");
    if (!made || made.sha256 === this.#result) return;
    this.#result = made.sha256;
    const rendered = await clockOf(files.find(({ kind }) => kind === "plan"));
    const video = make("video", { playsinline: "", preload: "auto", "aria-label": _("The video"), src: `${made.href}?made=${made.sha256.slice(0, 12)}` });
    const track = files.find(({ type }) => type === "text/vtt");
    if (track) video.append(make("track", { kind: "captions", label: _("Captions"), src: `${track.href}?made=${track.sha256.slice(0, 12)}` }));
    const old = this.#videos.video;
    if (old) {
      video.currentTime = beginsInVideo(rendered, this.nowMs) / 1000;
      await new Promise((there) => { video.onloadeddata = there; video.onerror = there; });
      video.currentTime = beginsInVideo(rendered, this.nowMs) / 1000;
    }
    if (made.sha256 !== this.#result) return; // a newer one came meanwhile
    this.#show(video, rendered, old);
  }

  #show(video, rendered, old) {
    const seen = this.#mode === "video";
    const playing = seen && !old.paused;
    video.hidden = !seen;
    if (old) for (const name of ["muted", "volume", "playbackRate"]) video[name] = old[name];
    this.#videos.video = this.#listened(video);
    this.#rendered = rendered;
    if (old) old.replaceWith(video);
    else this.#videos.recording.after(video);
    old?.pause();
    this.#showTrack();
    this.#tell("mode");
    if (playing) this.play();
  }

  get burnedIn() { return this.#session.plan?.options.captions.burn_captions ?? false; }

  #showTrack() {
    const track = this.#videos.video?.textTracks[0];
    if (track) track.mode = this.#captions && !this.burnedIn ? "showing" : "hidden";
  }

  // For all videos: what is set for one holds for the other.
  set(name, value) {
    for (const video of Object.values(this.#videos)) video[name] = value;
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}

export function mountPlayer(session, root) {
  const said = make("p", { class: "said", role: "status" }, _("Preparing the player…"));
  const screen = one(".screen", root);
  const player = new Player(session, screen);
  screen.append(said, captionsOver(session, player));
  screen.addEventListener("click", () => player.toggle());
  mountControls(session, player, root);
  playerKeys(session, player);

  const say = (text) => { said.textContent = text; said.hidden = !text; };
  const video = player.video;
  video.addEventListener("loadedmetadata", () => say(video.videoWidth ? "" : _("This recording has no picture. You hear its sound.")));
  video.addEventListener("loadeddata", () => video.removeAttribute("poster")); // from here on it shows the frame it is at
  video.addEventListener("error", () => say(_("The recording cannot be played here. Reload the page to try again.")));
  player.addEventListener("mode", () => screen.classList.toggle("result", player.mode === "video"));
  session.planned().then(async ({ links }) => {
    await proxyMade(links.proxy, () => say(_("Preparing the player… You can edit meanwhile.")));
    player.open(links.proxy);
  }).catch((error) => say(`${_("The recording cannot be played.")} ${translated(error.message)}`));
  return player;
}

// Where what is kept goes on, if a moment is in a cut; else undefined. A millisecond more than the cut's end, which is rounded: the
// frame before it is no longer shown.
function keptFrom(cuts, ms) {
  let cut = cutAt(cuts, ms);
  let on;
  while (cut) {
    on = cut.end_ms + 1;
    cut = cutAt(cuts, on);
  }
  return on;
}

function nextCut(cuts, ms) {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle].start_ms > ms) high = middle;
    else low = middle + 1;
  }
  return cuts[low]?.start_ms ?? Infinity;
}

function clockOf(plan) {
  if (!plan) return Promise.resolve(WHOLE);
  return new Promise((done) => {
    const reader = new Worker(new URL("./rendered_reader.js", import.meta.url), { type: "module" });
    reader.onmessage = ({ data }) => {
      reader.terminate();
      done(data ?? WHOLE);
    };
    reader.postMessage(plan.href);
  });
}
