// Upload with progress: the form of the front page.

import { duration, one, show, size } from "./page.js";
import { Refused, arrived, end, forget, remembered, upload } from "./resumable.js";

export function prepareUpload(form) {
  const input = one("#file", form);
  const zone = one("[data-drop]", form);
  const chosen = one("[data-chosen]", form);
  const trouble = one("[data-trouble]", form);
  const invitation = chosen.textContent;
  input.required = false; // the page shows its own message

  const name = () => {
    const file = input.files[0];
    if (file) {
      const name = document.createElement("bdi");
      name.textContent = file.name;
      chosen.replaceChildren(name, ` · ${size(file.size)}`);
    } else chosen.textContent = invitation;
    show(trouble, "");
    offerToGoOn(form, file);
  };
  input.addEventListener("change", name);
  if (input.files.length) name(); // chosen before this script was loaded

  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const files = event.dataTransfer.files;
    if (files.length > 1) return show(trouble, "One video at a time: drop a single file.");
    if (files.length) { input.files = files; name(); }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = input.files[0];
    const most = Number(form.dataset.mostBytes);
    if (!file) return show(trouble, "Choose a video first.");
    if (file.size > most) return show(trouble, `This file has ${size(file.size)}; at most ${size(most)} are taken. Shorten or compress it first.`);
    show(trouble, "");
    one("[data-half]", form).hidden = true;
    send(form, file, trouble);
  });
}

// Tells if a part of this file has arrived before: the upload continues there, or on request from the beginning.
async function offerToGoOn(form, file) {
  const offer = one("[data-half]", form);
  const address = file && remembered(file);
  offer.hidden = true;
  const there = address ? await arrived(address) : null;
  if (form.elements.file.files[0] !== file) return; // another file was chosen meanwhile
  if (address && there === null) forget(file);
  if (!there) return;
  one("[data-there]", offer).textContent = `${size(there)} of ${size(file.size)}`;
  one("[data-anew]", offer).onclick = () => { forget(file); end(address); offer.hidden = true; };
  offer.hidden = false;
}

async function send(form, file, trouble) {
  const { file: _, ...options } = Object.fromEntries(new FormData(form)); // if a name comes twice, the last value counts
  const sending = one("[data-sending]", form);
  const cancelled = new AbortController();
  const leave = (event) => event.preventDefault();
  const busy = (on) => {
    sending.hidden = !on;
    one("[data-idle]", form).hidden = on;
    for (const part of form.querySelectorAll("input, select")) part.disabled = on;
    (on ? addEventListener : removeEventListener)("beforeunload", leave);
  };
  const open = (task) => { removeEventListener("beforeunload", leave); location.assign(task); };
  const failed = (text) => { busy(false); show(trouble, text); one("button[type=submit]", form).focus(); };

  busy(true);
  one("[data-abort]", form).onclick = () => cancelled.abort();
  one("[data-abort]", form).focus();
  try {
    open(await upload(file, { files: form.dataset.files, options, signal: cancelled.signal, ...shown(sending, file.size) }));
  } catch (error) {
    if (error instanceof Refused) return failed(error.message);
    if (!cancelled.signal.aborted) throw error;
    const address = remembered(file);
    forget(file);
    const task = address && await end(address);
    if (task) open(task); // too late: the whole file had arrived
    else failed("The upload was cancelled. Nothing was kept.");
  }
}

// Shows the progress of an upload of this many bytes, or why it waits.
function shown(sending, total) {
  const bar = one("progress", sending);
  const sent = one("[data-sent]", sending);
  const speed = one("[data-speed]", sending);
  const lost = one("[data-lost]", sending);
  let marks = []; // [milliseconds, bytes] of the last few seconds
  bar.value = 0;
  sent.textContent = "Starting…";
  speed.textContent = "";
  lost.hidden = true;

  const moved = (there) => {
    marks.push([performance.now(), there]);
    while (marks.length > 2 && marks.at(-1)[0] - marks[0][0] > 4000) marks.shift();
    const [[from, before], [to, now]] = [marks[0], marks.at(-1)];
    const rate = to > from ? (now - before) / (to - from) * 1000 : 0;
    bar.value = 100 * there / total;
    sent.textContent = there < total ? `${size(there)} of ${size(total)}` : "Uploaded.";
    if (there === total) speed.textContent = "Checking the video…";
    else speed.textContent = rate > 0 ? `· ${size(rate)}/s · ${duration((total - there) / rate)} left` : "";
  };
  const waiting = (why, seconds) => {
    marks = [];
    speed.textContent = "";
    lost.hidden = !why;
    const reason = one("[data-why]", lost);
    if (reason.textContent !== why) reason.textContent = why; // screen readers say it once, not each second
    one("[data-in]", lost).textContent = `Going on in ${duration(seconds)}`;
  };
  return { moved, waiting };
}
