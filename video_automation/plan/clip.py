"""A short clip: which stretch of the source it shows, what it is called, and why it was chosen."""

from collections.abc import Container
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal

from video_automation.plan.choices import ClipStyleName, LayoutName

LONGEST_CLIP_MS = 600_000
"""How long a clip may be that a person asks for."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that speaks for or against a clip."""

    name: str
    score: int
    """In percent."""
    reason: str
    """One line, for a person."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A passage of the source worth showing on its own, from `start_ms` on, up to `end_ms`."""

    name: str
    """What its files are called: "short_01" for the best. Empty for a candidate that is not made."""
    start_ms: int
    end_ms: int
    title: str
    """Empty where nothing is said in it."""
    score: int
    """In percent; 100 for what a person has chosen."""
    signals: tuple[Signal, ...] = ()
    """None for what a person has chosen."""
    style: ClipStyleName | None = None
    """What its captions look like, where that was asked for."""
    layout: LayoutName | None = None
    """How its picture is fitted, where that was asked for."""
    captions_at: Literal["low", "middle", "high"] | None = None
    """How high up its captions are, where that was asked for."""
    id: str = ""
    """What tells it from all others of its video, whatever becomes of its place, name or rank."""


def clip_id(start_ms: int, end_ms: int, taken: Container[str] = ()) -> str:
    """The id of a new clip of this stretch of the source, other than those that are taken."""
    first = f"{start_ms}-{end_ms}"
    return next(made for made in chain((first,), (f"{first}-{n}" for n in count(2))) if made not in taken)
