// What the pages do beyond plain HTML: each part has a module of its own.

import { prepareAgain } from "./again.js";
import { editCaptions } from "./captions.js";
import { one, showTimes } from "./page.js";
import { preparePlayer } from "./player.js";
import { prepareCopying, prepareRecut, prepareReplacing, prepareTexts, revealScripted } from "./result.js";
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
if (one("#captions")) editCaptions(one("#captions"), one("#video"));
for (const button of document.querySelectorAll("[data-copy]")) prepareCopying(button);
if (one("video#video")) preparePlayer(one("video#video"));
for (const form of document.querySelectorAll("[data-recut]")) prepareRecut(form);
for (const form of document.querySelectorAll("[data-texts]")) prepareTexts(form);
for (const form of document.querySelectorAll("[data-replace]")) prepareReplacing(form);
revealScripted();
if (one("#again")) prepareAgain(one("#again"));
document.addEventListener("play", (event) => { // only one video plays at a time
  for (const video of document.querySelectorAll("video")) if (video !== event.target) video.pause();
}, true);
