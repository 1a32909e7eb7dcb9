"""Texts that libass draws into a video, each with frames and a style, written for one chunk on the chunk's own clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pysubs2 import SSAEvent, SSAFile, SSAStyle

from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan, rounded

BY_ITS_LETTERS = -1
"""ASS's encoding for a text that is laid out as a whole, and runs from right to left if its first letter does."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An ASS text in some frames of the timeline; texts of higher layers are drawn over the others."""

    span: FrameSpan
    text: str
    style: str = "Default"
    layer: int = 0


def drawn(spots: Iterable[Spot], styles: Mapping[str, SSAStyle], rendition: Rendition, chunk: FrameSpan, *, before: int) -> str:
    """The libass script of a chunk, before which `before` frames come; empty if there is nothing to draw.

    A text that continues in the next chunk looks the same there: nothing moves and nothing fades.
    """
    shown = [spot for spot in spots if spot.span.start < chunk.end and chunk.start < spot.span.end]
    if not shown:
        return ""
    events = [_event(spot, chunk, rendition.timeline.rate, before) for spot in shown]
    return whole_script(rendition.width, rendition.height, styles, events)


def whole_script(width: int, height: int, styles: Mapping[str, SSAStyle], events: Iterable[SSAEvent]) -> str:
    """The libass script of these events, for a picture of this size in pixels; it tells the size also without any."""
    file = SSAFile()
    file.info = {
        "PlayResX": str(width),
        "PlayResY": str(height),
        "WrapStyle": "0",
        "ScaledBorderAndShadow": "yes",
        "YCbCr Matrix": "None",
    }
    file.styles = dict(styles)
    file.events = list(events)
    return file.to_string("ass", header_notice="")


def _event(spot: Spot, chunk: FrameSpan, rate: Fraction, before: int) -> SSAEvent:
    """The event, from the chunk's first frame at the earliest, up to the chunk's end at the latest."""
    start, end = max(spot.span.start - chunk.start, 0), min(spot.span.end, chunk.end) - chunk.start
    return SSAEvent(_ms(before + start, rate), _ms(before + end, rate), spot.text, style=spot.style, layer=spot.layer)


def _ms(frame: int, rate: Fraction) -> int:
    """The time half a frame before a frame, in ms; ASS's hundredths of a second are exact enough for 60 frames a second."""
    return 10 * max(0, rounded((frame - Fraction(1, 2)) * 100 / rate))
