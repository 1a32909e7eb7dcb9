"""The platforms that videos are published on: what each takes, and the text for it.

They change their limits now and then: compare with their pages before you change one here. Last compared in November 2026:
YouTube developers.google.com/youtube/v3/docs/videos (the description counts in bytes) and support.google.com/youtube; TikTok
developers.tiktok.com/doc/content-posting-api-reference-direct-post (UTF-16); Instagram: five hashtags since December 2025;
LinkedIn linkedin.com/help.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

_MINUTE_MS: Final = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform, and what it takes. Lengths of videos are the greatest, in milliseconds; of texts, the most characters."""

    name: str
    """Its name in addresses."""
    label: str
    """Its name on pages."""
    title: int | None = None
    """The length of the title; None: the text begins with it."""
    text: int
    """The length of the text."""
    counted: Literal["characters", "bytes", "utf16"] = "characters"
    """What it counts in a text: characters, their bytes in UTF-8, or their units in UTF-16."""
    video_ms: int | None = None
    """The length of the long video; None: it is not taken."""
    clip_ms: int
    """The length of a clip."""
    hashtags: int | None = None
    """How many hashtags it takes; None: any number."""
    chapters: bool = False
    """Whether it reads chapters in the text."""
    captions: bool = False
    """Whether it takes files of captions."""


PLATFORMS: Mapping[str, Platform] = MappingProxyType(
    {
        platform.name: platform
        for platform in (
            Platform(
                name="youtube",
                label="YouTube",
                title=100,
                text=5_000,
                counted="bytes",
                video_ms=720 * _MINUTE_MS,
                clip_ms=3 * _MINUTE_MS,
                hashtags=60,
                chapters=True,
                captions=True,
            ),
            Platform(name="tiktok", label="TikTok", text=2_200, counted="utf16", clip_ms=10 * _MINUTE_MS),
            Platform(name="instagram", label="Instagram", text=2_200, clip_ms=3 * _MINUTE_MS, hashtags=5),
            Platform(
                name="linkedin",
                label="LinkedIn",
                text=3_000,
                video_ms=15 * _MINUTE_MS,
                clip_ms=15 * _MINUTE_MS,
                captions=True,
            ),
        )
    }
)


def text_for(platform: Platform, *, title: str, description: str, chapters: Sequence[str], hashtags: Sequence[str]) -> str:
    """The text to publish a video with. `chapters` are lines such as "1:05 The press"; a description may hold them already."""
    listed = "\n".join(chapters)
    about = description.replace(listed, "").strip()
    parts = (
        "" if platform.title else title,
        about,
        listed if platform.chapters else "",
        " ".join(hashtags[: platform.hashtags]),
    )
    return "\n\n".join(filter(None, parts))
