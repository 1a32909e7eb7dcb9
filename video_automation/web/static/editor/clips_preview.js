// A clip before it is made: the recording in the clip's shape, and over it the captions as the renderer draws them, by libass.

import { inQuery } from "./clips_look.js";
import { inVideo } from "./clock.js";
import { make } from "./making.js";
import { _ } from "../language.js";

const SHOWN = ["style", "layout", "caption_position"];

// {element, show(clip)}: plays the clip's stretch of the recording without its cuts, again and again, once "Preview" is pressed.
export function clipPreview(session, player) {
  const video = make("video", { muted: "", playsinline: "", preload: "metadata", tabindex: "-1", "aria-hidden": "true" });
  video.muted = true;
  const canvas = make("canvas", { "aria-hidden": "true" });
  const button = make("button", { type: "button", class: "button quiet small" }, _("Preview"));
  const covered = make("div", { class: "covered", "aria-hidden": "true", hidden: "" }, make("i"), make("i"), make("i"));
  const covers = make("button", { type: "button", class: "button quiet small", "aria-pressed": "false", title: _("The names and buttons of TikTok, Reels and Shorts") }, _("Show what apps cover"));
  const frame = make("div", { class: "preview-frame" }, video, canvas, covered);
  const element = make("div", { class: "clip-preview" }, frame, make("div", { class: "preview-buttons" }, button, covers));
  const captions = captionsIn(canvas, frame);
  let clip;

  const place = () => {
    const { cuts } = session.plan;
    const ms = video.currentTime * 1000;
    captions.draw((inVideo({ cuts }, ms) - inVideo({ cuts }, clip.start_ms)) / 1000);
  };
  const step = () => {
    if (!element.isConnected || !clip) return video.pause();
    const ms = video.currentTime * 1000;
    const cut = session.plan.cuts.find(({ start_ms, end_ms }) => start_ms <= ms && ms < end_ms);
    if (ms >= clip.end_ms) video.currentTime = clip.start_ms / 1000;
    else if (cut && !video.seeking) video.currentTime = cut.end_ms / 1000;
    place();
    if (!video.paused) requestAnimationFrame(step);
  };
  video.addEventListener("play", () => { button.textContent = _("Stop"); step(); });
  video.addEventListener("pause", () => { button.textContent = _("Preview"); });
  for (const name of ["seeked", "loadeddata"]) video.addEventListener(name, () => { if (clip) place(); });
  button.addEventListener("click", () => {
    if (!video.paused) return video.pause();
    player.pause();
    video.play().catch(() => session.notice(_("The recording cannot be played yet. Try again in a moment.")));
  });

  covers.addEventListener("click", () => {
    covered.hidden = !covered.hidden;
    covers.setAttribute("aria-pressed", !covered.hidden);
  });

  return {
    element,
    show(now) {
      covers.hidden = session.plan.options.clips.aspect !== "9:16"; // other shapes are shown whole
      if (covers.hidden) covered.hidden = true;
      const moved = !clip || clip.id !== now.id || clip.start_ms !== now.start_ms;
      clip = now;
      if (!video.src) video.src = session.plan.links.proxy;
      if (moved) video.currentTime = (clip.start_ms + 1500) / 1000; // where the first words are
      frame.classList.toggle("whole", (clip.layout ?? session.plan.options.clips.layout) === "fit");
      captions.load(addressOf(clip));
    },
  };
}

// Where the captions of a clip are, as they are chosen here: the server need not have the change yet.
function addressOf(clip) {
  const chosen = SHOWN.filter((name) => clip[name] !== null && clip[name] !== undefined).map((name) => [name, clip[name]]);
  if (clip.look) chosen.push(...inQuery(clip.look));
  return `${taskAddress()}/clips/${encodeURIComponent(clip.id)}/captions.ass?${new URLSearchParams(chosen)}`;
}

const taskAddress = () => document.getElementById("editor").dataset.address;

// Captions in a canvas: `load` takes the address of a script, `draw` shows those of a moment in seconds of the clip. One of these
// happens at a time: libass must not draw while it takes another script.
export function captionsIn(canvas, frame) {
  let address = "";
  let drawn;
  let size;
  let wanted = 0;
  let waits = false;
  let turn = Promise.resolve();
  const inTurn = (act) => {
    turn = turn.then(act).catch(() => {}); // without captions the picture is still there
  };
  const draw = (seconds) => {
    wanted = Math.max(0, seconds);
    if (!drawn || waits) return;
    waits = true;
    inTurn(() => {
      waits = false;
      return drawn.manualRender({ mediaTime: wanted, ...size }, true);
    });
  };
  const read = async (from) => {
    if (from !== address) return;
    const answer = await fetch(from);
    if (!answer.ok) return;
    const script = await answer.text();
    const [width, height] = ["PlayResX", "PlayResY"].map((name) => Number(new RegExp(`^${name}: (\\d+)`, "m").exec(script)?.[1]));
    frame.style.aspectRatio = `${width} / ${height}`;
    size = { width, height };
    const { drawCaptions, redrawCaptions } = await import("../drawn_captions.js"); // libass is large: only who looks at a clip loads it
    if (drawn) await redrawCaptions(drawn, script);
    else drawn = await drawCaptions({ canvas }, script, taskAddress());
    draw(wanted);
  };
  return {
    draw,
    load(from) {
      if (from === address) return;
      address = from;
      inTurn(() => read(from));
    },
  };
}
