// The language of the page: English sentences are the keys, and `texts/<code>.json` has their translations. An English page reads none.

const { dataset } = document.documentElement;
const lang = document.documentElement.lang || "en";
const told = dataset.texts ? await read(dataset.texts) : { texts: {}, counted: {}, sentences: {} };
const rules = new Intl.PluralRules(lang);
const known = new Map([...Object.entries(told.texts), ...Object.entries(told.sentences)]);
const patterns = Object.entries(told.sentences).filter(([english]) => english.includes("{")).map(([english, text]) => [pattern(english), text]);

// The locale for numbers and dates: of those the browser asks for, the first in the language of the page.
export const locale = navigator.languages.find((one) => one.split("-")[0] === lang) ?? lang;

// A sentence of the page, with its values for the places in braces.
export function _(english, values) {
  return filled(told.texts[english] ?? english, values);
}

// The sentence that fits a number, `{n}` in it: `one` or `many` in English.
export function several(count, one, many, values) {
  const forms = told.counted[many];
  const text = forms ? forms[rules.select(count)] ?? forms.other : count === 1 ? one : many;
  return filled(text, { n: count, ...values });
}

// A sentence of the API, or several, as far as they are known; what is not stays English.
export function translated(english) {
  return known.get(english) ?? english.split(/(?<=[.!?]) /).map((part) => found(part) ?? part).join(" ");
}

// A number with so many digits after the point, as it is written in the language of the page.
export function number(value, digits = 0) {
  return value.toLocaleString(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
}

// The name of a language, by its code; `otherwise` where the browser knows none.
export function languageName(code, otherwise) {
  try {
    return new Intl.DisplayNames(lang, { type: "language", fallback: "none" }).of(code) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function filled(text, values) {
  return values ? text.replace(/\{(\w+)\}/g, (_place, name) => values[name]) : text;
}

function found(english) {
  if (known.has(english)) return known.get(english);
  for (const [expression, text] of patterns) {
    const given = expression.exec(english);
    if (given) return filled(text, Object.fromEntries(Object.entries(given.groups).map(([name, value]) => [name, foundValue(value)])));
  }
}

// What stands at a place of a sentence: a sentence itself, a list ("a question and a number"), or anything else.
function foundValue(english) {
  const items = english.split(/, | and /).map(found);
  return items.every(Boolean) ? new Intl.ListFormat(lang).format(items) : found(english) ?? english;
}

function pattern(english) {
  const plain = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${plain.replace(/\{(\w+)\}/g, "(?<$1>.*?)")}$`, "s");
}

async function read(address) {
  try {
    return await (await fetch(address)).json();
  } catch {
    return { texts: {}, counted: {}, sentences: {} }; // the page still works, in English
  }
}
