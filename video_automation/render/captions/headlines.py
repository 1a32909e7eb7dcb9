"""The headline over a thumbnail: letters as large as fit, so that it can be read where the picture is 160 pixels wide."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pysubs2 import Alignment, Color, SSAEvent, SSAStyle

from video_automation.plan.still import Still
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of
from video_automation.render.captions.ass_events import BY_ITS_LETTERS, whole_script
from video_automation.render.captions.lettering import Hand, ass_text, direction_mark, font_size, width_em
from video_automation.render.captions.typefaces import CLIPS

_LARGEST = 0.2
"""The largest size of letters, as a share of the square root of the picture's area."""
_SIDES = 0.04
"""The margin at each side, as a share of the width."""
_BELOW, _BELOW_TALL = 0.09, 0.24
"""The margin below, as a share of the height: platforms show the length of the video there, and over tall pictures more."""
_ROOM, _ROOM_TALL = 0.58, 0.34
"""The share of the height in which the lines have to fit."""
_MOST_LINES = 4
_OUTLINE_EM, _SHADE_EM, _SHADE_BLUR_EM = 0.09, 0.2, 0.12
_LETTERS, _DARK, _SHADE = Color(255, 255, 255), Color(0, 0, 0), Color(0, 0, 0, 64)
_WHILE_MS = 1_000
"""The script is for a picture at time 0."""


def headline_script(still: Still) -> str:
    """The libass script that draws a still's headline over it, at time 0; without events if it has none.

    The letters are white with a black outline, on a soft shade: to be read on any picture.
    """
    words, hand = words_of(still.headline, still.language), Hand(CLIPS, still.language)
    if not words:
        return whole_script(still.width, still.height, {}, ())
    em, lines = max(_fitting(words, hand, still), key=lambda one: one[0])
    mark = direction_mark(still.headline, still.language)
    text = f"{{\\fs{font_size(em, CLIPS.latin)}}}" + "\\N".join(mark + ass_text(line, em, hand) for line in lines)
    shade = f"{{\\blur{em * _SHADE_BLUR_EM:.1f}}}{text}"
    styles = {"Shade": _style(still, em, _SHADE, _SHADE_EM), "Default": _style(still, em, _DARK, _OUTLINE_EM)}
    events = (SSAEvent(0, _WHILE_MS, shade, style="Shade"), SSAEvent(0, _WHILE_MS, text, layer=1))
    return whole_script(still.width, still.height, styles, events)


def _fitting(words: Sequence[str], hand: Hand, still: Still) -> Iterable[tuple[float, tuple[str, ...]]]:
    """The largest size of letters, in pixels, for each number of lines, and the lines."""
    across = still.width * (1 - 2 * _SIDES)
    high = still.height * (_ROOM_TALL if still.height > still.width else _ROOM)
    for count in range(1, min(_MOST_LINES, len(words)) + 1):
        lines = _lines(words, count, hand)
        widest = max(width_em(line, hand) for line in lines)
        fits = min(across / (widest + 2 * _OUTLINE_EM), high / (count * hand.faces.latin.line_em))
        yield min(fits, float((still.width * still.height) ** 0.5) * _LARGEST), lines


def _lines(words: Sequence[str], count: int, hand: Hand) -> tuple[str, ...]:
    """Words as so many lines, the widest of which is as narrow as possible."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}  # for the first n words: the widest line, where lines end
    for _ in range(count):
        best = {
            end: min(
                (max(wide, width_em(joined(words[start:end]), hand)), (*ends, end))
                for start, (wide, ends) in best.items()
                if start < end
            )
            for end in range(min(best) + 1, len(words) + 1)
        }
    return tuple(joined(words[start:end]) for start, end in pairwise(best[len(words)][1]))


def _style(still: Still, em: float, around: Color, reach_em: float) -> SSAStyle:
    side = round(still.width * _SIDES)
    return SSAStyle(
        fontname=CLIPS.latin.name,
        fontsize=font_size(em, CLIPS.latin),
        encoding=BY_ITS_LETTERS,
        primarycolor=_LETTERS,
        outlinecolor=around,
        outline=round(em * reach_em, 2),
        shadow=0.0,
        alignment=Alignment.BOTTOM_CENTER,
        marginl=side,
        marginr=side,
        marginv=round(still.height * (_BELOW_TALL if still.height > still.width else _BELOW)),
    )
