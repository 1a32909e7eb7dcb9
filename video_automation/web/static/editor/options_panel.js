// The options a video is made with, in the form of an upload: with others it is made again, as one edit.

import { inBrackets } from "./updates.js";
import { prepareBrand } from "../brand.js";
import { prepareClipPicture } from "../clip_picture.js";
import { prepareColours } from "../colours.js";
import { _, several, translated } from "../language.js";
import { isKept, setOptions, showWrong, value } from "../options.js";
import { one, show } from "../page.js";
import { preparePresets } from "../presets.js";
import { revealScripted } from "../result.js";

// The form is made when its tab is opened for the first time, once there is a plan.
export function mountOptions(session, root) {
  const prepare = async () => {
    await session.planned(); // before, a choice would be lost when the fields are filled
    root.append(one("template", root).content);
    revealScripted();
    const form = one("form", root);
    prepareBrand(form);
    prepareColours(one(".options", form));
    prepareClipPicture(form);
    followPlan(session, form, Number(root.dataset.workShare));
  };
  if (root.classList.contains("chosen")) prepare();
  else root.addEventListener("chosen", prepare, { once: true });
}

function followPlan(session, form, workShare) {
  const [make, back, effect, trouble] = ["make", "back", "effect", "trouble"].map((name) => one(`[data-${name}]`, form));
  const preset = one("[name=from_preset]", form);
  const fields = [...one(".options", form).querySelectorAll(":is(input:not([type=hidden]), select, textarea)[name]")];
  const filled = new Map(); // what the plan has in each field
  let shown;
  let trial = 0;

  const fill = () => {
    const { options } = session.plan;
    setOptions(form, textsOf(options), fields);
    for (const field of fields) filled.set(field, value(field));
    preset.value = "";
    for (const place of pictures()) {
      const ticked = one("[type=checkbox]:checked", place);
      if (ticked) one(".picture-fields", place).hidden = false; // the video has a picture its owner has deleted since
    }
    tell();
  };
  const pictures = () => form.querySelectorAll("[data-brand-picture]");

  // Whether a field shows a picture that was replaced since the video was made.
  const replaced = (field) => {
    const place = field.checked && field.closest("[data-brand-picture]");
    const now = place && one("img", place)?.src.split("?")[1];
    return Boolean(now) && !session.plan.options.brand[place.dataset.called]?.sha256.startsWith(now);
  };

  const changed = () => {
    const sent = fields.filter((field) => value(field) !== filled.get(field) || replaced(field) || (preset.value && isKept(field.name)));
    return Object.fromEntries([...sent.map((field) => [field.name, String(value(field))]), ...(preset.value ? [["from_preset", preset.value]] : [])]);
  };

  // Says what the options that are chosen would change, and how long that takes.
  const tell = async () => {
    const number = ++trial;
    const options = changed();
    const any = Object.keys(options).length > 0;
    const first = session.plan.rendered_revision === null;
    const label = first ? _("Use these options") : _("Make the video again");
    back.hidden = !any;
    make.disabled = !any || session.rendering;
    if (session.rendering) return;
    show(trouble, "");
    make.textContent = label;
    effect.textContent = any ? "" : _("These are the options of this video.");
    if (!any || !form.checkValidity()) return;
    const { ok, told } = await session.tried([{ op: "options", options }]);
    if (number !== trial) return;
    make.disabled = !ok || session.rendering;
    make.textContent = label + (ok && !first ? inBrackets(told.estimate_seconds ?? Math.ceil((workShare * session.plan.duration_ms) / 1000)) : "");
    effect.textContent = ok ? effectOf(told) : "";
    if (!ok) show(trouble, told?.error ? translated(told.error) : _("The service does not answer. Try again in a moment."));
  };

  form.noValidate = true; // a browser says nothing of a wrong value in fields that are closed
  form.addEventListener("change", tell);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (make.disabled || showWrong(form)) return;
    make.disabled = true;
    session.edit([{ op: "options", options: changed() }]);
  });
  back.addEventListener("click", () => {
    fill();
    fields[0].focus();
  });
  preparePresets(form, fill);
  session.addEventListener("plan", ({ detail }) => {
    if (detail?.more) return;
    const now = JSON.stringify(session.plan.options);
    if (now === shown) return;
    shown = now;
    fill();
  });
  session.addEventListener("task", tell);
  shown = JSON.stringify(session.plan.options);
  fill();
}

// The options of a plan as texts, by their names, as a form sends them.
function textsOf(options) {
  const { brand: _brand, ...rest } = options;
  const isSection = (one) => one !== null && typeof one === "object" && !Array.isArray(one);
  const flat = Object.entries(rest).flatMap(([name, one]) => (isSection(one) ? Object.entries(one) : [[name, one]]));
  return Object.fromEntries(flat.map(([name, one]) => [name, Array.isArray(one) ? one.join(name === "glossary" ? "\n" : ", ") : String(one ?? "")]));
}

function effectOf({ touched }) {
  if (!touched) return _("It is decided anew what is cut, and which clips there are. What you changed is changed again, as far as it still fits.");
  const { video, clips } = touched;
  if (!video && !clips.length) return _("Nothing of the video changes by this.");
  const told = clips.length ? several(clips.length, "{n} clip", "{n} clips") : "";
  if (!video) return _("Made again: {clips}.", { clips: told });
  return told ? _("Made again: the video and {clips}.", { clips: told }) : _("Made again: the video.");
}
