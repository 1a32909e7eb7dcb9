// Captions as a list, to jump to and to correct. The browser reads the video's text track; corrections go to the API as WebVTT.

import { followAgain } from "./again.js";
import { asked } from "./editor/asking.js";
import { _, several } from "./language.js";
import { clock, one, parsed, show } from "./page.js";
import { refusal } from "./result.js";

export function editCaptions(section, video) {
  const element = one("track", video);
  const shows = element.track.mode;
  if (shows === "disabled") element.track.mode = "hidden"; // the browser reads a hidden track too, but not a disabled one
  const read = () => {
    const cues = [...element.track.cues].map((cue) => ({ start: cue.startTime, end: cue.endTime, text: cue.getCueAsHTML().textContent }));
    element.track.mode = shows;
    edit(section, video, cues);
  };
  if (element.readyState === HTMLTrackElement.LOADED) return read();
  element.addEventListener("load", read, { once: true });
  element.addEventListener("error", () => show(one("[data-trouble]", section), _("The captions could not be loaded. Reload the page to try again.")));
}

function edit(section, video, cues) {
  const list = one("[data-cues]", section);
  const form = one("form", section);
  const save = one("[data-save]", section);
  const items = cues.map((cue) => item(one("template", section), cue, video));
  const texts = () => items.map((each) => one("textarea", each).value);
  const changes = () => texts().filter((text, at) => text !== cues[at].text).length;
  const draft = `captions of ${section.dataset.edits}`;
  const leave = (event) => event.preventDefault();

  const count = () => {
    const changed = changes();
    one("[data-changed]", section).textContent = changed ? several(changed, "{n} caption changed", "{n} captions changed") : "";
    one("[data-undo]", section).hidden = !changed;
    save.disabled = !changed;
    (changed ? addEventListener : removeEventListener)("beforeunload", leave);
  };
  const fill = (values) => {
    items.forEach((each, at) => { one("textarea", each).value = values[at]; });
    count();
  };

  async function send(vtt) {
    const trouble = one("[data-trouble]", section);
    show(trouble, "");
    save.disabled = true;
    const body = { revision: Number(section.dataset.revision), edits: [{ op: "captions", vtt }] };
    const { status, told } = await asked("POST", section.dataset.edits, body);
    if (status === 202) {
      removeEventListener("beforeunload", leave);
      return followAgain(form);
    }
    show(trouble, status ? refusal(told, status) : _("The service does not answer. What you have changed is still here; try again in a moment."));
    count();
  }

  list.replaceChildren(...items);
  list.addEventListener("input", count);
  const undo = () => fill(cues.map((cue) => cue.text));
  one("[data-undo]", section).addEventListener("click", undo);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(webvtt(cues, texts()));
  });
  askForOurs(section, () => {
    undo();
    send(null);
  });
  addEventListener("pagehide", () => {
    const wanted = texts();
    if (changes()) sessionStorage.setItem(draft, JSON.stringify(cues.map(({ start, text }, at) => [key(start, text), wanted[at]])));
    else sessionStorage.removeItem(draft);
  });
  readAlong(list, items, cues, video);

  const kept = new Map(parsed(sessionStorage.getItem(draft)) ?? []); // of captions that were not saved, or not made into a video
  fill(cues.map(({ start, text }) => kept.get(key(start, text)) ?? text));
  one("[data-editor]", section).hidden = false;
}

const key = (start, text) => `${start} ${text}`;

function item(template, cue, video) {
  const made = template.content.cloneNode(true).firstElementChild;
  const jump = one("button", made);
  const field = one("textarea", made);
  jump.textContent = clock(cue.start);
  jump.setAttribute("aria-label", _("Play from {time}", { time: clock(cue.start) }));
  const playIt = () => {
    video.currentTime = cue.start;
    video.play().catch(() => {}); // the player itself shows that a video cannot be played
  };
  jump.addEventListener("click", playIt);
  field.addEventListener("keydown", (event) => { // the button beside it is no stop for Tab: of thousands, each would be one more
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    playIt();
  });
  field.value = cue.text;
  field.rows = cue.text.split("\n").length;
  field.setAttribute("aria-label", _("Caption at {time}", { time: clock(cue.start) }));
  return made;
}

function readAlong(list, items, cues, video) {
  let current;
  video.addEventListener("timeupdate", () => {
    const at = cues.findLastIndex((cue) => cue.start <= video.currentTime + 0.01);
    const now = at >= 0 && video.currentTime < cues[at].end ? items[at] : undefined;
    if (now === current) return;
    current?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    current = now;
    const typing = list.contains(document.activeElement) && document.activeElement.matches("textarea");
    if (now && !typing) list.scrollTop = now.offsetTop - (list.clientHeight - now.offsetHeight) / 2;
  });
}

function askForOurs(section, send) {
  const button = one("[data-ours]", section);
  const dialog = document.getElementById("ours");
  button?.addEventListener("click", () => { dialog.returnValue = "no"; dialog.showModal(); });
  dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") send(); });
}

function webvtt(cues, texts) {
  const blocks = cues.map((cue, at) => {
    const lines = texts[at].split("\n").map((line) => line.trim()).filter(Boolean);
    return lines.length ? `${stamp(cue.start)} --> ${stamp(cue.end)}\n${lines.map(escaped).join("\n")}\n` : "";
  });
  return ["WEBVTT\n", ...blocks.filter(Boolean)].join("\n");
}

function stamp(seconds) {
  const ms = Math.round(seconds * 1000);
  const parts = [Math.floor(ms / 3600000), Math.floor(ms / 60000) % 60, Math.floor(ms / 1000) % 60];
  return `${parts.map((part) => String(part).padStart(2, "0")).join(":")}.${String(ms % 1000).padStart(3, "0")}`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
