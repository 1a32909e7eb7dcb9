// Pictures of how captions of clips look.

import { make } from "./editor/making.js";
import { _ } from "./language.js";
import { chosenOptions } from "./options.js";
import { one, parsed } from "./page.js";

// Words in the colours of a style, the spoken one marked; while a style is looked at, one word after the other.
export function sample({ letters, outline, outline_em: wide, glow, spoken, box, boxed, capitals, hidden, words }) {
  const kind = words === 1 ? " single" : hidden ? " hidden-before" : "";
  const said = _("as you speak").split(" ").slice(0, 3).map((word) => make("b", {}, capitals ? word.toUpperCase() : word));
  const text = make("span", { class: `styled-words${kind}`, "aria-hidden": "true" }, said[0], " ", said[1], " ", said[2]);
  text.style.color = letters ?? "";
  const around = glow ?? (wide ? outline : undefined);
  text.style.textShadow = around ? `0 0 3px ${around}, 0 0 3px ${around}` : "";
  if (box && boxed !== "word") Object.assign(text.style, { background: box, textShadow: "none" });
  text.style.setProperty("--spoken", spoken ?? letters ?? "inherit");
  text.style.setProperty("--box", box && boxed === "word" ? box : "transparent");
  text.style.setProperty("--glow", box && boxed === "word" ? "none" : text.style.textShadow || "none");
  return text;
}

// A picture beside the options of an upload: a frame in the shape of clips, with a caption as it is chosen.
export function prepareClipPicture(form) {
  const frame = one("[data-clip-picture]", form);
  const styles = parsed(frame.dataset.clipPicture);
  const show = () => {
    const chosen = chosenOptions(form);
    frame.style.aspectRatio = chosen.aspect.replace(":", " / ");
    frame.className = `clip-picture at-${chosen.caption_position || "low"}`;
    frame.replaceChildren(sample(styled(styles.find(({ name }) => name === chosen.clip_style), chosen)));
  };
  frame.hidden = false;
  one(".options", form).addEventListener("change", show);
  show();
}

// A style with a person's changes.
function styled(style, look) {
  const box = look.box === "none" ? null : look.box_colour || style.box || (look.box && "#000000");
  return {
    ...style, box, boxed: look.box || style.boxed,
    letters: look.letter_colour || style.letters,
    spoken: look.spoken_colour || style.spoken,
    outline: look.outline_colour || style.outline,
    outline_em: look.outline_width ? look.outline_width / 100 : style.outline_em,
    capitals: look.letter_case ? look.letter_case === "capitals" : style.capitals,
    words: Number(look.words_per_line) || style.words,
  };
}
