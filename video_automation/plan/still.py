"""One still picture made from a source, and a person's wish for one."""

from dataclasses import dataclass

from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE

LONGEST_HEADLINE = 60
"""The most characters of a headline: more cannot be read on a small picture."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the displayed picture, in even pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A person's wish for the thumbnail of a video or a clip."""

    at_ms: int | None = None
    """The moment of the recording whose frame is shown; None for the frame that is chosen without a wish."""
    headline: str = ""
    """The text over it, on one line; empty for none."""


@dataclass(frozen=True, slots=True)
class Still:
    """A frame of the source as a picture of its own."""

    name: str
    """The file's name in the task's output folder: safe in any file system."""
    frame: int
    """The frame of the source."""
    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    """The shown parts of the frame, one below the other if there are several; empty for the whole frame."""
    headline: str = ""
    """The text that is drawn over it; empty for none."""
    language: str = UNKNOWN_LANGUAGE
    """The ISO 639 code of the headline's language; "und" if it is unknown."""
