"""A short clip: its stretch of the source, its title, and why it was chosen."""

from collections.abc import Container
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal

from video_automation.plan.choices import ClipStyleName, LayoutName

SHORTEST_CLIP_MS, LONGEST_CLIP_MS = 1_000, 600_000
"""The least and the greatest length of a clip that a person makes or changes."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One argument for or against a clip."""

    name: str
    score: int
    """In percent."""
    reason: str
    """One line, for a person."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A passage of the source worth showing on its own, from `start_ms` on, up to `end_ms`."""

    name: str
    """The stem of its file names: "short_01" for the best. Empty for a candidate that is not made."""
    start_ms: int
    end_ms: int
    title: str
    """Empty if nothing is said in it."""
    score: int
    """In percent; 100 for a clip without signals."""
    signals: tuple[Signal, ...] = ()
    """Empty for a clip that was asked for with the upload, and for one in which nothing is said."""
    style: ClipStyleName | None = None
    """The style of its captions, if one was asked for."""
    layout: LayoutName | None = None
    """How its picture is fitted, if that was asked for."""
    captions_at: Literal["low", "middle", "high"] | None = None
    """How high its captions are, if that was asked for."""
    id: str = ""
    """The clip's identity in its video; it stays when the clip's place, name or rank changes."""


def clip_id(start_ms: int, end_ms: int, taken: Container[str] = ()) -> str:
    """The id of a new clip of this stretch of the source, different from those in `taken`."""
    first = f"{start_ms}-{end_ms}"
    return next(made for made in chain((first,), (f"{first}-{n}" for n in count(2))) if made not in taken)
