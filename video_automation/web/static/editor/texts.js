// What a video is published with: its texts and its thumbnail, and a checklist and a download for each platform.

import { lasts } from "./clips_stretch.js";
import { nameOf } from "./clips_card.js";
import { beginsInVideo, stamp } from "./clock.js";
import { make } from "./making.js";
import { checks, textFor } from "./platforms.js";
import { copyButton, counter, fill } from "./texts_fields.js";
import { chaptersOf, titlesOf } from "./texts_lists.js";
import { thumbnailOf } from "./thumbnail.js";
import { _ } from "../language.js";
import { parsed, size } from "../page.js";

const DESCRIPTION_MOST = 5000;

export function mountTexts(session, player, root) {
  const told = make("p", { class: "note", role: "status" });
  const titles = titlesOf(session, told);
  const chapters = chaptersOf(session, player, told);
  const description = make("textarea", { rows: 8, maxlength: DESCRIPTION_MOST, "aria-labelledby": "description-title" });
  description.addEventListener("change", () => session.edit([{ op: "text", description: description.value }]));
  const count = counter(description, DESCRIPTION_MOST);
  const hashtags = make("p", { class: "hashtags" });
  const tags = () => (session.result?.hashtags ?? []).join(" ");
  const thumbnail = thumbnailOf(session, player);
  const tagRow = make("section", {}, make("h2", {}, _("Hashtags")), hashtags, copyButton(_("Copy hashtags"), _("Copied: hashtags."), tags, told));
  const publish = make("section", {}, make("h2", {}, _("Ready to publish")));
  root.append(
    titles.element,
    make("section", {}, make("h2", { id: "description-title" }, _("Description")), description, count.element, copyButton(_("Copy description"), _("Copied: description."), () => description.value, told)),
    tagRow, chapters.element, thumbnail.element, told, publish,
  );
  const lists = parsed(root.dataset.platforms).map((platform) => checklist(platform, told));
  publish.append(...lists.map(({ element }) => element));

  const show = () => {
    const { plan } = session;
    if (!plan) return;
    titles.show();
    chapters.show();
    fill(description, plan.description);
    count.show();
    thumbnail.show();
    hashtags.textContent = tags();
    tagRow.hidden = !tags();
    const texts = {
      title: plan.titles[0]?.text ?? "",
      description: plan.description,
      hashtags: session.result?.hashtags ?? [],
      chapters: plan.chapters.map((one) => {
        const ms = beginsInVideo(plan, one.start_ms);
        return { ms, line: `${stamp(ms)} ${one.title}` };
      }),
      video_ms: plan.kept_ms + shownFor(plan.cards.video),
      clips: plan.clips.map((clip, at) => ({ title: nameOf(clip, at + 1), ms: lasts(plan.cuts, clip) + shownFor(plan.cards.clips) })),
    };
    const older = plan.rendered_revision !== plan.revision;
    for (const list of lists) list.show(texts, session.result?.artifacts ?? [], older);
  };
  session.addEventListener("plan", ({ detail }) => { if (!detail?.more) show(); });
  session.addEventListener("task", show);
}

const shownFor = ({ opening_ms, closing_ms }) => opening_ms + closing_ms;

// A platform's checks, the files that go there, and all of it as one download.
function checklist(platform, said) {
  const sum = make("span", { class: "chip" });
  const list = make("ul", { class: "checks" });
  const files = make("ul", { class: "takes" });
  const { address } = document.getElementById("editor").dataset;
  const all = make("a", { class: "button small", href: `${address}/platforms/${platform.name}.zip`, download: "" }, _("Download all for {platform}", { platform: platform.label }));
  const note = make("p", { class: "note" });
  let told;
  const copy = copyButton(_("Copy the text for {platform}", { platform: platform.label }), _("Copied: the text for {platform}.", { platform: platform.label }), () => textFor(platform, told), said);
  copy.textContent = _("Copy the text");
  const element = make(
    "details", { class: "platform" }, make("summary", {}, platform.label, " ", sum), list,
    make("div", { class: "clip-buttons" }, all, copy), note, make("h3", {}, _("Files")), files,
  );
  let shown;
  return {
    element,
    show(texts, artifacts, older) {
      told = texts;
      const found = checks(platform, texts);
      const taken = artifacts.filter(({ kind }) => kind === "short" || (platform.video_ms && ["video", "still"].includes(kind)));
      const now = JSON.stringify([found, taken.map(({ name, sha256 }) => [name, sha256]), older]);
      if (now === shown) return;
      shown = now;
      const wrong = found.filter(({ fits }) => !fits).length;
      sum.textContent = wrong ? _("{n} to look at", { n: wrong }) : _("All fits");
      sum.classList.toggle("failure", wrong > 0);
      list.replaceChildren(...found.map(({ fits, told }) => make("li", { class: fits ? "fits" : "fails" }, make("span", { class: "mark", role: "img", "aria-label": fits ? _("Fits") : _("Does not fit") }, fits ? "✓" : "!"), told)));
      files.replaceChildren(...taken.map(({ name, href, bytes }) => make("li", {}, make("a", { href: `${href}?download=1`, download: name }, name), make("span", { class: "note" }, ` ${size(bytes)}`))));
      all.hidden = !artifacts.length;
      note.textContent = !artifacts.length ? ""
        : older ? _("The download has the video and the texts as they were last made. Update the video to have your changes in it.")
          : _("A zip with the video or the clips, their pictures, and a text file to paste from.");
      if (!taken.length) files.append(make("li", { class: "note" }, _("They are here once the video is made.")));
    },
  };
}
