"""Divides a timeline into chunks: the pieces of video that are encoded in parallel.

Their borders depend on places in the source, so an edit changes only the chunks it touches.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from video_automation.plan.time import FrameSpan, rounded
from video_automation.plan.timeline import Timeline

GOP_S = 2
"""Seconds between key frames, at most."""
_CELL_GOPS = 3
"""Borders may lie at every this many GOPs of the source,"""
_LAST_CELLS = 4
"""and lie at every second of these, except near the end, where chunks are short: else encoders would wait for one another."""
_LEAST_S = 4
"""Seconds; a stretch between two borders with less kept material joins its neighbour."""
_WORTH_SKIPPING_S = 10
"""Seconds; decoding this much in vain costs more than starting another encoder."""
_REACH_SHARE = 4
"""Decoding before a chunk may last at most this many times the chunk: decoding takes a tenth of the time of encoding."""
_WORTH_MOVING_S = 1
"""Seconds; a cut of at least this length near a border moves the border to the cut."""


def gop_frames(rate: Fraction, gop_s: int = GOP_S) -> int:
    """How many frames a GOP of so many seconds has."""
    return rounded(rate * gop_s)


def chunks(timeline: Timeline, begins: Sequence[int] = (), *, reach: int = 0) -> tuple[FrameSpan, ...]:
    """Spans that together are exactly the timeline; up to `reach` frames may have to be decoded before each.

    They last some 12 s, toward the end 6 s, so that parallel encoders finish at nearly the same time. A chunk begins after each
    long cut, which is therefore never decoded, and at each of `begins`, frames of the timeline in order. These do not mind
    `reach`: where key frames are minutes apart, layouts that change often cost much.
    """
    return tuple(chunk for stretch in _stretches(timeline, reach) for chunk in _divided(timeline, stretch, begins, reach))


def _stretches(timeline: Timeline, reach: int) -> Iterator[FrameSpan]:
    """Spans of the timeline without a long cut inside."""
    long = max(_WORTH_SKIPPING_S * timeline.rate, Fraction(reach))
    borders = [start for start, dropped, _ in _cuts(timeline) if dropped >= long]
    return (FrameSpan(a, b) for a, b in pairwise((0, *borders, timeline.frames)))


def _divided(timeline: Timeline, stretch: FrameSpan, begins: Sequence[int], reach: int) -> Iterator[FrameSpan]:
    least = max(_LEAST_S * timeline.rate, Fraction(reach, _REACH_SHARE))
    borders = list(_borders(timeline, stretch, reach))
    inside = (begin for begin in begins if stretch.start < begin < stretch.end)
    for start, end in pairwise((stretch.start, *inside, stretch.end)):
        at = start
        for border in borders:
            if border - at >= least and end - border >= least:
                yield FrameSpan(at, border)
                at = border
        yield FrameSpan(at, end)


def _borders(timeline: Timeline, stretch: FrameSpan, reach: int) -> Iterator[int]:
    """Where chunks may begin within a stretch, in frames of the timeline, in order."""
    cell = max(_CELL_GOPS * gop_frames(timeline.rate), -(-reach // _REACH_SHARE))
    first, end = timeline.source_frame(stretch.start), timeline.source_frame(stretch.end - 1) + 1
    pauses = [cut for cut in _cuts(timeline) if cut[1] >= _WORTH_MOVING_S * timeline.rate]
    for place in range(first - first % cell + cell, end, cell):
        if place // cell % 2 and end - place > _LAST_CELLS * cell:
            continue
        near = pauses[bisect_left(pauses, place - cell // 2, key=_after) : bisect_left(pauses, place + cell // 2, key=_after)]
        at = max(near, key=lambda cut: cut[1])[0] if near else timeline.kept_before(place)
        if stretch.start < at < stretch.end:
            yield at


def _after(cut: tuple[int, int, int]) -> int:
    return cut[2]


def _cuts(timeline: Timeline) -> list[tuple[int, int, int]]:
    """For each cut: the timeline frame after it, the number of source frames dropped, and the source frame after them."""
    return [(start, b.start - a.end, b.start) for (_, a), (start, b) in pairwise(timeline.placed())]
