"""Which frames of a source are kept, in order; a kept frame's place is derived, never stored."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from video_automation.errors import PlanError
from video_automation.plan.time import FrameSpan


@dataclass(frozen=True, slots=True)
class Timeline:
    """The kept spans of one source, in source frames at `rate`; ordered, with something dropped between any two."""

    source_id: str
    rate: Fraction
    spans: tuple[FrameSpan, ...]

    def __post_init__(self) -> None:
        if self.rate <= 0:
            raise PlanError("a timeline has frames in a second")
        if not self.spans:
            raise PlanError("a timeline keeps at least one span")
        if any(a.end >= b.start for a, b in pairwise(self.spans)):
            raise PlanError("the spans of a timeline are ordered and apart")

    @property
    def frames(self) -> int:
        """How many frames it lasts."""
        return sum(span.length for span in self.spans)

    def placed(self) -> Iterator[tuple[int, FrameSpan]]:
        """Each kept span with the timeline frame it starts at."""
        return zip(self._starts(), self.spans, strict=True)

    def source_frame(self, frame: int) -> int:
        """The source frame shown at a timeline frame.

        Raises:
            PlanError: the timeline is shorter than that.
        """
        if not 0 <= frame < self.frames:
            raise PlanError(f"frame {frame} is outside a timeline of {self.frames}")
        starts = self._starts()
        i = bisect_right(starts, frame) - 1
        return self.spans[i].start + frame - starts[i]

    def timeline_frame(self, source_frame: int) -> int | None:
        """Where a source frame is shown, or None where it was cut away."""
        for start, span in self.placed():
            if span.start <= source_frame < span.end:
                return start + source_frame - span.start
        return None

    def slice(self, part: FrameSpan) -> "Timeline":
        """The timeline of some of its own frames."""
        if part.end > self.frames:
            raise PlanError(f"no frames {part.start} to {part.end} in a timeline of {self.frames}")
        cut = []
        for start, span in self.placed():
            first, last = max(part.start, start), min(part.end, start + span.length)
            if first < last:
                cut.append(FrameSpan(span.start + first - start, span.start + last - start))
        return Timeline(self.source_id, self.rate, tuple(cut))

    def _starts(self) -> list[int]:
        return list(accumulate((span.length for span in self.spans[:-1]), initial=0))
