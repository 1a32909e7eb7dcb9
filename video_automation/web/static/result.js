// On a result page: copy a text, jump to a place in the video, have a clip cut again.

import { one, parsed, show } from "./page.js";

export function prepareCopying(button) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    button.textContent = (await copied(button.dataset.copy)) ? "Copied" : "Not allowed";
    setTimeout(() => { button.textContent = label; }, 1500);
  });
}

export function prepareSeeking(button) {
  button.addEventListener("click", () => {
    const film = one("#film");
    film.currentTime = Number(button.dataset.seek);
    film.play().catch(() => {}); // the player itself shows that a video cannot be played
    film.scrollIntoView({ block: "center" });
  });
}

export function prepareRecut(form) {
  const restore = one("[data-restore]", form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, "POST", JSON.stringify(changes(form)));
  });
  if (!restore) return;
  restore.hidden = false;
  restore.addEventListener("click", () => send(form, "DELETE"));
}

function changes(form) {
  const given = [...form.elements].filter((field) => field.name && field.value);
  return Object.fromEntries(given.filter((field) => field.value !== field.defaultValue).map((field) => [field.name, field.value]));
}

async function send(form, method, body) {
  const trouble = one("[data-trouble]", form);
  const busy = (on) => { for (const button of form.querySelectorAll("button")) button.disabled = on; };
  show(trouble, "");
  if (body === "{}") return show(trouble, "Change something first.");
  busy(true);
  try {
    const answer = await fetch(form.action, { method, body, headers: { Accept: "application/json", "Content-Type": "application/json" } });
    const told = parsed(await answer.text());
    if (answer.status === 202) return location.assign(told.links.task);
    show(trouble, told?.error ?? `The service answered with status ${answer.status}. Try again in a moment.`);
  } catch {
    show(trouble, "The service does not answer. Try again in a moment.");
  }
  busy(false);
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
