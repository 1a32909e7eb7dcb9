// A worker that reads a recording's waveform and makes it ready to be drawn at any zoom: levels, each a Uint8Array of heights of
// 0 to 255, each value the highest of four of the level below. Ten hours stop no page this way.

const FOUR = 4;
const SHAPE = 0.6; // speech is far below full scale: soft parts are drawn higher

onmessage = async ({ data: address }) => {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const { samples_per_second: rate, peaks } = await answer.json();
    const levels = pyramid(heights(peaks));
    postMessage({ rate, levels }, levels.map((level) => level.buffer));
  } catch {
    postMessage(null);
  }
};

function heights(peaks) {
  let most = 1;
  for (const peak of peaks) if (peak > most) most = peak;
  const height = Uint8Array.from({ length: 256 }, (_, peak) => Math.round(255 * Math.min(1, peak / most) ** SHAPE));
  return Uint8Array.from(peaks, (peak) => height[peak]);
}

function pyramid(lowest) {
  const levels = [lowest];
  while (levels.at(-1).length > 2 * FOUR) {
    const below = levels.at(-1);
    const level = new Uint8Array(Math.ceil(below.length / FOUR));
    for (let i = 0; i < below.length; i++) {
      const at = Math.floor(i / FOUR);
      if (below[i] > level[at]) level[at] = below[i];
    }
    levels.push(level);
  }
  return levels;
}
