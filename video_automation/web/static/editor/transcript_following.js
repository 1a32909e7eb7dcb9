// Lights the word that is spoken, and scrolls along while the player plays.

import { lastBegun } from "./word_search.js";

const LEFT_ALONE_MS = 4000; // so long after a person scrolled nothing scrolls by itself
const OWN_MS = 1200; // scrolling within this time after ours is ours

export function followSpeech(session, player, paragraphs) {
  let scrolled = -Infinity;
  let ours = -Infinity;
  addEventListener("scroll", () => {
    const now = performance.now();
    if (now - ours > OWN_MS) scrolled = now;
  }, { passive: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const busy = () => performance.now() - scrolled < LEFT_ALONE_MS || !getSelection().isCollapsed || document.querySelector(".correction");

  let lit;
  player.addEventListener("time", () => {
    const { words } = session;
    const id = spoken(words, player.nowMs, lit);
    const before = lit;
    lit = id;
    const element = paragraphs.light(id);
    if (id === undefined || id === before || player.paused || busy()) return;
    const target = element ?? paragraphs.element(id);
    const { top, bottom } = target.getBoundingClientRect();
    const margin = parseFloat(getComputedStyle(target).scrollMarginBlockStart) || 0;
    if (top >= margin && bottom <= innerHeight * 0.8) return;
    ours = performance.now();
    target.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  });
}

// The word that is said at a moment, or undefined in a pause. `last` is tried first.
function spoken(words, ms, last) {
  const holds = (word) => word && word.start_ms <= ms && ms < word.end_ms;
  if (holds(words[last])) return last;
  const id = lastBegun(words, ms);
  return holds(words[id]) ? id : undefined;
}
