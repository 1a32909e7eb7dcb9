// Draws captions in the browser as they are drawn into videos: by libass, of the same script, with the same fonts.

import JASSUB from "./vendor/jassub/dist/jassub.js";

const OWN = /^Brand [0-9a-f]{16}$/; // the name of a font its owner has uploaded
// A browser that has no SIMD needs the plain build of libass; others draw the same with it.
const wasmUrl = new URL("./vendor/jassub/dist/wasm/jassub-worker.wasm", import.meta.url).href;

/**
 * Draws captions over a video, or into a canvas.
 * @param {{video?: HTMLVideoElement, canvas?: HTMLCanvasElement}} place Over a video they follow its time; into a canvas
 *   `manualRender({mediaTime, width, height})` draws those of a moment in seconds, for a picture of this size in pixels.
 * @param {string} script ASS, as `/task/ID/captions.ass` answers it.
 * @param {string} task `/task/ID`, where uploaded fonts that the script names are found.
 * @returns {Promise<JASSUB>} Ready to draw; `destroy()` ends it.
 */
export async function drawCaptions(place, script, task) {
  const fonts = fontsOf(script);
  const address = (font) => new URL(`${OWN.test(font) ? task : ""}/fonts/${encodeURIComponent(font)}`, location.origin).href;
  const drawn = new JASSUB({
    ...place,
    subContent: script,
    wasmUrl,
    modernWasmUrl: wasmUrl,
    fonts: fonts.map(address),
    defaultFont: fonts[0] ?? "none",
    queryFonts: false,
  });
  await drawn.ready;
  drawn.known = new Set(fonts);
  drawn.address = address;
  return drawn;
}

/** Draws another script in place of the one before, once its fonts are there. */
export async function redrawCaptions(drawn, script) {
  const missing = fontsOf(script).filter((name) => !drawn.known.has(name));
  await drawn.renderer.addFonts(missing.map(drawn.address));
  missing.forEach((name) => drawn.known.add(name));
  await drawn.renderer.setTrack(script);
  await drawn.resize(true);
}

/** The names of the fonts a script is drawn with. */
function fontsOf(script) {
  const named = [...script.matchAll(/^Style: [^,]*,([^,]*)|\\fn([^\\}]*)/gm)];
  return [...new Set(named.map(([, ofStyle, ofText]) => ofStyle ?? ofText))];
}
