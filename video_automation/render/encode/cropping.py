"""Compiles a crop path into an ffmpeg filter that shows exactly the planned box of each frame."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from video_automation.media.command import sum_of
from video_automation.plan.crop import CropKey, CropPath
from video_automation.plan.time import FrameSpan


def crop_filter(path: CropPath, part: FrameSpan) -> str:
    """The filter for a chunk of the timeline: its first input frame is the first of `part`.

    Its input has the displayed size. Without `exact` the crop would move by two pixels at a time.
    """
    x, y = _expression(path, part, lambda key: key.x), _expression(path, part, lambda key: key.y)
    return f"crop={path.width}:{path.height}:x='{x}':y='{y}':exact=1"


def _expression(path: CropPath, part: FrameSpan, coordinate: Callable[[CropKey], int]) -> str:
    """The box's place before the chunk, plus all its smoothsteps from there on: each adds nothing before its time."""
    last = max(i for i, key in enumerate(path.keys) if key.frame <= part.start)
    return sum_of([str(coordinate(path.keys[last])), *_steps(path.keys[last:], part, coordinate)])


def _steps(keys: tuple[CropKey, ...], part: FrameSpan, coordinate: Callable[[CropKey], int]) -> Iterator[str]:
    for before, after in pairwise(keys):
        way, length = coordinate(after) - coordinate(before), after.frame - before.frame
        if way and before.frame < part.end:
            # a single division, at the end, of whole numbers: only the result is rounded
            yield f"{way}*st(0,clip(n-{before.frame - part.start},0,{length}))*ld(0)*({3 * length}-2*ld(0))/{length**3}"
