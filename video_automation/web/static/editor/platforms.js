// What is published on a platform, and whether that fits. A platform is a record of the service's list, `PLATFORMS` in
// editing/publishing/platforms.py.

import { _, several } from "../language.js";

const MINUTE_MS = 60_000;
const LEAST_CHAPTERS = 3;
const SHORTEST_CHAPTER_MS = 10_000;
const HASHTAG = /(?:^|\s)#[^\s#]+/g;

// The text to paste there, as a download for the platform has it (`text_for`). `texts` has title, description, hashtags (a list),
// chapters ({ms of the video, line} each), video_ms, and clips with their title and ms.
export function textFor(platform, { title, description, chapters, hashtags }) {
  const lines = chapters.map(({ line }) => line).join("\n");
  const about = description.replace(lines, "").trim();
  const tags = hashtags.slice(0, platform.hashtags ?? undefined).join(" ");
  return [platform.title === null ? title : "", about, platform.chapters ? lines : "", tags].filter(Boolean).join("\n\n");
}

// The checks of a platform: {fits, told} each.
export function checks(platform, texts) {
  const { title, text, counted, video_ms: video, clip_ms: clip, hashtags } = platform;
  const whole = textFor(platform, texts);
  const tags = (whole.match(HASHTAG) ?? []).length;
  const long = texts.clips.filter((one) => one.ms > clip);
  return [
    title && within(_("Title"), texts.title, title),
    within(title ? _("Description") : _("Text"), whole, text, counted),
    { fits: hashtags === null || tags <= hashtags, told: hashtags === null ? several(tags, "{n} hashtag", "{n} hashtags") : several(tags, "{n} hashtag of at most {most}", "{n} hashtags of at most {most}", { most: hashtags }) },
    video && { fits: texts.video_ms <= video, told: texts.video_ms <= video ? _("The video is short enough") : _("The video is longer than {time}", { time: minutes(video) }) },
    texts.clips.length > 0 && {
      fits: !long.length,
      told: long.length ? `${_("Longer than {time}:", { time: minutes(clip) })} ${long.map((one) => `“${one.title}”`).join(", ")}` : _("All clips are short enough"),
    },
    platform.chapters && chapterCheck(texts),
  ].filter(Boolean);
}

const LENGTH = {
  characters: (text) => [...text].length,
  bytes: (text) => new TextEncoder().encode(text).length,
  utf16: (text) => text.length,
};

function within(name, text, most, counted = "characters") {
  const length = LENGTH[counted](text);
  const values = { name, n: length, most };
  const told = counted === "bytes" ? _("{name}: {n} of {most} bytes", values) : _("{name}: {n} of {most} characters", values);
  return { fits: length > 0 && length <= most, told: length ? told : _("{name}: still empty", { name }) };
}

function chapterCheck({ chapters, video_ms }) {
  if (!chapters.length) return { fits: true, told: _("No chapters") };
  const starts = chapters.map(({ ms }) => ms);
  const ends = [...starts.slice(1), video_ms];
  const fits = starts.length >= LEAST_CHAPTERS && starts[0] < 1000 && starts.every((at, i) => ends[i] - at >= SHORTEST_CHAPTER_MS);
  return { fits, told: fits ? several(starts.length, "{n} chapter", "{n} chapters") : _("Chapters are shown if there are three at least, the first at 0:00, each of 10 seconds or more") };
}

function minutes(ms) {
  const whole = ms / MINUTE_MS;
  return whole < 60 ? several(whole, "{n} minute", "{n} minutes") : several(whole / 60, "{n} hour", "{n} hours");
}
