"""Divides a timeline into chunks: the pieces of video that are encoded side by side."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from video_automation.plan.time import FrameSpan, rounded
from video_automation.plan.timeline import Timeline

GOP_S = 2
"""A picture that can be decoded by itself at least this often."""
_LONGEST_S, _SHORTEST_S = 16, 4
_WORTH_SKIPPING_S = 10
"""Decoding that much for nothing costs more than starting another encoder."""
_REACH_SHARE = 4
"""What has to be decoded before a chunk is at most so many times as long: decoding takes a tenth of the time of encoding."""
_WORTH_MOVING_S = 1
"""A dropped stretch of at least this draws a border that would fall near it anyway."""


def gop_frames(rate: Fraction) -> int:
    """How many frames the GOP of `GOP_S` seconds has."""
    return rounded(rate * GOP_S)


def chunks(timeline: Timeline, *, reach: int = 0) -> tuple[FrameSpan, ...]:
    """Runs of timeline frames that together are exactly the timeline; `reach` frames may have to be decoded before each.

    They shrink toward the end, from 16 s to 4 s, so that encoders working side by side end at nearly the same time. A
    chunk begins after each long dropped stretch, which is thereby never decoded; others have whole GOPs where they can.
    """
    return tuple(chunk for stretch in _stretches(timeline, reach) for chunk in _divided(timeline, stretch, reach))


def _stretches(timeline: Timeline, reach: int) -> Iterator[FrameSpan]:
    """Runs of timeline frames with nothing long dropped inside."""
    long = max(_WORTH_SKIPPING_S * timeline.rate, Fraction(reach))
    borders = [start for start, dropped in _cuts(timeline) if dropped >= long]
    return (FrameSpan(a, b) for a, b in pairwise((0, *borders, timeline.frames)))


def _divided(timeline: Timeline, stretch: FrameSpan, reach: int) -> Iterator[FrameSpan]:
    start = stretch.start
    cuts = [(at, dropped) for at, dropped in _cuts(timeline) if dropped >= _WORTH_MOVING_S * timeline.rate]
    while start < stretch.end:
        length = max(_length(timeline.frames - start, timeline.rate), reach // _REACH_SHARE)
        if stretch.end - start < length * 3 // 2:
            end = stretch.end
        else:
            near = [cut for cut in cuts if abs(cut[0] - start - length) <= length // 4]
            end = max(near, key=lambda cut: cut[1])[0] if near else start + length
        yield FrameSpan(start, end)
        start = end


def _length(left: int, rate: Fraction) -> int:
    """The frames of a chunk that begins `left` frames before the end: a quarter of them, in whole GOPs."""
    gops = left // 4 // gop_frames(rate)
    return min(max(gops, _SHORTEST_S // GOP_S), _LONGEST_S // GOP_S) * gop_frames(rate)


def _cuts(timeline: Timeline) -> list[tuple[int, int]]:
    """The timeline frame after each cut, with the number of source frames dropped there."""
    return [(start, b.start - a.end) for (_, a), (start, b) in pairwise(timeline.placed())]
