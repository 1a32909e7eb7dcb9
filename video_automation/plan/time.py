"""Frames, milliseconds and samples, and the only roundings between them."""

from dataclasses import dataclass
from fractions import Fraction

from video_automation.errors import PlanError

SAMPLE_RATE = 48_000
"""Samples per second of every rendered sound track."""


@dataclass(frozen=True, slots=True, order=True)
class FrameSpan:
    """A half-open span of whole frames: `start` is in it, `end` is not. Never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise PlanError(f"a span of frames must not be empty or negative: {self.start} to {self.end}")

    @property
    def length(self) -> int:
        """The number of frames in it."""
        return self.end - self.start


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves upward (Python's own rounding sends them to even numbers)."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def frame_at(ms: int, rate: Fraction) -> int:
    """The frame boundary nearest to a time in milliseconds."""
    return rounded(ms * rate / 1000)


def frame_shown(ms: int, rate: Fraction) -> int:
    """The frame that a player shows at a time, which was rounded to whole milliseconds."""
    return int((2 * ms + 1) * rate // 2000)


def ms_at(frame: int, rate: Fraction) -> int:
    """The time of a frame's start, in whole milliseconds."""
    return rounded(frame * 1000 / rate)


def sample_at(frame: int, rate: Fraction) -> int:
    """The sample at which a frame starts, at `SAMPLE_RATE`."""
    return rounded(frame * SAMPLE_RATE / rate)


def seconds(frame: int, rate: Fraction) -> str:
    """A frame's start as decimal seconds with microseconds, for the text handed to a tool."""
    micros = rounded(frame * 1_000_000 / rate)
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
