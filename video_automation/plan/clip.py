"""A short clip: which stretch of the source it shows, what it is called, and why it was chosen."""

from dataclasses import dataclass

from video_automation.plan.choices import ClipStyleName, LayoutName

LONGEST_MS = 600_000
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
    """What tells it from the others of its video: "short_01" for the best."""
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
