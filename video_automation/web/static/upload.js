// The form of the home page: videos are chosen, queued, and sent one after the other.

import { prepareBrand } from "./brand.js";
import { prepareClipPicture } from "./clip_picture.js";
import { prepareColours } from "./colours.js";
import { _ } from "./language.js";
import { chosenOptions, rememberOptions, showWrong } from "./options.js";
import { clock, duration, one, show, size } from "./page.js";
import { preparePresets } from "./presets.js";
import { Refused, arrived, end, forget, remembered, upload } from "./resumable.js";

const PAUSED = Symbol("paused");
const REMOVED = Symbol("removed");

export function prepareUpload(form) {
  const input = one("#file", form);
  const zone = one("[data-drop]", form);
  const queue = uploadQueue(form);
  input.required = false; // the page shows its own message
  input.multiple = true; // without a script the form sends one
  form.noValidate = true; // a browser says nothing of a wrong value in options that are closed
  rememberOptions(form);
  prepareBrand(form);
  prepareColours(one(".options", form));
  preparePresets(form);
  prepareClipPicture(form);

  const take = (files) => { for (const file of files) queue.add(file); };
  const chosen = () => { take([...input.files]); input.value = ""; };
  input.addEventListener("change", chosen);
  if (input.files.length) chosen(); // chosen before this script was loaded

  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer.files);
  });

  form.addEventListener("submit", (event) => {
    const wrong = showWrong(form);
    if (!wrong && event.submitter?.hasAttribute("formaction")) return; // the sample: there is nothing to send
    event.preventDefault();
    if (!wrong) queue.begin();
  });
}

// The queue of videos: `add` a file, `begin` to send. Once it has begun, what is added is sent too, until all is sent.
function uploadQueue(form) {
  const trouble = one("[data-trouble]", form);
  const most = Number(form.dataset.mostBytes);
  const leave = (event) => event.preventDefault();
  let rows = [];
  let begun = false;
  let sending = false;
  let sent = 0;

  function add(file) {
    show(trouble, "");
    show(one("[data-told]", form), "");
    if (rows.some((row) => alike(row.file, file))) return;
    const row = { file, state: "waiting", ...shownRow(form, file) };
    rows.push(row);
    row.on("remove", () => remove(row));
    row.on("pause", () => (row.state === "paused" ? resume(row) : pause(row)));
    if (file.size > most) {
      row.state = "too large";
      row.refuse(_("This file is {size}. The limit is {most}.", { size: size(file.size), most: size(most) }));
    } else row.tellHalf();
    if (begun) send();
  }

  function begin() {
    for (const row of rows) if (row.state === "refused") row.state = "waiting";
    if (!rows.some((row) => row.state === "waiting" || row.state === "paused")) {
      return show(trouble, rows.length ? _("None of these files can be uploaded.") : _("Choose a video first."));
    }
    show(trouble, "");
    begun = true;
    sent = 0;
    send();
  }

  async function send() {
    if (sending) return;
    sending = true;
    addEventListener("beforeunload", leave);
    for (let row = next(); row; row = next()) {
      busy();
      await sendOne(row);
    }
    sending = false;
    if (!rows.some((row) => row.state === "paused")) begun = false;
    busy();
  }

  const next = () => rows.find((row) => row.state === "waiting");

  function busy() {
    one("[data-idle]", form).hidden = begun;
    if (!begun) removeEventListener("beforeunload", leave);
  }

  async function sendOne(row) {
    row.state = "sending";
    row.stop = new AbortController();
    row.moving();
    try {
      const task = await upload(row.file, { files: form.dataset.files, options: chosenOptions(form), signal: row.stop.signal, ...row.progress() });
      arrivedWhole(row, task);
    } catch (error) {
      const reason = row.stop.signal.reason;
      if (error instanceof Refused) {
        row.state = "refused";
        row.refuse(error.message);
        if (rows.length === 1) one("button[type=submit]", form).focus();
      } else if (reason === PAUSED) {
        row.state = "paused";
        row.rest();
      } else if (reason === REMOVED) await dropped(row);
      else throw error;
    }
  }

  function arrivedWhole(row, task) {
    sent += 1;
    if (rows.length === 1 && sent === 1) {
      removeEventListener("beforeunload", leave);
      return location.assign(task);
    }
    take(row, _("“{name}” is uploaded.", { name: row.file.name }));
    document.dispatchEvent(new Event("tasks"));
  }

  // Ends an upload that has begun; where the whole file had already arrived, it is a task.
  async function dropped(row) {
    const address = remembered(row.file);
    forget(row.file);
    const task = address && await end(address);
    if (task) arrivedWhole(row, task);
    else take(row, _("The upload was cancelled. Nothing was kept."));
  }

  function take(row, text) {
    const at = rows.indexOf(row);
    const focused = row.element.contains(document.activeElement);
    rows = rows.filter((other) => other !== row);
    row.gone();
    show(one("[data-told]", form), text);
    if (focused) (rows[Math.min(at, rows.length - 1)]?.button ?? one("#file", form)).focus();
    if (!sending && !rows.some((other) => other.state === "paused")) begun = false;
    busy();
  }

  function remove(row) {
    if (row.state === "sending") row.stop.abort(REMOVED);
    else if (row.state === "paused") dropped(row);
    else take(row, "");
  }

  function pause(row) {
    if (row.state === "sending") row.stop.abort(PAUSED);
  }

  function resume(row) {
    row.state = "waiting";
    row.moving();
    begun = true;
    send();
  }

  return { add, begin };
}

const alike = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

// One row of the queue, and what it can be told to show.
function shownRow(form, file) {
  const element = one("[data-queued]", form).content.firstElementChild.cloneNode(true);
  const part = (name) => one(`[data-${name}]`, element);
  const bar = one("progress", element);
  const preview = previewOf(file, one("video", element), (seconds) => {
    const work = duration(seconds * Number(form.dataset.workShare));
    part("facts").textContent = `${size(file.size)} · ${clock(seconds)} · ${_("about {time} of work on this machine", { time: work })}`;
  });
  const named = (text, told) => { part("remove").textContent = text; part("remove").setAttribute("aria-label", told); };
  part("name").textContent = file.name;
  part("facts").textContent = size(file.size);
  part("pause").setAttribute("aria-label", _("Pause {name}", { name: file.name }));
  bar.setAttribute("aria-label", _("Uploaded of {name}", { name: file.name }));
  named(_("Remove"), _("Remove {name}", { name: file.name }));
  one("[data-queue]", form).append(element);

  const idle = () => {
    bar.hidden = true;
    part("moving").hidden = true;
    part("lost").hidden = true;
    part("pause").hidden = true;
    named(_("Remove"), _("Remove {name}", { name: file.name }));
  };
  return {
    element,
    button: part("remove"),
    on: (name, act) => part(name).addEventListener("click", act),
    gone: () => { preview.end(); element.remove(); },
    refuse: (text) => { idle(); show(part("refused"), text); },
    moving: () => {
      show(part("refused"), "");
      show(part("half"), "");
      part("anew").hidden = true;
      bar.hidden = false;
      part("moving").hidden = false;
      part("pause").hidden = false;
      pausing(part("pause"), _("Pause"), _("Pause {name}", { name: file.name }));
      named(_("Cancel upload"), _("Cancel upload {name}", { name: file.name }));
    },
    rest: () => {
      part("lost").hidden = true;
      part("speed").textContent = `· ${_("paused")}`;
      pausing(part("pause"), _("Resume"), _("Resume {name}", { name: file.name }));
    },
    progress: () => progressIn(element, file.size),
    tellHalf: () => tellHalf(file, part),
  };
}

function pausing(button, text, told) {
  button.textContent = text;
  button.setAttribute("aria-label", told);
}

// Shows a picture of a file that the browser can play, and tells its length in seconds.
function previewOf(file, video, known) {
  const address = URL.createObjectURL(file);
  const end = () => { video.removeAttribute("src"); URL.revokeObjectURL(address); };
  video.addEventListener("loadedmetadata", () => {
    if (Number.isFinite(video.duration)) known(video.duration);
    video.currentTime = Math.min(1, video.duration / 2 || 0);
  });
  video.addEventListener("seeked", () => { video.hidden = false; }, { once: true });
  video.addEventListener("error", end, { once: true });
  video.src = address;
  return { end };
}

// Tells if a part of this file has arrived before: the upload goes on from there, or on request from the beginning.
async function tellHalf(file, part) {
  const address = remembered(file);
  const there = address ? await arrived(address) : null;
  if (address && there === null) forget(file);
  if (!there || !part("pause").hidden) return; // nothing is there, or it goes on already
  show(part("half"), _("{there} of {size} is already here. We'll continue, with the options you chose then.", { there: size(there), size: size(file.size) }));
  part("anew").hidden = false;
  part("anew").onclick = () => {
    forget(file);
    end(address);
    show(part("half"), "");
    part("anew").hidden = true;
    part("remove").focus();
  };
}

// Shows in a row how much has arrived of so many bytes, or why it waits.
function progressIn(element, total) {
  const bar = one("progress", element);
  const sent = one("[data-sent]", element);
  const speed = one("[data-speed]", element);
  const lost = one("[data-lost]", element);
  let marks = []; // [milliseconds, bytes] of the last few seconds
  sent.textContent = _("Starting…");
  speed.textContent = "";
  lost.hidden = true;

  const moved = (there) => {
    marks.push([performance.now(), there]);
    while (marks.length > 2 && marks.at(-1)[0] - marks[0][0] > 4000) marks.shift();
    const [[from, before], [to, now]] = [marks[0], marks.at(-1)];
    const rate = to > from ? (now - before) / (to - from) * 1000 : 0;
    bar.value = 100 * there / total;
    sent.textContent = there < total ? _("{there} of {size}", { there: size(there), size: size(total) }) : _("Uploaded.");
    if (there === total) speed.textContent = _("Checking the video…");
    else speed.textContent = rate > 0 ? `· ${size(rate)}/s · ${_("{time} left", { time: duration((total - there) / rate) })}` : "";
  };
  const waiting = (why, seconds) => {
    marks = [];
    speed.textContent = "";
    lost.hidden = !why;
    const reason = one("[data-why]", lost);
    if (reason.textContent !== why) reason.textContent = why; // screen readers say it once, not each second
    one("[data-in]", lost).textContent = _("Going on in {time}", { time: duration(seconds) });
  };
  return { moved, waiting };
}
