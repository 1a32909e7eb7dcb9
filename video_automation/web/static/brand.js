// Fonts, the logo and the cards among the options of an upload: uploaded and deleted at once, for all videos of their owner.

import { _, translated } from "./language.js";
import { one, parsed } from "./page.js";

export function prepareBrand(form) {
  prepareFonts(one("[data-brand-fonts]", form));
  for (const place of form.querySelectorAll("[data-brand-picture]")) preparePicture(place);
}

function prepareFonts(place) {
  const [list, file, remove] = ["select", "input[type=file]", "button"].map((what) => one(what, place));
  const settle = () => { remove.hidden = !list.selectedOptions[0]?.matches("[data-own]"); };
  const take = (fonts, chosen) => {
    for (const own of list.querySelectorAll("[data-own]")) own.remove();
    for (const { name } of fonts) {
      const option = new Option(name);
      option.dataset.own = "";
      list.add(option);
    }
    list.value = chosen;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  list.closest(".options").addEventListener("change", settle); // a preset may choose one, too
  settle();
  sending(place, file, (told) => {
    take(told.fonts, told.fonts.at(-1).name);
    return _("“{name}” can be used in all your videos now.", { name: list.value });
  }, "POST");
  remove.addEventListener("click", async () => {
    const name = list.value;
    const { ok, told } = await call("DELETE", `${place.dataset.brandFonts}/${encodeURIComponent(name)}`);
    if (ok) {
      take(told.fonts, "");
      list.focus();
    }
    tell(place, ok ? _("“{name}” is deleted.", { name }) : translated(told.error));
  });
}

// The logo or a card, by its name in the API's answers.
function preparePicture(place) {
  const [shown, file, remove, fields] = [".picture-shown", "input[type=file]", "button", ".picture-fields"].map((what) => one(what, place));
  const take = (told) => {
    const picture = told[place.dataset.called];
    one("[data-of-cards]", place.form).hidden = !told.opening_card && !told.closing_card;
    shown.replaceChildren();
    if (picture) shown.append(Object.assign(document.createElement("img"), { src: picture.href, alt: shown.dataset.alt }));
    for (const part of [shown, remove, fields]) part.hidden = !picture;
    if (picture) fields.dispatchEvent(new Event("change", { bubbles: true })); // it may be another one than the video has
    else untick();
  };
  const untick = () => {
    for (const box of fields.querySelectorAll("[type=checkbox]")) box.checked = false; // also as remembered by the browser
    fields.dispatchEvent(new Event("change", { bubbles: true }));
  };
  if (fields.hidden) untick();
  sending(place, file, (told) => {
    take(told);
    return _("The picture is kept for all your videos. Choose where to show it.");
  }, "PUT");
  remove.addEventListener("click", async () => {
    const { ok, told } = await call("DELETE", place.dataset.brandPicture);
    if (ok) {
      take(told);
      file.focus();
    }
    tell(place, ok ? _("The picture is deleted.") : translated(told.error));
  });
}

// Has a chosen file sent at once; `taken` gets the answer, and gives what is told then.
function sending(place, file, taken, method) {
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    tell(place, _("Uploading “{name}”…", { name: chosen.name }));
    const { ok, told } = await call(method, place.dataset.brandFonts ?? place.dataset.brandPicture, chosen);
    file.value = "";
    tell(place, ok ? taken(told) : translated(told.error));
  });
}

async function call(method, address, body) {
  const lost = { error: _("The service did not answer. Try again.") };
  try {
    const answer = await fetch(address, { method, body, headers: { Accept: "application/json", ...(body && { "Content-Type": "application/octet-stream" }) } });
    return { ok: answer.ok, told: parsed(await answer.text()) ?? lost };
  } catch {
    return { ok: false, told: lost };
  }
}

function tell(place, text) {
  one("[role=status]", place).textContent = text;
}
