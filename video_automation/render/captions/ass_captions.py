"""Writes the captions of a chunk for libass, which draws them into the picture: their times, places and look."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from pysubs2 import Alignment, Color, SSAStyle

from video_automation.plan.choices import LONG_VIDEO_STYLE
from video_automation.plan.cues import Cue
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.render.captions.ass_events import BY_ITS_LETTERS, Spot, drawn
from video_automation.render.captions.lettering import Hand, ass_text, direction_mark, font_size, width_em
from video_automation.render.captions.typefaces import OF_FONTS, VIDEOS, Typefaces
from video_automation.render.captions.word_captions import word_script

_EM = 0.05
"""The size of letters as a share of the square root of the picture's area: in 42 characters a line of English fills 70 % of a
16:9 picture, and hardly ever more than 85 %."""
_SMALLEST = 0.5
"""Letters shrink to at most this share, so that a long line stays one; longer lines are broken."""
_PADDING_EM = 0.2
_MARGIN = 0.05
"""The margin on all sides: the "title safe" area is inside."""
_PORTRAIT_MARGIN = 0.24
"""The bottom margin of upright videos: players cover it with names and buttons."""
_WHITE = Color(255, 255, 255)
_BOX = Color(0, 0, 0, 64)
"""A quarter transparent: white letters keep a contrast of 10 to 1 on a white picture."""
_ONE_BOX = 4
"""A border style of libass: one box behind all lines, larger than they are by `shadow`. A box for each line (3) would show
where lines overlap."""


def script(rendition: Rendition, chunk: FrameSpan, fonts: Mapping[str, Typefaces] = OF_FONTS, *, before: int = 0) -> str:
    """The libass script of a chunk, on the chunk's own clock; empty if there is nothing to draw.

    On that clock `before` frames come before the chunk's first one.
    `fonts` are the typefaces of the fonts its look may name.
    """
    if rendition.style != LONG_VIDEO_STYLE.name:
        return word_script(rendition, chunk, fonts, before=before)
    cues = _cues_in(rendition.cues, chunk) if rendition.burn_in else ()
    spots = (Spot(cue.span, _text(cue, rendition)) for cue in cues)
    return drawn(spots, {"Default": _style(rendition)}, rendition, chunk, before=before)


def _cues_in(cues: tuple[Cue, ...], chunk: FrameSpan) -> tuple[Cue, ...]:
    """The captions shown in a chunk."""
    first = bisect_right(cues, chunk.start, key=lambda cue: cue.span.end)
    last = bisect_left(cues, chunk.end, key=lambda cue: cue.span.start)
    return tuple(cue for cue in cues[first:last] if cue.plain_lines)


def _style(rendition: Rendition) -> SSAStyle:
    em, height = _em(rendition), rendition.height
    bottom = height * (_PORTRAIT_MARGIN if height > rendition.width else _MARGIN)
    side = round(rendition.width * _MARGIN + em * _PADDING_EM)
    return SSAStyle(
        fontname=VIDEOS.latin.name,
        fontsize=font_size(em, VIDEOS.latin),
        primarycolor=_WHITE,
        backcolor=_BOX,
        borderstyle=_ONE_BOX,
        outline=0.0,
        shadow=round(em * _PADDING_EM, 2),
        alignment=Alignment.BOTTOM_CENTER,
        marginl=side,
        marginr=side,
        marginv=round(bottom + em * _PADDING_EM),
        encoding=BY_ITS_LETTERS,
    )


def _em(rendition: Rendition) -> float:
    return float((rendition.width * rendition.height) ** 0.5) * _EM


def _text(cue: Cue, rendition: Rendition) -> str:
    """A caption's lines as ASS; in smaller letters if one of them would leave the safe area."""
    lines, usual, hand = cue.plain_lines, _em(rendition), Hand(VIDEOS, rendition.language)
    room = rendition.width * (1 - 2 * _MARGIN) - 2 * usual * _PADDING_EM
    em = min(usual, max(room / max(0.01, *(width_em(line, hand) for line in lines)), usual * _SMALLEST))
    smaller = f"{{\\fs{font_size(em, VIDEOS.latin)}}}" if em < usual else ""
    mark = direction_mark(cue.text, rendition.language)
    return smaller + "\\N".join(mark + ass_text(line, em, hand) for line in lines)
