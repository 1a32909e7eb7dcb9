// On a result page: copy a text, jump to a place in the film.

import { one } from "./page.js";

export function prepareCopying(button) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed here";
    }
    setTimeout(() => { button.textContent = label; }, 1500);
  });
}

export function prepareSeeking(button) {
  button.addEventListener("click", () => {
    const film = one("#film");
    film.currentTime = Number(button.dataset.seek);
    film.play();
    film.scrollIntoView({ block: "center" });
  });
}
