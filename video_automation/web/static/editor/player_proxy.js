// Waits until a worker has made the proxy, the small copy of the recording that the player plays.

import { _ } from "../language.js";

const SOON_S = 2;

// Resolves once the proxy is there; `waiting` is called while it is made. Throws an Error with a sentence where there will be none.
export async function proxyMade(address, waiting) {
  while (true) {
    const answer = await fetch(address, { headers: { Accept: "application/json", Range: "bytes=0-0" } });
    if (answer.status === 200 || answer.status === 206) {
      await answer.body?.cancel();
      return;
    }
    if (answer.status !== 202 && answer.status !== 503) throw new Error(await sentence(answer));
    waiting();
    const seconds = Number(answer.headers.get("Retry-After")) || SOON_S;
    await new Promise((wait) => setTimeout(wait, seconds * 1000));
  }
}

async function sentence(answer) {
  try {
    return (await answer.json()).error;
  } catch {
    return _("The service answered with status {status}.", { status: answer.status });
  }
}
