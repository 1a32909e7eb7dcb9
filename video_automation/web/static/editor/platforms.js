// What platforms take: the greatest lengths of texts and videos. They change these now and then: compare with their help pages before
// you change one here (YouTube: support.google.com/youtube, TikTok: developers.tiktok.com, Instagram: help.instagram.com, LinkedIn:
// linkedin.com/help).

import { _, several } from "../language.js";

const MINUTE_MS = 60_000;

// `title` and `text` are greatest numbers of characters (no `title`: the title begins the text); `video` and `clip` are the greatest
// lengths of the long video (none: it is not taken there) and of a clip; `chapters`: whether the description holds them.
export const PLATFORMS = [
  { name: "YouTube", title: 100, text: 5000, video: 720 * MINUTE_MS, clip: 3 * MINUTE_MS, hashtags: 60, chapters: true },
  { name: "TikTok", text: 2200, clip: 10 * MINUTE_MS, hashtags: Infinity },
  { name: "Instagram", text: 2200, clip: 3 * MINUTE_MS, hashtags: 30 },
  { name: "LinkedIn", text: 3000, video: 15 * MINUTE_MS, clip: 15 * MINUTE_MS, hashtags: Infinity },
];

const LEAST_CHAPTERS = 3;
const SHORTEST_CHAPTER_MS = 10_000;

// The checks of a platform: {fits, told} each. `texts` has title, description, hashtags and chapters (in milliseconds of the
// video), kept_ms, and clips with their title and ms.
export function checks(platform, texts) {
  const { title, text, video, clip, hashtags, chapters } = platform;
  const whole = title ? texts.description : [texts.title, texts.description].filter(Boolean).join("\n\n");
  const long = texts.clips.filter((one) => one.ms > clip);
  return [
    title && within(_("Title"), texts.title.length, title),
    within(title ? _("Description") : _("Title and description together"), whole.length, text),
    { fits: texts.hashtags <= hashtags, told: hashtags < Infinity ? several(texts.hashtags, "{n} hashtags of at most {most}", "{n} hashtags of at most {most}", { most: hashtags }) : several(texts.hashtags, "{n} hashtags", "{n} hashtags") },
    video && { fits: texts.kept_ms <= video, told: texts.kept_ms <= video ? _("The video is short enough") : _("The video is longer than {time}", { time: minutes(video) }) },
    texts.clips.length > 0 && {
      fits: !long.length,
      told: long.length ? `${_("Longer than {time}:", { time: minutes(clip) })} ${long.map((one) => `“${one.title}”`).join(", ")}` : _("All clips are short enough"),
    },
    chapters && chapterCheck(texts),
  ].filter(Boolean);
}

function within(name, length, most) {
  return { fits: length > 0 && length <= most, told: length ? _("{name}: {n} of {most} characters", { name, n: length, most }) : _("{name}: still empty", { name }) };
}

function chapterCheck({ chapters, kept_ms }) {
  if (!chapters.length) return { fits: true, told: _("No chapters") };
  const ends = [...chapters.slice(1), kept_ms];
  const fits = chapters.length >= LEAST_CHAPTERS && chapters[0] < 1000 && chapters.every((at, i) => ends[i] - at >= SHORTEST_CHAPTER_MS);
  return { fits, told: fits ? several(chapters.length, "{n} chapters", "{n} chapters") : _("Chapters are shown if there are three at least, the first at 0:00, each of 10 seconds or more") };
}

function minutes(ms) {
  const whole = ms / MINUTE_MS;
  return whole < 60 ? several(whole, "{n} minute", "{n} minutes") : several(whole / 60, "{n} hour", "{n} hours");
}
