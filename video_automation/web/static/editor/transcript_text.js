// The transcript as it is read: its paragraphs, its pauses, and words joined as their script joins them. Pure functions.

const PARAGRAPH_PAUSE_MS = 1200;
const PARAGRAPH_WORDS = 60; // a paragraph so long ends with its sentence,
const MOST_WORDS = 90; // and one so long in any case
const SENTENCE_END = /[.!?…。！？؟۔।]["'”’»)\]]*$/u;

const CJK = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Bopo}\u3000-\u303f\uff00-\uff65]/u;
const UNSPACED = /[\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u; // scripts without spaces between words, with CJK

// The paragraphs of all words from one on: [{first, last}], ids of words.
export function paragraphsFrom(words, from) {
  const found = [];
  let first = from;
  for (let id = from; id < words.length; id++) {
    const next = words[id + 1];
    const length = id - first + 1;
    const ended = SENTENCE_END.test(words[id].text);
    const pause = next ? next.start_ms - words[id].end_ms : Infinity;
    const turned = next?.text && next.speaker !== words[id].speaker;
    if ((ended && (pause > PARAGRAPH_PAUSE_MS || length >= PARAGRAPH_WORDS)) || length >= MOST_WORDS || turned || !next) {
      found.push({ first, last: id });
      first = id + 1;
    }
  }
  return found;
}

// Who speaks from which word on, as a text to compare.
export function turnsOf(words) {
  let all = "";
  for (let id = 0; id < words.length; id++) if (words[id].speaker !== words[id - 1]?.speaker) all += `${id} ${words[id].speaker}\n`;
  return all;
}

// The last of the words that were corrected together with this one: only the first of them has a text.
export function groupEnd(words, id) {
  while (words[id + 1]?.text === "") id++;
  return id;
}

// The first of them.
export function groupStart(words, id) {
  while (id > 0 && words[id].text === "") id--;
  return id;
}

// The pause after a word: {start_ms, end_ms}. That before the first one follows -1; the last one lasts until the recording ends.
export function pauseAfter(words, id, durationMs) {
  const start_ms = words[id]?.end_ms ?? 0;
  return { start_ms, end_ms: Math.max(start_ms, words[id + 1]?.start_ms ?? durationMs) };
}

// Whether a space is written between two texts.
export function areSpaced(text, next) {
  if (text.charCodeAt(text.length - 1) < 128 && next.charCodeAt(0) < 128) return true;
  const [end, beginning] = [[...text].at(-1), String.fromCodePoint(next.codePointAt(0))];
  return !(CJK.test(end) || CJK.test(beginning) || (UNSPACED.test(end) && UNSPACED.test(beginning)));
}

// Whether words are found in this text by their borders: in scripts without spaces they have none.
export function hasSpaces(char) {
  return !CJK.test(char) && !UNSPACED.test(char);
}

// Texts as one, as they are written: with spaces between them, except in scripts that have none there.
export function joined(texts) {
  let all = "";
  for (const text of texts) all += all && text && areSpaced(all, text) ? ` ${text}` : text;
  return all;
}
