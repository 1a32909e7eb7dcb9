// The thumbnail of the video, or the cover of a clip: any frame of the recording, and a headline, drawn as the renderer draws it.

import { captionsIn } from "./clips_preview.js";
import { nameOf } from "./clips_card.js";
import { stamp } from "./clock.js";
import { make } from "./making.js";
import { proxyMade } from "./player_proxy.js";
import { counter, fill } from "./texts_fields.js";
import { _ } from "../language.js";

const HEADLINE_MOST = 60;
const VIDEO = "";

// {element, show()}
export function thumbnailOf(session, player) {
  const of = make("select", { "aria-label": _("Thumbnail of") });
  const headline = make("input", { type: "text", maxlength: HEADLINE_MOST, dir: "auto", placeholder: _("No headline") });
  const count = counter(headline, HEADLINE_MOST);
  const use = make("button", { type: "button", class: "button small" }, _("Use this frame"));
  const drop = make("button", { type: "button", class: "button quiet small" }, _("Best frame again"));
  const small = make("button", { type: "button", class: "button quiet small", "aria-pressed": "false" }, _("As small as in lists"));
  const note = make("p", { class: "note" });
  const preview = pictureOf(session);
  const element = make(
    "section", { class: "thumbnail" }, make("h2", {}, _("Thumbnail")), of, preview.element, note,
    make("div", { class: "clip-buttons" }, use, drop, small),
    make("label", {}, _("Headline"), " ", headline), count.element,
  );

  const clip = () => session.plan.clips.find(({ id }) => id === of.value);
  const wish = () => (clip() ?? session.plan).thumbnail ?? { at_ms: null, headline: "" };
  const set = (changes) => {
    const { at_ms, headline: text } = { ...wish(), ...changes };
    session.edit([{ op: "thumbnail_set", ...(clip() && { clip: of.value }), ...(at_ms !== null && { at_ms }), headline: text }]);
  };
  use.title = _("Takes the frame that the player shows");
  use.addEventListener("click", () => {
    const at_ms = Math.round(player.nowMs);
    const { start_ms, end_ms } = clip() ?? { start_ms: 0, end_ms: Infinity };
    if (at_ms < start_ms || at_ms >= end_ms) {
      return session.notice(_("The player is not in this clip now: it goes from {start} to {end} of the recording.", { start: stamp(start_ms), end: stamp(end_ms) }));
    }
    set({ at_ms });
  });
  drop.addEventListener("click", () => set({ at_ms: null }));
  headline.addEventListener("input", () => preview.write(headline.value));
  headline.addEventListener("change", () => set({ headline: headline.value.trim() }));
  small.addEventListener("click", () => small.setAttribute("aria-pressed", preview.element.classList.toggle("small")));
  of.addEventListener("change", () => show());

  const show = () => {
    const options = [[VIDEO, _("The video")], ...session.plan.clips.map((one, at) => [one.id, _("Clip: {name}", { name: nameOf(one, at + 1) })])];
    if (JSON.stringify(options) !== of.dataset.shown) {
      const chosen = of.value;
      of.dataset.shown = JSON.stringify(options);
      of.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
      of.value = options.some(([value]) => value === chosen) ? chosen : VIDEO;
    }
    const { at_ms, headline: text } = wish();
    fill(headline, text);
    count.show();
    drop.hidden = at_ms === null;
    const known = at_ms ?? madeAt(session, clip());
    note.textContent = at_ms !== null ? _("The frame at {time} of the recording.", { time: stamp(at_ms) })
      : known === undefined ? _("The best frame is chosen when the video is made.") : _("The best frame, at {time} of the recording.", { time: stamp(known) });
    preview.show({ ms: known ?? clip()?.start_ms ?? 0, clip: of.value, headline: headline.value });
  };
  return { element, show };
}

// The moment of the recording that the picture shows which was made last.
function madeAt(session, clip) {
  const files = session.result?.artifacts ?? [];
  return files.find((file) => (clip ? file.kind === "cover" && file.clip === clip.name : file.kind === "still"))?.at_ms;
}

// {element, show({ms, clip, headline}), write(headline)}: a frame of the recording with a headline over it.
function pictureOf(session) {
  const video = make("video", { playsinline: "", preload: "metadata", tabindex: "-1", "aria-hidden": "true" });
  video.muted = true;
  const canvas = make("canvas", { "aria-hidden": "true" });
  const element = make("div", { class: "thumbnail-frame", role: "img", "aria-label": _("Preview of the thumbnail") }, video, canvas);
  const captions = captionsIn(canvas, element);
  const { address } = document.getElementById("editor").dataset;
  let wanted;
  let seen = false;

  const draw = () => {
    if (!seen || !wanted) return;
    const query = new URLSearchParams({ headline: wanted.headline, ...(wanted.clip && { clip: wanted.clip }) });
    captions.load(`${address}/headline.ass?${query}`);
    if (video.src && Math.abs(video.currentTime * 1000 - wanted.ms) > 1) video.currentTime = wanted.ms / 1000;
  };
  new IntersectionObserver(async ([{ isIntersecting }], observer) => {
    if (!isIntersecting) return;
    observer.disconnect();
    seen = true;
    draw();
    const { links } = await session.planned();
    await proxyMade(links.proxy, () => {});
    video.src = links.proxy;
    draw();
  }).observe(element);
  return {
    element,
    show(now) {
      wanted = now;
      draw();
    },
    write(headline) {
      wanted = { ...wanted, headline };
      draw();
    },
  };
}
