// The buttons and sliders under the picture.

import { stamp } from "./clock.js";
import { button, icon, make } from "./making.js";
import { _ } from "../language.js";

const PLAY = "M7 4.5v15l12.5-7.5z";
const PAUSE = "M6 4.5h4.5v15H6zM13.5 4.5H18v15h-4.5z";
const BACK = "M11 6v12l-8-6zM20 6v12l-8-6z";
const ON = "M4 6v12l8-6zM13 6v12l8-6z";
const SOUND = "M4 9.5v5h3.5L12 19V5L7.5 9.5zM14.5 8.3a5 5 0 0 1 0 7.4v-2.1a3 3 0 0 0 0-3.2zM14.5 4.2a8.5 8.5 0 0 1 0 15.6v-2a6.6 6.6 0 0 0 0-11.6z";
const SILENT = "M4 9.5v5h3.5L12 19V5L7.5 9.5zM14.6 9.4l1.2-1.2 2.4 2.4 2.4-2.4 1.2 1.2-2.4 2.4 2.4 2.4-1.2 1.2-2.4-2.4-2.4 2.4-1.2-1.2 2.4-2.4z";
const CAPTIONS = "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM6 12v2h6v-2zM14 12v2h4v-2zM6 8.5v2h4v-2zM12 8.5v2h6v-2z";
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
const STEP_MS = 5000;
const VOLUME_KEYS = ["ArrowLeft", "ArrowRight", "Home", "End"];

export function mountControls(session, player, root) {
  const position = make("input", { type: "range", class: "position", min: 0, max: 0, step: "any", value: 0, "aria-label": _("Position") });
  const play = button(_("Play"), icon(PLAY), () => player.toggle(), { class: "control" });
  const back = button(_("5 seconds back"), icon(BACK), () => player.seekVideo(player.videoMs - STEP_MS), { class: "control" });
  const on = button(_("5 seconds forward"), icon(ON), () => player.seekVideo(player.videoMs + STEP_MS), { class: "control" });
  const clock = make("span", { class: "shown" });
  const other = make("span", { class: "other" });
  const clocks = make("span", { class: "clocks", tabindex: 0, role: "timer", "aria-label": _("Time") }, clock, other);
  const mute = button(_("Mute"), icon(SOUND), () => player.set("muted", !player.video.muted), { class: "control", "aria-pressed": "false" });
  const volume = make("input", { type: "range", class: "volume", min: 0, max: 1, step: 0.05, value: 1, "aria-label": _("Volume") });
  const speed = make("select", { "aria-label": _("Speed") }, ...SPEEDS.map((one) => make("option", { value: one }, `${one}×`)));
  const captions = button(_("Captions"), icon(CAPTIONS), () => { player.captions = !player.captions; }, { class: "control" });
  const [edited, result] = [["recording", _("Edit view")], ["video", _("Result")]].map(([mode, name]) => {
    const chosen = make("input", { type: "radio", name: "played", value: mode });
    chosen.addEventListener("change", () => { player.mode = mode; });
    return { chosen, label: make("label", {}, chosen, make("span", {}, name)) };
  });
  const making = make("progress", { max: 100, value: 0, hidden: "", "aria-label": _("Progress of {name}", { name: _("Result") }) });
  const older = make("span", { class: "note", role: "status" });
  const views = make("div", { class: "views" }, make("fieldset", {}, make("legend", { class: "away" }, _("What is played")), edited.label, result.label), older);

  root.append(
    position,
    make("div", { class: "controls", role: "group", "aria-label": _("Player controls") }, play, back, on, clocks, make("span", { class: "gap" }), mute, volume, speed, captions),
    views, making,
  );

  position.addEventListener("input", () => player.seekVideo(Number(position.value)));
  volume.addEventListener("input", () => {
    player.set("volume", Number(volume.value));
    player.set("muted", volume.value === "0");
  });
  volume.addEventListener("keydown", (event) => { if (VOLUME_KEYS.includes(event.key)) event.stopPropagation(); });
  speed.value = "1";
  player.video.addEventListener("ratechange", () => { speed.value = player.video.playbackRate; });
  speed.addEventListener("change", () => player.set("playbackRate", Number(speed.value)));

  const showTime = () => {
    const [now, first, last] = [player.videoMs, player.videoStartMs, player.videoEndMs];
    const [told, whole, recorded] = [stamp(now), stamp(last), stamp(player.nowMs)];
    if (Number(position.min) !== first) position.min = first;
    if (Number(position.max) !== last) position.max = last;
    position.value = now;
    write(clock, `${told} / ${whole}`);
    write(other, _("In the recording {time}", { time: recorded }));
    set(position, "aria-valuetext", _("{there} of {size}", { there: told, size: whole }));
    position.style.setProperty("--done", `${last > first ? ((now - first) / (last - first)) * 100 : 0}%`);
  };
  const showPlaying = () => {
    name(play, player.paused ? _("Play") : _("Pause"));
    play.replaceChildren(icon(player.paused ? PLAY : PAUSE));
  };
  const showSound = () => {
    const silent = player.video.muted || player.video.volume === 0;
    mute.setAttribute("aria-pressed", silent);
    mute.replaceChildren(icon(silent ? SILENT : SOUND));
    volume.value = player.video.muted ? 0 : player.video.volume;
    set(volume, "aria-valuetext", silent ? _("Muted") : _("{n} percent", { n: Math.round(player.video.volume * 100) }));
    volume.style.setProperty("--done", `${volume.value * 100}%`);
  };
  const showCaptions = () => {
    const inPicture = player.mode === "video" && player.burnedIn;
    captions.disabled = inPicture;
    captions.setAttribute("aria-pressed", inPicture || player.captions);
    captions.title = inPicture ? _("The captions are part of the picture") : _("Captions");
  };
  const showMode = () => {
    views.hidden = !player.hasResult;
    (player.mode === "video" ? result : edited).chosen.checked = true;
    const { plan } = session;
    write(older, player.mode === "video" && plan && plan.rendered_revision !== plan.revision ? _("Older than your changes") : "");
    for (const show of [showTime, showPlaying, showSound, showCaptions]) show();
  };
  const showMaking = () => {
    making.hidden = !session.touched?.video;
    making.value = session.task?.progress ?? 0;
  };
  player.addEventListener("time", showTime);
  for (const event of ["play", "pause"]) player.addEventListener(event, showPlaying);
  player.addEventListener("captions", showCaptions);
  player.addEventListener("mode", showMode);
  player.addEventListener("mode", () => player.video.addEventListener("volumechange", showSound));
  player.video.addEventListener("volumechange", showSound);
  session.addEventListener("plan", showMode);
  session.addEventListener("busy", showMode);
  for (const event of ["plan", "task"]) session.addEventListener(event, showMaking);
  showMode();
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function set(element, attribute, value) {
  if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}

function name(control, text) {
  control.setAttribute("aria-label", text);
  control.title = text;
}
