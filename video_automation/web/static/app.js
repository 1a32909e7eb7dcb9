// What the pages do beyond what plain HTML does: upload with progress, follow a task, ask before something is lost.

const one = (selector, within = document) => within.querySelector(selector);
const show = (element, text) => { element.textContent = text; element.hidden = !text; };

const POLL_MS = 2000;
const HIDDEN_POLL_MS = 15000;
const SLOWEST_POLL_MS = 30000;

function size(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let at = 0;
  while (bytes >= 999.5 && at < units.length - 1) { bytes /= 1000; at += 1; }
  return `${at > 1 && bytes < 99.5 ? bytes.toFixed(1) : Math.round(bytes)} ${units[at]}`;
}

function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

// Upload ------------------------------------------------------------------------------------------------------------

function prepareUpload(form) {
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

function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}

// Follow a task -----------------------------------------------------------------------------------------------------

function follow(section) {
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
      if (task.state === "SUCCESS") return location.replace(section.dataset.result);
      if (task.state === "FAILURE" || task.state === "REVOKED") return location.reload();
      paint(section, task);
    } catch {
      failures += 1;
    }
    const wait = Math.min((document.hidden ? HIDDEN_POLL_MS : POLL_MS) * 2 ** failures, SLOWEST_POLL_MS);
    show(one("[data-trouble]", section), failures > 1 ? `The service does not answer. Accepted tasks are safe; next try in ${duration(wait / 1000)}.` : "");
    timer = setTimeout(look, wait);
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  look();
}

function paint(section, task) {
  const bar = one("progress", section);
  bar.value = task.progress;
  bar.setAttribute("aria-valuenow", task.progress);
  one("[data-progress]", section).textContent = task.progress;
  const status = one("[data-status]", section);
  if (status.textContent !== task.status) status.textContent = task.status;
  one("[data-eta]", section).textContent = task.eta_seconds === null ? "" : `About ${duration(task.eta_seconds)} left`;
  one("[data-position]", section).textContent = task.position === 1 ? "Next in line" : task.position ? `Number ${task.position} in line` : "";
  one("[data-state]").textContent = task.state;
  document.title = `${task.progress} % · ${one("h1", section).textContent}`;
  for (const step of section.querySelectorAll("[data-stage]")) {
    if (step.dataset.stage === task.stage) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
}

// Ask first ---------------------------------------------------------------------------------------------------------

function askFirst(form) {
  const dialog = document.getElementById(form.dataset.confirm);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.returnValue = "no";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") form.submit(); });
}

for (const time of document.querySelectorAll("time")) {
  time.textContent = new Date(time.dateTime).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}
for (const form of document.querySelectorAll("form[data-confirm]")) askFirst(form);
if (one("#upload")) prepareUpload(one("#upload"));
if (one("#task")) follow(one("#task"));
