// Sends a file piece by piece (tus 1.0), and continues from the bytes that have arrived after any interruption.

import { _, translated } from "./language.js";
import { parsed } from "./page.js";

const VERSION = { "Tus-Resumable": "1.0.0" };
const PIECE_BYTES = 8 << 20;
const SILENT_MS = 30_000; // without a byte for this long, the connection counts as lost
const ANSWER_MS = 300_000; // the service checks a video of many gigabytes before its last answer
const LONGEST_WAIT_S = 30;
const LONGEST_COUNTED_S = 600; // a longer wait is not counted down: the page shows the service's message, and the form again
const LOST = new Set([0, 409, 423, 502, 504]); // 409 and 423: the service has not yet noticed the loss, or holds more bytes than it reported
const BUSY = new Set([429, 503]);
const GONE = new Set([404, 410]);

export class Refused extends Error {}
class Broken extends Error {}

// The addresses of unfinished uploads outlive the page if the browser allows storage.
const addresses = new Map();
const kept = (act) => { try { return act(localStorage); } catch { return null; } };
const mark = (file) => `upload ${file.name} ${file.size} ${file.lastModified}`;

export const remembered = (file) => addresses.get(mark(file)) ?? kept((storage) => storage.getItem(mark(file)));

export function forget(file) {
  addresses.delete(mark(file));
  kept((storage) => storage.removeItem(mark(file)));
}

function remember(file, address) {
  addresses.set(mark(file), address);
  kept((storage) => storage.setItem(mark(file), address));
}

// How many bytes of an upload have arrived; null if it is complete or gone, 0 if that is unknown.
export async function arrived(address) {
  const answer = await ask("HEAD", address);
  if (GONE.has(answer.status) || answer.header("Location")) return null;
  return Number(answer.header("Upload-Offset") ?? 0);
}

// Ends an upload: returns the address of its task if it has already become one, else nothing.
export async function end(address) {
  for (;;) {
    const answer = await ask("DELETE", address);
    if (answer.status === 409) return (await ask("HEAD", address)).header("Location");
    if (answer.status !== 423) return null; // gone; or no answer: then the service removes it after a day
    await pause(1);
  }
}

// Sends a file, or its missing part; returns the address of its task. `moved` receives the number of bytes that have arrived,
// `waiting` the reason and the seconds of a pause. Throws Refused, or, once ended, the reason of the signal.
export async function upload(file, { files, options, signal, moved, waiting }) {
  let failures = 0;
  let before = 0;
  for (;;) {
    try {
      const address = remembered(file) ?? await begin(file, files, options, signal);
      let { offset, task } = told(await ask("HEAD", address, { signal }));
      while (!task) {
        if (offset > before) failures = 0;
        before = offset;
        moved(offset);
        ({ offset, task } = told(await piece(file, address, offset, { signal, moved })));
      }
      forget(file);
      return task;
    } catch (error) {
      if (error.over) forget(file);
      if (!(error instanceof Broken)) throw error;
      failures += 1;
      await countDown(error, Math.max(error.seconds, Math.min(2 ** failures / 2, LONGEST_WAIT_S)), { signal, waiting });
    }
  }
}

async function begin(file, files, options, signal) {
  const metadata = Object.entries({ ...options, filename: file.name }).map(([name, text]) => `${name} ${base64(text)}`);
  const headers = { "Upload-Length": file.size, "Upload-Metadata": metadata.join(",") };
  const answer = checked(await ask("POST", files, { headers, signal }));
  const address = answer.header("Location");
  remember(file, address);
  return address;
}

function piece(file, address, offset, { signal, moved }) {
  const body = file.slice(offset, offset + PIECE_BYTES);
  const headers = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
  return ask("PATCH", address, { headers, body, signal, moved: (sent) => moved(offset + sent) });
}

function told(answer) {
  const { header } = checked(answer);
  return { offset: Number(header("Upload-Offset")), task: header("Location") };
}

function checked(answer) {
  const { status, header, text } = answer;
  if (status >= 200 && status < 300) return answer;
  const said = parsed(text)?.error;
  const sentence = said && translated(said);
  const seconds = Number(header("Retry-After") ?? 0);
  if (LOST.has(status)) throw Object.assign(new Broken(_("Connection lost.")), { seconds });
  if (BUSY.has(status) && seconds <= LONGEST_COUNTED_S) throw Object.assign(new Broken(sentence ?? _("The service does not answer.")), { seconds });
  const over = status < 500 && status !== 401 && status !== 429; // the upload cannot continue; after signing in again, or later, it can
  if (GONE.has(status)) throw Object.assign(new Broken(_("What had arrived is gone. The upload begins anew.")), { seconds, over });
  throw Object.assign(new Refused(sentence ?? _("The service answered with status {status}. Try again in a moment.", { status })), { over });
}

// One request, by XMLHttpRequest: fetch does not report upload progress. Status 0: the connection is lost.
function ask(method, address, { headers = {}, body = null, signal, moved } = {}) {
  return new Promise((answered, failed) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    let timer;
    const within = (ms) => { clearTimeout(timer); timer = setTimeout(() => request.abort(), ms); };
    const stop = () => request.abort();
    request.upload.addEventListener("progress", (event) => { within(SILENT_MS); moved?.(event.loaded); });
    request.upload.addEventListener("load", () => within(ANSWER_MS));
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      if (signal?.aborted) return failed(signal.reason);
      answered({ status: request.status, header: (name) => request.getResponseHeader(name), text: request.responseText });
    });
    signal?.addEventListener("abort", stop);
    request.open(method, address);
    for (const [name, value] of Object.entries({ ...VERSION, Accept: "application/json", ...headers })) request.setRequestHeader(name, value);
    within(body ? SILENT_MS : ANSWER_MS);
    request.send(body);
  });
}

async function countDown(error, seconds, { signal, waiting }) {
  for (let left = Math.ceil(seconds); left > 0; left -= 1) {
    waiting(error.message, left);
    await pause(1);
    signal.throwIfAborted();
  }
  waiting("", 0);
}

const pause = (seconds) => new Promise((over) => { setTimeout(over, seconds * 1000); });

function base64(text) {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
