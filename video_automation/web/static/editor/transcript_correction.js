// Corrects words where they stand: a field in their place. Enter keeps what was written, Escape leaves.

import { make } from "./making.js";
import { groupEnd, groupStart, joined } from "./transcript_text.js";
import { _ } from "../language.js";

const LONGEST = 200; // characters, as the API has it

// Opens the field for some words, and all that were corrected together with them. `done` is called with what was written, or null, and
// the words: {first, last, before}.
export function correct(session, paragraphs, { first, last }, done) {
  const { words } = session;
  first = groupStart(words, first);
  last = groupEnd(words, last);
  const before = joined(words.slice(first, last + 1).map(({ text }) => text));
  if (before.length > LONGEST) {
    return session.notice(_("At most {n} characters are corrected at a time. Select fewer words.", { n: LONGEST }), { trouble: true });
  }
  const field = make("input", { type: "text", class: "correction", maxlength: LONGEST, "aria-label": _("Correct “{text}”", { text: before }), dir: "auto", enterkeyhint: "done", autocomplete: "off" });
  field.value = before;
  const fit = () => { field.style.inlineSize = `${Math.max(4, field.value.length + 2)}ch`; };
  fit();
  const start = paragraphs.element(first);
  start.before(field);
  const covered = [];
  for (let each = start; each && paragraphs.first(each) <= last; each = paragraphs.beside(each, 1)) {
    if (each.dataset.after && Number(each.dataset.after) >= last) break;
    each.hidden = true;
    covered.push(each);
  }
  field.focus();
  field.select();

  let open = true;
  const close = (text) => {
    if (!open) return;
    open = false;
    field.remove();
    for (const each of covered) each.hidden = false;
    const written = text?.trim().replace(/\s+/g, " ");
    done(written && written !== before ? written : null, { first, last, before });
  };
  field.addEventListener("input", fit);
  field.addEventListener("blur", () => close(field.value));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") close(field.value);
    else if (event.key === "Escape") close(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// The names in a correction that were not there before: words with a capital letter, those that follow one another as one name.
export function newNames(before, after) {
  const known = new Set(bare(before));
  const names = [];
  let run = [];
  for (const word of [...bare(after), ""]) {
    if (/^\p{Lu}/u.test(word) && !known.has(word) && !known.has(word.toLowerCase())) {
      run.push(word);
    } else if (run.length) {
      names.push(run.join(" "));
      run = [];
    }
  }
  return names;
}

function bare(text) {
  return text.split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").replace(/['’]s$/u, ""));
}
