// A picture of how captions of clips look.

import { make } from "./editor/making.js";
import { _ } from "./language.js";

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
