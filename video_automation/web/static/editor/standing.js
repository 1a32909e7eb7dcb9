// What stands of the history of a plan.

// The edits that are not undone at a revision, by theirs.
export function standing(history, upto = Infinity) {
  const done = [];
  const undone = [];
  for (const entry of history) {
    if (entry.revision > upto || ["cancelled", "failed"].includes(entry.state)) continue;
    if (entry.kind === "edit") { done.push(entry.revision); undone.length = 0; }
    else if (entry.kind === "undo" && done.length) undone.push(done.pop());
    else if (entry.kind === "redo" && undone.length) done.push(undone.pop());
  }
  return new Set(done);
}
