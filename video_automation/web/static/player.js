// The player of a page: plays from a chapter, a sentence, or `#t=<seconds>` of the address; shows in lists where it is.

const play = (video) => video.play().catch(() => {}); // the player itself shows that a video cannot be played

export function preparePlayer(video) {
  for (const place of document.querySelectorAll("[data-seek]")) {
    place.addEventListener("click", (event) => {
      event.preventDefault();
      video.currentTime = Number(place.dataset.seek);
      play(video);
      video.scrollIntoView({ block: "nearest" });
    });
  }
  for (const list of document.querySelectorAll("[data-follows]")) follow(list, video);
  addEventListener("hashchange", () => playFromAddress(video));
  playFromAddress(video);
}

function playFromAddress(video) {
  const seconds = Number(new URLSearchParams(location.hash.slice(1)).get("t") ?? NaN);
  if (!(seconds >= 0)) return;
  video.currentTime = seconds; // before its length is known, the browser begins there
  play(video);
  video.scrollIntoView({ block: "center" });
}

// Marks the item of a list that the video is at, and keeps it in sight where the list scrolls by itself.
function follow(list, video) {
  const items = [...list.children];
  const starts = items.map((item) => Number(item.querySelector("[data-seek]").dataset.seek));
  let current;
  video.addEventListener("timeupdate", () => {
    const now = items[starts.findLastIndex((start) => start <= video.currentTime + 0.05)];
    if (now === current) return;
    current?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    current = now;
    const isRead = list.matches(":hover") || list.contains(document.activeElement);
    if (now && !isRead) list.scrollTop += now.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
  });
}
