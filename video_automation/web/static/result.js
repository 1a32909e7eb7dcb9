// On a result page: copy a text, have a clip cut again, change the texts a video is published with.

import { followAgain } from "./again.js";
import { asked } from "./editor/asking.js";
import { _, translated } from "./language.js";
import { one, show } from "./page.js";

// Shows what works with scripts alone.
export function revealScripted() {
  for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
}

export function prepareCopying(button) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = (await copied(button.dataset.copy)) ? _("Copied") : _("Not allowed");
    button.textContent = told;
    const said = one("[data-copied]"); // who cannot see the button hears it
    if (said) said.textContent = told;
    setTimeout(() => { button.textContent = label; if (said) said.textContent = ""; }, 1500);
  });
}

export function prepareRecut(form) {
  const restore = one("[data-restore]", form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const changed = changes(form);
    if (!Object.keys(changed).length) return show(one("[data-trouble]", form), _("Change something first."));
    send(form, form.action, "POST", changed);
  });
  if (!restore) return;
  restore.hidden = false;
  restore.addEventListener("click", () => send(form, form.action, "DELETE"));
}

export function prepareTexts(form) {
  const chapters = [...form.querySelectorAll("[name=chapter]")];
  const isChanged = (field) => field.value !== field.defaultValue;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { titles, description } = form.elements;
    const text = { op: "text" };
    if (isChanged(titles)) text.titles = titles.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (isChanged(description)) text.description = description.value;
    if (chapters.some(isChanged)) text.chapters = chapters.map((field) => ({ start_ms: Number(field.dataset.startMs), title: field.value }));
    if (Object.keys(text).length === 1) return show(one("[data-trouble]", form), _("Change something first."));
    edit(form, text);
  });
}

export function prepareReplacing(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    edit(form, { op: "replace", find: form.elements.find.value, with: form.elements.with.value });
  });
}

function edit(form, change) {
  send(form, form.dataset.address, "POST", { revision: Number(form.dataset.revision), edits: [change] });
}

function changes(form) {
  const given = [...form.elements].filter((field) => field.name && field.value);
  return Object.fromEntries(given.filter((field) => field.value !== field.defaultValue).map((field) => [field.name, field.value]));
}

// Sends a change, and follows how it is made.
async function send(form, address, method, body) {
  const trouble = one("[data-trouble]", form);
  const busy = (on) => { for (const button of form.querySelectorAll("button")) button.disabled = on; };
  show(trouble, "");
  busy(true);
  const { status, told } = await asked(method, address, body);
  if (status === 202) return followAgain(form);
  show(trouble, status ? refusal(told, status) : _("The service does not answer. Try again in a moment."));
  busy(false);
}

// What a refused request is told with: the reason, and what can be done.
export function refusal(told, status) {
  if (told?.code === "stale_revision") return _("Somebody changed this video meanwhile. Reload the page, then make your change again.");
  if (!told?.error) return _("The service answered with status {status}. Try again in a moment.", { status });
  return [told.error, told.advice].filter(Boolean).map(translated).join(" ");
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // without https, pages from another machine may not use the clipboard
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "away";
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    return done;
  }
}
