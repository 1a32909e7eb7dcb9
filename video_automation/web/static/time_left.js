// The time left, as coarse as it is known, and calm: what is shown goes up only if it is clearly more.

import { _ } from "./language.js";
import { duration } from "./page.js";

const STEPS_S = [10, 15, 20, 30, 40, 50];
const CLEARLY = 1.25;

// A function that tells the time left of one task, call by call: "a few seconds", "40 s", "4 min", "1 h 10 min".
export function calmTimeLeft() {
  let shown = Infinity;
  return (seconds) => {
    const now = step(seconds);
    if (now < shown || seconds > CLEARLY * shown) shown = now;
    return words(shown);
  };
}

// The next larger time worth telling, in seconds.
function step(seconds) {
  const minutes = Math.ceil(seconds / 60);
  return STEPS_S.find((one) => seconds <= one) ?? 60 * (minutes <= 10 ? minutes : 5 * Math.ceil(minutes / 5));
}

const words = (seconds) => (seconds <= STEPS_S[0] ? _("a few seconds") : duration(seconds));
