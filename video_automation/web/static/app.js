// What the pages do beyond plain HTML: each part has a module of its own.

import { editCaptions } from "./captions.js";
import { one, showTimes } from "./page.js";
import { playFromAddress } from "./moment.js";
import { prepareCopying, prepareRecut, prepareSeeking } from "./result.js";
import { follow } from "./task.js";
import { prepareUpload } from "./upload.js";

function askFirst(form) {
  const dialog = document.getElementById(form.dataset.confirm);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.returnValue = "no";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") form.submit(); });
}

showTimes(document);
for (const form of document.querySelectorAll("form[data-confirm]")) askFirst(form);
if (one("#upload")) prepareUpload(one("#upload"));
if (one("#task")) follow(one("#task"));
if (one("#captions")) editCaptions(one("#captions"), one("#film"));
if (one("#film")) playFromAddress(one("#film"));
for (const button of document.querySelectorAll("[data-copy]")) prepareCopying(button);
for (const button of document.querySelectorAll("[data-seek]")) prepareSeeking(button);
for (const form of document.querySelectorAll("[data-recut]")) prepareRecut(form);
document.addEventListener("play", (event) => { // only one video plays at a time
  for (const film of document.querySelectorAll("video")) if (film !== event.target) film.pause();
}, true);
