// The texts a video is published with, and a checklist for each platform.

import { lasts } from "./clips_stretch.js";
import { nameOf } from "./clips_card.js";
import { inVideo } from "./clock.js";
import { make } from "./making.js";
import { checks, PLATFORMS } from "./platforms.js";
import { copyButton, counter, fill } from "./texts_fields.js";
import { chaptersOf, titlesOf } from "./texts_lists.js";
import { size } from "../page.js";
import { _ } from "../language.js";

const DESCRIPTION_MOST = 5000;
const HASHTAG = /(?:^|\s)#[^\s#]+/g;

export function mountTexts(session, player, root) {
  const told = make("p", { class: "note", role: "status" });
  const titles = titlesOf(session, told);
  const chapters = chaptersOf(session, player, told);
  const description = make("textarea", { rows: 8, maxlength: DESCRIPTION_MOST, "aria-labelledby": "description-title" });
  description.addEventListener("change", () => session.edit([{ op: "text", description: description.value }]));
  const count = counter(description, DESCRIPTION_MOST);
  const hashtags = make("p", { class: "hashtags" });
  const tags = () => (session.result?.hashtags ?? []).join(" ");
  const tagRow = make("section", {}, make("h2", {}, _("Hashtags")), hashtags, copyButton(_("Copy hashtags"), _("Copied: hashtags."), tags, told));
  const publish = make("section", {}, make("h2", {}, _("Ready to publish")));
  root.append(
    titles.element,
    make("section", {}, make("h2", { id: "description-title" }, _("Description")), description, count.element, copyButton(_("Copy description"), _("Copied: description."), () => description.value, told)),
    tagRow, chapters.element, told, publish,
  );
  const lists = PLATFORMS.map((platform) => checklist(platform));
  publish.append(...lists.map(({ element }) => element));

  const show = () => {
    const { plan } = session;
    if (!plan) return;
    titles.show();
    chapters.show();
    fill(description, plan.description);
    count.show();
    hashtags.textContent = tags();
    tagRow.hidden = !tags();
    const texts = {
      title: plan.titles[0]?.text ?? "",
      description: plan.description,
      hashtags: (`${plan.description} ${tags()}`.match(HASHTAG) ?? []).length,
      chapters: plan.chapters.map(({ start_ms }) => inVideo(plan.cuts, start_ms)),
      kept_ms: plan.kept_ms,
      clips: plan.clips.map((clip, at) => ({ title: nameOf(clip, at + 1), ms: lasts(plan.cuts, clip) })),
    };
    for (const list of lists) list.show(texts, session.result?.artifacts ?? []);
  };
  session.addEventListener("plan", ({ detail }) => { if (!detail?.more) show(); });
  session.addEventListener("task", show);
}

// A platform's checks, and the files that go there.
function checklist(platform) {
  const sum = make("span", { class: "chip" });
  const list = make("ul", { class: "checks" });
  const files = make("ul", { class: "takes" });
  const element = make("details", { class: "platform" }, make("summary", {}, platform.name, " ", sum), list, make("h3", {}, _("Files")), files);
  let shown;
  return {
    element,
    show(texts, artifacts) {
      const found = checks(platform, texts);
      const taken = artifacts.filter(({ kind }) => kind === "short" || (platform.video && ["video", "still"].includes(kind)));
      const now = JSON.stringify([found, taken.map(({ name, sha256 }) => [name, sha256])]);
      if (now === shown) return;
      shown = now;
      const wrong = found.filter(({ fits }) => !fits).length;
      sum.textContent = wrong ? _("{n} to look at", { n: wrong }) : _("All fits");
      sum.classList.toggle("failure", wrong > 0);
      list.replaceChildren(...found.map(({ fits, told }) => make("li", { class: fits ? "fits" : "fails" }, make("span", { class: "mark", role: "img", "aria-label": fits ? _("Fits") : _("Does not fit") }, fits ? "✓" : "!"), told)));
      files.replaceChildren(...taken.map(({ name, href, bytes }) => make("li", {}, make("a", { href: `${href}?download=1`, download: name }, name), make("span", { class: "note" }, ` ${size(bytes)}`))));
      if (!taken.length) files.append(make("li", { class: "note" }, _("They are here once the video is made.")));
    },
  };
}
