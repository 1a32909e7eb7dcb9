// Edits that the server does not have yet, kept by the browser for this tab: so they outlast a reload while a video is made.

import { parsed } from "../page.js";

// {recall(): {revision, edits: lists of edits that were made on it} or null, keep(revision, edits)}
export function keptEdits(address) {
  const name = `edits of ${address}`;
  const stored = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null; // a browser that stores nothing: then they live in the page only
    }
  };
  return {
    recall: () => parsed(stored((store) => store.getItem(name)) ?? "null"),
    keep: (revision, edits) => stored((store) => (edits.length ? store.setItem(name, JSON.stringify({ revision, edits })) : store.removeItem(name))),
  };
}
