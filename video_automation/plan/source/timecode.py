"""Timecode of cameras (SMPTE 12M): the label of each frame, with drop-frame counting where a rate has it."""

import re
from dataclasses import dataclass
from fractions import Fraction

from video_automation.errors import PlanError
from video_automation.plan.time import rounded

DROPPING = (Fraction(30_000, 1001), Fraction(60_000, 1001))
"""The rates whose labels may drop frame numbers, to keep pace with real time."""
_LABEL = re.compile(r"(\d\d):(\d\d):(\d\d)([:;.])(\d{2,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Timecode:
    """A recording's timecode at its first frame; zero, without drop frame, if the recording has no timecode."""

    frame: int = 0
    """Frames since midnight, on the grid the whole job works on."""
    drop: bool = False
    """Whether labels drop numbers: the first two or four of each minute, except each tenth minute."""

    def __post_init__(self) -> None:
        if self.frame < 0:
            raise PlanError(f"a timecode must not be negative: {self.frame}")


NO_CLOCK = Timecode()
"""The timecode of a recording that has none: editors count from zero."""


def read_label(text: str, rate: Fraction, counted: Fraction) -> Timecode | None:
    """The timecode of a label on a grid of `rate`, where the label counts at `counted`; None if the text is no label.

    A semicolon or a point before the frames means drop frame. At rates without drop frame the label is taken as it stands.
    """
    matched = _LABEL.fullmatch(text)
    if not matched:
        return None
    hours, minutes, seconds, frames = (int(matched[group]) for group in (1, 2, 3, 5))
    drop = matched[4] != ":" and rate in DROPPING
    base, counted_base = rounded(rate), rounded(counted)
    if hours > 23 or minutes > 59 or seconds > 59 or frames >= counted_base:
        return None
    placed, past = frames * base // counted_base, hours * 60 + minutes
    dropped = _dropped(rate, drop=drop)
    if minutes % 10 and not seconds and placed < dropped:
        return None
    return Timecode((past * 60 + seconds) * base + placed - dropped * (past - past // 10), drop)


def label(frame: int, rate: Fraction, *, drop: bool) -> str:
    """The label of a frame since midnight; hours continue after the twenty-third."""
    base, dropped = rounded(rate), _dropped(rate, drop=drop)
    tens, rest = divmod(frame, base * 600 - 9 * dropped)
    whole = max(0, rest - dropped) // (base * 60 - dropped)
    in_seconds, frames = divmod(frame + dropped * (9 * tens + whole), base)
    separator = ";" if drop else ":"
    return f"{in_seconds // 3600:02}:{in_seconds // 60 % 60:02}:{in_seconds % 60:02}{separator}{frames:02}"


def frames_a_day(rate: Fraction, *, drop: bool) -> int:
    """The number of labels from midnight to midnight."""
    return 144 * (rounded(rate) * 600 - 9 * _dropped(rate, drop=drop))


def _dropped(rate: Fraction, *, drop: bool) -> int:
    """How many numbers a minute drops; 0 without drop frame."""
    return rounded(rate) // 15 if drop else 0
