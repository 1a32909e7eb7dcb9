"""The frames of a source that are kept, in order; a kept frame's place is derived, never stored."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise

from video_automation.errors import PlanError
from video_automation.plan.time import FrameSpan


@dataclass(frozen=True)
class Timeline:
    """The kept spans of one source, in source frames at `rate`; ordered, with a cut between any two.

    Every word of a talk is looked up here, so values derived from the spans are computed only once.
    """

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
        """Its length in frames."""
        return self._starts[-1] + self.spans[-1].length

    def placed(self) -> Iterator[tuple[int, FrameSpan]]:
        """Each kept span with the timeline frame it starts at."""
        return zip(self._starts, self.spans, strict=True)

    def source_frame(self, frame: int) -> int:
        """The source frame shown at a timeline frame.

        Raises:
            PlanError: the timeline is shorter than that.
        """
        if not 0 <= frame < self.frames:
            raise PlanError(f"frame {frame} is outside a timeline of {self.frames}")
        i = bisect_right(self._starts, frame) - 1
        return self.spans[i].start + frame - self._starts[i]

    def timeline_frame(self, source_frame: int) -> int | None:
        """The timeline frame that shows a source frame, or None if that was cut."""
        i = bisect_right(self._begins, source_frame) - 1
        is_kept = i >= 0 and source_frame < self.spans[i].end
        return self._starts[i] + source_frame - self.spans[i].start if is_kept else None

    def within(self, part: FrameSpan) -> FrameSpan | None:
        """The timeline frames that show the kept frames of a part of the source; None if nothing of it is kept."""
        start, end = self.kept_before(part.start), self.kept_before(part.end)
        return FrameSpan(start, end) if start < end else None

    def kept_before(self, source_frame: int) -> int:
        """The number of kept frames before a source frame: the timeline frame that shows it, or what comes after the cut."""
        i = bisect_right(self._begins, source_frame) - 1
        return self._starts[i] + min(source_frame - self.spans[i].start, self.spans[i].length) if i >= 0 else 0

    def slice(self, part: FrameSpan) -> "Timeline":
        """The timeline of a part of its own frames."""
        if part.end > self.frames:
            raise PlanError(f"no frames {part.start} to {part.end} in a timeline of {self.frames}")
        cut = []
        begin, end = bisect_right(self._starts, part.start) - 1, bisect_left(self._starts, part.end)
        for start, span in zip(self._starts[begin:end], self.spans[begin:end], strict=True):
            first, last = max(part.start, start), min(part.end, start + span.length)
            if first < last:
                cut.append(FrameSpan(span.start + first - start, span.start + last - start))
        return Timeline(self.source_id, self.rate, tuple(cut))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """The timeline frame at which each span starts."""
        return tuple(accumulate((span.length for span in self.spans[:-1]), initial=0))

    @cached_property
    def _begins(self) -> tuple[int, ...]:
        """The source frame at which each span starts."""
        return tuple(span.start for span in self.spans)
