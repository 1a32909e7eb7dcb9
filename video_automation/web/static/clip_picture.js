// A picture beside the options of an upload: a frame in the shape of clips, with a caption as it is chosen.

import { chosenOptions } from "./options.js";
import { one, parsed } from "./page.js";
import { sample } from "./style_sample.js";

const USUAL_BOX = "#0F766E"; // as the renderer has it where a style has none

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
  const box = look.box === "none" || !(look.box || style.box) ? null : look.box_colour || style.box || USUAL_BOX;
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
