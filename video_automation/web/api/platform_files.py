"""What a download for a platform holds: files of a result, and the texts to publish them with."""

from collections.abc import Iterator

from video_automation.editing.publishing.platforms import PLATFORMS, Platform, text_for
from video_automation.errors import UnknownTaskError
from video_automation.jobs.run.manifest import Artifact, Manifest
from video_automation.web.pages.template_filters import stamp

_SRT = "application/x-subrip"


def platform_named(name: str) -> Platform:
    """The platform with this name in addresses. Raises UnknownTaskError."""
    if name not in PLATFORMS:
        raise UnknownTaskError(f"There is no such platform. Those there are: {', '.join(PLATFORMS)}.", code="unknown_platform")
    return PLATFORMS[name]


def files_for(platform: Platform, made: Manifest) -> Iterator[Artifact]:
    """The files of a result that go there: the long video with its first thumbnail, if it is taken, and the clips."""
    still = next((file for file in made.artifacts if file.kind == "still"), None)
    for file in made.artifacts:
        if not (file.clip or platform.video_ms):
            continue
        if file.kind in ("video", "short", "cover") or file == still or (platform.captions and file.type == _SRT):
            yield file


def texts_for(platform: Platform, made: Manifest) -> str:
    """The texts to paste there, each below what it is for."""
    title = made.titles[0].text if made.titles else ""
    text = text_for(
        platform,
        title=title,
        description=made.description,
        chapters=[f"{stamp(chapter.start_ms)} {chapter.title}" for chapter in made.chapters],
        hashtags=made.hashtags,
    )
    clips = "\n".join(f"{clip.film}: {clip.title}" for clip in made.clips)
    parts = (("TITLE", title if platform.title else ""), ("DESCRIPTION" if platform.title else "TEXT", text), ("CLIPS", clips))
    return "\n\n\n".join(f"{name}\n\n{part}" for name, part in parts if part) + "\n"
