"""Stretches of time in a source, in milliseconds: sound, before it is rounded to frames."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """A stretch from `start` up to `end`, in milliseconds of the source."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Its length in milliseconds."""
        return self.end - self.start


def merged_ranges(stretches: Iterable[TimeRange], *, across_ms: int) -> tuple[TimeRange, ...]:
    """The stretches in order, joined if they overlap or have no more than `across_ms` between them."""
    result: list[TimeRange] = []
    for stretch in sorted(stretches):
        if result and stretch.start - result[-1].end <= across_ms:
            result[-1] = TimeRange(result[-1].start, max(result[-1].end, stretch.end))
        else:
            result.append(stretch)
    return tuple(result)
