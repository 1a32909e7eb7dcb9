// Follows a task until it has ended.

import { _, languageName, translated } from "./language.js";
import { clock, duration, one, show } from "./page.js";
import { calmTimeLeft } from "./time_left.js";

const POLL_MS = 2000;
const HIDDEN_POLL_MS = 15000;
const SLOWEST_POLL_MS = 30000;

const left = calmTimeLeft();
const DECIDED = ["look", "render", "assemble"];
const ENDED = { SUCCESS: _("Your video is ready"), REVIEW: _("Ready for your review"), FAILURE: _("Failed"), REVOKED: _("Cancelled") };

export function follow(section) {
  let failures = 0;
  let timer;

  async function look() {
    clearTimeout(timer);
    try {
      const answer = await fetch(section.dataset.address, { headers: { Accept: "application/json" }, cache: "no-cache" });
      if (answer.status === 404) return location.reload();
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const task = await answer.json();
      failures = 0;
      if (task.state in ENDED) return end(section, task);
      paint(section, task);
      showClips(section, task.clips ?? [], task.language);
      one("[data-edit]", section).hidden = !DECIDED.includes(task.stage);
      await showText(one("[data-said]", section), task);
    } catch {
      failures += 1;
    }
    const wait = Math.min((document.hidden ? HIDDEN_POLL_MS : POLL_MS) * 2 ** failures, SLOWEST_POLL_MS);
    show(one("[data-trouble]", section), failures > 1 ? _("The service does not answer. Accepted tasks are safe; next try in {time}.", { time: duration(wait / 1000) }) : "");
    clearTimeout(timer); // of another request under way
    timer = setTimeout(look, wait);
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  offerToNotify(one("[data-notify]", section));
  look();
}

// The text so far while it is transcribed; then the editor shows it.
async function showText(place, task) {
  if (task.stage === "transcribe") {
    const answer = await fetch(place.dataset.said, { cache: "no-cache" });
    if (!answer.ok) return;
    const text = one(".text-so-far", place);
    const atEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 30;
    text.textContent = await answer.text();
    if (atEnd) text.scrollTop = text.scrollHeight;
  }
  place.hidden = task.stage !== "transcribe" || !one(".text-so-far", place).textContent;
}

function offerToNotify(button) {
  if (!button || !("Notification" in window) || Notification.permission !== "default") return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await Notification.requestPermission();
    button.hidden = true;
  });
}

// Tells that it has ended, and leads on; where nobody looks, as soon as somebody does: the notification leads back to this page.
function end(section, { state }) {
  const name = one("h1", section).textContent;
  document.title = `${ENDED[state]} · ${name}`;
  if (document.hidden) notify(ENDED[state], name, section.dataset.address);
  else if (state === "SUCCESS") location.replace(section.dataset.result);
  else location.reload();
}

function notify(told, name, tag) {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  try {
    new Notification(told, { body: name, tag }).addEventListener("click", () => window.focus());
  } catch { /* browsers of phones show none of a page's own */ }
}

function paint(section, task) {
  const bar = one("progress", section);
  bar.value = task.progress;
  bar.setAttribute("aria-valuenow", task.progress);
  one("[data-progress]", section).textContent = task.progress;
  const status = one("[data-status]", section);
  const told = translated(task.status);
  if (status.textContent !== told) status.textContent = told;
  one("[data-eta]", section).textContent = task.eta_seconds === null ? "" : _("About {time} left", { time: left(task.eta_seconds) });
  one("[data-language]", section).textContent = language(task);
  one("[data-state]").textContent = task.state;
  document.title = `${task.progress} % · ${one("h1", section).textContent}`;
  for (const step of section.querySelectorAll("[data-stage]")) {
    if (step.dataset.stage === task.stage) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
}

function language({ language: code, language_name: name, language_certainty: sure }) {
  if (!name || code === "und") return "";
  const told = languageName(code, name);
  return sure === 100 ? _("Language: {name}", { name: told }) : _("Language: {name} ({n} % sure)", { name: told, n: sure });
}

function showClips(section, clips, spoken) {
  const place = one("[data-clips]", section);
  const list = one(".gallery", place);
  if (list.children.length >= clips.length) return; // clips on the page may be playing: they stay
  for (const clip of clips) {
    if ([...list.querySelectorAll("video")].some((video) => video.getAttribute("src") === clip.film)) continue;
    const card = one("template", place).content.cloneNode(true);
    const name = clip.title || _("Clip {n}", { n: Number(clip.name.split("_").at(-1)) });
    const { film: src, cover: poster, width, height } = clip;
    Object.assign(one("video", card), { src, poster, width, height, ariaLabel: name });
    Object.assign(one("h3", card), { textContent: name, lang: spoken ?? "" });
    one(".note", card).textContent = `${clock(clip.duration_ms / 1000)} · ${_("score {n}", { n: clip.score })} · ${_("at {time} of the recording", { time: clock(clip.start_ms / 1000) })}`;
    one("a", card).href = `${clip.film}${clip.film.includes("?") ? "&" : "?"}download=1`;
    list.append(card);
  }
  place.hidden = false;
}
