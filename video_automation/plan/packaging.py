"""The texts a video is published with: titles to choose from, a description, hashtags, chapters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """One possible title of a video."""

    text: str
    score: int
    """In percent."""
    reason: str
    """One line, for a person."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a video: it begins at `start_ms` of the source, and ends where the next one begins."""

    start_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class Packaging:
    """All texts for one video, made from what is said in it."""

    titles: tuple[Title, ...] = ()
    """Best first."""
    description: str = ""
    """With the chapters, on the finished video's clock, as video platforms read them."""
    hashtags: tuple[str, ...] = ()
    """Each with its "#"."""
    chapters: tuple[Chapter, ...] = ()
    """Empty, or at least three; the first is at the video's start."""
