"""How long a caption is shown: the usual limits, in the frames of one video."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from video_automation.editing.captions.word_placement import PlacedWord
from video_automation.plan.time import frame_at

_SHORTEST_S = Fraction(5, 6)
_LONGEST_S = 7
_COMFORTABLE, _FASTEST = 17, 20
"""Latin letters a second that most people read with ease, and at most."""
_APART, _APART_S = 2, Fraction(1, 7)
"""Frames between two captions, so that the change is seen; fewer if they would last longer than the second value."""
_TAIL_MS = 500
"""How long a caption stays after its last word if nothing follows,"""
_FLICKER_MS = 500
"""and it stays longer if less than this would be left until the next caption or the cut."""


@dataclass(frozen=True, slots=True)
class CueLimits:
    """The limits at one rate."""

    shortest: int
    longest: int
    apart: int
    tail: int
    flicker: int
    rate: Fraction

    def eased(self, letters: float) -> int:
        """The frames it takes to read this many letters with ease."""
        return self._frames(letters, _COMFORTABLE)

    def hurried(self, letters: float) -> int:
        """The frames it takes to read this many letters at the highest speed."""
        return self._frames(letters, _FASTEST)

    def _frames(self, letters: float, a_second: int) -> int:
        return int(-(-letters * self.rate.numerator // (a_second * self.rate.denominator)))

    def shown_until(self, first: PlacedWord, last: PlacedWord, following: PlacedWord | None, letters: float) -> int:
        """The end frame of a caption of these words: read by then, within its shots, and before the next caption."""
        latest = min(last.shot.end, following.opens - self.apart) if following else last.shot.end
        end = max(last.span.end + self.tail, first.opens + max(self.shortest, self.eased(letters)))
        if latest - end < self.flicker:
            end = latest
        return max(min(end, first.opens + self.longest), last.span.start + 1)


def cue_limits(rate: Fraction) -> CueLimits:
    """The limits at a rate."""
    return CueLimits(
        shortest=ceil(_SHORTEST_S * rate),
        longest=floor(_LONGEST_S * rate),
        apart=min(_APART, floor(_APART_S * rate)),
        tail=frame_at(_TAIL_MS, rate),
        flicker=frame_at(_FLICKER_MS, rate),
        rate=rate,
    )
