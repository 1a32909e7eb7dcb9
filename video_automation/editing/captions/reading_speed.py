"""How long a caption is shown: the field's limits, in the frames of one video."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from video_automation.editing.captions.word_placement import PlacedWord
from video_automation.plan.time import frame_at

_SHORTEST_S = Fraction(5, 6)
_LONGEST_S = 7
_COMFORTABLE, _FASTEST = 17, 20
"""Latin letters a second that most people read with ease, and at all."""
_APART, _APART_S = 2, Fraction(1, 7)
"""Frames without a caption between two, so that the change is seen; fewer where they would last longer than this."""
_TAIL_MS = 500
"""A caption stays this long after its last word where nothing follows,"""
_FLICKER_MS = 500
"""and longer where less than this would be left until the next one, or until the cut."""


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
        """How many frames it takes to read so many letters with ease."""
        return self._frames(letters, _COMFORTABLE)

    def hurried(self, letters: float) -> int:
        """How many frames it takes at least."""
        return self._frames(letters, _FASTEST)

    def _frames(self, letters: float, a_second: int) -> int:
        return int(-(-letters * self.rate.numerator // (a_second * self.rate.denominator)))

    def shown_until(self, first: PlacedWord, last: PlacedWord, following: PlacedWord | None, letters: float) -> int:
        """The frame before which a caption of these words ends: read by then, over no other's shot, before the next one."""
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
