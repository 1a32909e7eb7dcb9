// The plan of a task in the browser: as the server told it, with what was changed here since. Every part of the editor reads it
// and changes it through this.

import { applied, collides, markKept } from "./local_edits.js";
import { asked } from "./asking.js";
import { keptEdits } from "./kept_edits.js";
import { standing } from "./standing.js";
import { _, translated } from "../language.js";

const CALM_MS = 2000;

// Events: "plan" (detail {words: whether texts of words may have changed}), "task", "selection", "busy" (something is being sent
// or no longer is), "notice" (detail {text, trouble}).
export class Session extends EventTarget {
  plan = null;
  words = [];
  task = null;
  selection = null; // {first, last}: ids of words, both included
  #address;
  #waiting = []; // edits that are not sent yet, in lists; a list is one step of undo
  #kept; // the same, over a reload of the page
  #sending = false;
  #result = null;
  #readAt = ""; // the revision and the stage at which the plan was read while a video is made

  constructor(address) {
    super();
    this.#address = address;
    this.#kept = keptEdits(address);
  }

  // Reads the plan; words arrive some thousand at a time, with a "plan" event each, so that hours of them stop nothing.
  async load() {
    const told = await this.#readAll((words) => {
      this.words.push(...words);
      this.#tell("plan", { words: true, more: true });
    });
    this.#recall(told);
    this.#take(told, { words: true });
    await this.#look();
    this.#watch();
  }

  // Resolves to the plan once it is read; its words come before it.
  async planned() {
    while (!this.plan) await new Promise((told) => this.addEventListener("plan", told, { once: true }));
    return this.plan;
  }

  get revision() { return this.plan.revision; }
  get saving() { return this.#sending || this.#waiting.length > 0; }
  get rendering() { return ["PENDING", "PROGRESS"].includes(this.task?.state); }
  get undoable() { return this.plan.can_undo || this.#waiting.length > 0; }

  // What is being made: {video, clips: their ids}; null while nothing is, or where it is not decided yet.
  get touched() {
    return this.rendering && this.task.revision === this.revision ? this.plan.update?.touched ?? null : null;
  }

  // The result as the API tells it, or null before there is one.
  get result() { return this.#result; }

  // Makes edits: here at once, on the server as soon as it takes them. They are one step of undo. Other options make a video that is
  // there already again at once: it may have to be decided first what is cut.
  edit(edits) {
    const change = applied(this.plan, this.words, edits);
    this.#waiting.push(edits);
    this.#keep();
    this.#tell("plan", change);
    this.#send();
  }

  // Asks what edits would change and take: the server's answer. Nothing is kept of them.
  async tried(edits) { return this.#ask("POST", "/edits?dry_run=true", { edits }); }

  async undo() { await this.#turn("undo"); }
  async redo() { await this.#turn("redo"); }

  // Undoes all changes, the last one first; each can be redone.
  async undoAll() {
    await this.#settled();
    let { revision } = this;
    let answer = { ok: true };
    for (let left = standing(this.plan.history).size; left && answer.ok; left--) {
      answer = await this.#ask("POST", "/undo", { revision, render: false });
      revision = answer.told?.revision;
    }
    if (answer.ok) this.notice(_("All changes are undone. “Redo” brings them back, one after another."));
    else this.#trouble(answer);
    await this.#refresh(true);
  }

  // Has the video made of the newest revision.
  async render() {
    await this.#settled();
    const answer = await this.#ask("POST", "/render", {});
    if (!answer.ok) return this.#trouble(answer);
    await this.#look();
  }

  select(first, last) {
    this.selection = first === undefined ? null : { first: Math.min(first, last), last: Math.max(first, last) };
    this.#tell("selection");
  }

  notice(text, { trouble = false } = {}) {
    this.#tell("notice", { text, trouble });
  }

  async #send() {
    if (this.#sending || this.rendering) return; // while a video is made the plan stands still; then the edits are sent
    this.#sending = true;
    this.#tell("busy");
    let texts = false;
    while (this.#waiting.length) {
      const edits = this.#waiting[0];
      const render = edits.some(({ op }) => op === "options") && this.plan.rendered_revision !== null;
      const answer = await this.#ask("POST", "/edits", { revision: this.revision, edits, render });
      if (answer.ok) {
        this.plan.revision = answer.told.revision;
        this.#drop();
        this.plan.update = answer.told;
        texts ||= edits.some(changesTexts);
        if (!this.#waiting.length) await this.#refresh(texts);
        if (render) await this.#look();
      } else if (answer.told?.code === "stale_revision") {
        await this.#merge(answer.told);
      } else if (answer.told?.code === "not_done") {
        break; // another page has it rendered: they are sent after that
      } else if (answer.lost) {
        await new Promise((wait) => setTimeout(wait, CALM_MS));
      } else {
        this.#drop();
        this.#trouble(answer);
        await this.#refresh(true);
      }
    }
    this.#sending = false;
    this.#tell("busy");
  }

  // Somebody else, or another tab, was faster. Edits of other things are sent again; of the same things, theirs stand.
  async #merge({ edits_since: since }) {
    const stand = outcomeOf(this.#waiting[0], since);
    if (stand !== "both") this.#drop();
    await this.#refresh(true);
    if (stand === "there") return;
    if (stand === "theirs") {
      this.notice(_("Someone else changed the same place a moment ago. Their change stands; look at it and make yours again."), { trouble: true });
    } else {
      this.notice(_("Someone else is editing this video, too. Your change was added to theirs."));
    }
  }

  // Takes up what a page before this one could not send: all but what stands already, or no longer fits.
  #recall(told) {
    const kept = this.#kept.recall();
    if (!kept) return;
    const since = told.history.filter(({ revision }) => revision > kept.revision);
    const stands = kept.edits.map((edits) => outcomeOf(edits, since));
    this.#waiting = kept.edits.filter((_, at) => stands[at] === "both");
    this.#kept.keep(told.revision, this.#waiting);
    if (stands.includes("theirs")) {
      this.notice(_("A change you made before this page was reloaded no longer fits: the same place was changed meanwhile. Look at it and make yours again."), { trouble: true });
    }
  }

  // Forgets the edits that were sent first.
  #drop() {
    this.#waiting.shift();
    this.#keep();
  }

  #keep() {
    this.#kept.keep(this.plan.revision, this.#waiting);
  }

  async #turn(kind) {
    await this.#settled();
    const answer = await this.#ask("POST", `/${kind}`, { revision: this.revision, render: false });
    if (answer.told?.code === "stale_revision") this.notice(_("Someone else changed this video a moment ago: look before you undo."));
    else if (!answer.ok) return this.#trouble(answer);
    await this.#refresh(true);
  }

  // Resolves once all edits made here are kept by the server.
  async #settled() {
    this.#send();
    while (this.saving) await new Promise((wait) => this.addEventListener("busy", wait, { once: true }));
  }

  async #refresh(words) {
    if (words) {
      const read = [];
      const told = await this.#readAll((some) => read.push(...some));
      this.words = read;
      this.#take(told, { words: true });
    } else {
      const answer = await this.#ask("GET", "/plan?words=false");
      if (answer.ok) this.#take(answer.told, { words: false });
      return answer.ok;
    }
  }

  #take(told, change) {
    this.plan = told;
    for (const edits of this.#waiting) applied(this.plan, this.words, edits);
    markKept(this.plan, this.words);
    this.#tell("plan", change);
  }

  #readAll(onWords) {
    return new Promise((done, failed) => {
      const reader = new Worker(new URL("./plan_reader.js", import.meta.url), { type: "module" });
      reader.onmessage = ({ data }) => {
        if (data.words) return onWords(data.words);
        reader.terminate();
        if (data.plan) done(data.plan);
        else failed(new Error(data.error));
      };
      reader.postMessage(`${this.#address}/plan`);
    });
  }

  // Looks how the task stands, again and again: a video under way, changes made in other tabs.
  async #watch() {
    while (true) {
      await new Promise((wait) => setTimeout(wait, document.hidden ? 5 * CALM_MS : CALM_MS));
      await this.#look();
    }
  }

  async #look() {
    const answer = await this.#ask("GET", "");
    if (!answer.ok) return;
    const before = this.task;
    const rendered = before?.rendered_revision !== answer.told.rendered_revision || (this.rendering && answer.told.state === "SUCCESS");
    this.task = answer.told;
    if (rendered && this.task.rendered_revision !== null) {
      const made = await this.#ask("GET", "/result");
      if (made.status === 200) this.#result = made.told; // while it is made again, no result is told
    }
    if (!before || JSON.stringify(before) !== JSON.stringify(this.task)) this.#tell("task", { rendered: rendered && Boolean(before) });
    if (this.saving) this.#send();
    else if (this.rendering) await this.#readDecided();
    else if (this.task.revision !== this.revision || this.task.rendered_revision !== this.plan.rendered_revision) {
      await this.#refresh(this.task.revision !== this.revision);
    }
  }

  // While a video is made of a plan that has to be decided anew first, reads it when a stage has ended: it may be decided then.
  async #readDecided() {
    const at = `${this.task.revision} ${this.task.stage}`;
    if (this.task.revision !== this.revision || this.plan.update?.touched !== null || this.#readAt === at) return;
    if (await this.#refresh(false)) this.#readAt = at;
  }

  #ask(method, path, body) {
    return asked(method, this.#address + path, body);
  }

  #trouble({ told }) {
    this.notice(told?.error ? translated(told.error) : _("The service does not answer. Try again in a moment."), { trouble: true });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function changesTexts({ op }) {
  return ["correct", "replace", "captions", "options", "speaker"].includes(op);
}

// What becomes of edits of ours where others came first: they are "there" (it was their answer that was lost), stand beside them
// ("both"), or give way to "theirs".
function outcomeOf(ours, since) {
  if (since.some((entry) => isOf(entry, ours))) return "there";
  const others = since.flatMap((entry) => entry.edits);
  return since.some((entry) => entry.kind !== "edit") || collides(ours, others) ? "theirs" : "both";
}

function isOf({ edits }, ours) {
  const same = (edit, at) => Object.entries(edit).every(([key, value]) => JSON.stringify(edits[at][key]) === JSON.stringify(value));
  return edits.length === ours.length && ours.every(same);
}
