// Upload with progress: the form of the front page.

import { duration, one, parsed, show, size } from "./page.js";

export function prepareUpload(form) {
  const input = one("#file", form);
  const zone = one("[data-drop]", form);
  const chosen = one("[data-chosen]", form);
  const trouble = one("[data-trouble]", form);
  const invitation = chosen.textContent;
  input.required = false; // we say so ourselves, in the page

  const name = () => {
    const file = input.files[0];
    chosen.textContent = file ? `${file.name} · ${size(file.size)}` : invitation;
    show(trouble, "");
  };
  input.addEventListener("change", name);

  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const files = event.dataTransfer.files;
    if (files.length > 1) return show(trouble, "One film at a time: drop a single file.");
    if (files.length) { input.files = files; name(); }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = input.files[0];
    const most = Number(form.dataset.mostBytes);
    if (!file) return show(trouble, "Choose a film first.");
    if (file.size > most) return show(trouble, `This file has ${size(file.size)}; at most ${size(most)} are taken. Shorten or compress it first.`);
    show(trouble, "");
    send(form, file, trouble);
  });
}

function send(form, file, trouble) {
  const data = new FormData(form); // options first: a wrong one is refused before the film is sent
  data.delete("file");
  data.append("file", file);

  const request = new XMLHttpRequest();
  const sending = one("[data-sending]", form);
  const leave = (event) => event.preventDefault();
  const busy = (on) => {
    sending.hidden = !on;
    one("[data-idle]", form).hidden = on;
    for (const part of form.querySelectorAll("input, select")) part.disabled = on;
    (on ? addEventListener : removeEventListener)("beforeunload", leave);
  };
  const failed = (text) => { busy(false); show(trouble, text); one("button[type=submit]", form).focus(); };

  showSpeed(request.upload, sending);
  request.addEventListener("load", () => {
    const answer = parsed(request.responseText);
    if (request.status !== 202) return failed(answer?.error ?? `The service answered with status ${request.status}. Try again in a moment.`);
    removeEventListener("beforeunload", leave);
    location.assign(answer.links.task);
  });
  request.addEventListener("error", () => failed("The connection was lost before the upload was complete. Check that the service runs, then upload again."));
  request.addEventListener("abort", () => failed("The upload was cancelled. Nothing was kept."));
  one("[data-abort]", form).onclick = () => request.abort();

  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  busy(true);
  request.send(data);
  one("[data-abort]", form).focus();
}

function showSpeed(upload, sending) {
  const bar = one("progress", sending);
  const sent = one("[data-sent]", sending);
  const speed = one("[data-speed]", sending);
  const marks = []; // [milliseconds, bytes] of the last few seconds
  bar.value = 0;
  sent.textContent = "Starting…";
  speed.textContent = "";
  upload.addEventListener("progress", (event) => {
    marks.push([performance.now(), event.loaded]);
    while (marks.length > 2 && marks.at(-1)[0] - marks[0][0] > 4000) marks.shift();
    const [[from, before], [to, now]] = [marks[0], marks.at(-1)];
    const rate = to > from ? (now - before) / (to - from) * 1000 : 0;
    bar.value = 100 * event.loaded / event.total;
    sent.textContent = `${size(event.loaded)} of ${size(event.total)}`;
    speed.textContent = rate ? `· ${size(rate)}/s · ${duration((event.total - event.loaded) / rate)} left` : "";
  });
  upload.addEventListener("load", () => {
    bar.value = 100;
    sent.textContent = "Uploaded.";
    speed.textContent = "Checking the film…";
  });
}
