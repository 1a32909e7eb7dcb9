"""Sets a clip's words in lines, in a size that fits, and writes them as ASS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from video_automation.plan.choices import CaptionStyle
from video_automation.plan.rendition import Rendition
from video_automation.plan.text.script import joined
from video_automation.render.captions.clip_looks import em_px, reach_em, sides
from video_automation.render.captions.lettering import Hand, ass_text, direction_mark, font_size, width_em
from video_automation.render.captions.word_blocks import Moment

WordState = Literal["said", "spoken", "waiting", "none"]
"""Whether a word was spoken before, is spoken, or comes later; "none" where words are not told apart."""
Marks = Callable[[WordState, int], tuple[str, str]]
"""The tags before and after a word, by its state and its place among the words."""


@dataclass(frozen=True, slots=True)
class WordLines:
    """Words in lines."""

    texts: tuple[str, ...]
    rows: tuple[range, ...]
    """The words of each line."""
    em: float
    """The size of their letters, in pixels."""
    hand: Hand
    keys: frozenset[int]
    """The words that belong to key phrases."""


def word_lines(
    texts: tuple[str, ...],
    style: CaptionStyle,
    rendition: Rendition,
    *,
    hand: Hand,
    share: float = 1,
    keys: frozenset[int] = frozenset(),
) -> WordLines:
    """Words on as few lines as possible, in smaller letters if a single word would not fit; `share` is of the usual size."""
    usual = em_px(rendition) * style.size * share
    room = rendition.width * (1 - 2 * sides(rendition)) - 2 * usual * reach_em(style)
    rows = _rows(texts, room / usual, hand)
    em = min(usual, room / max(0.01, *(width_em(joined(texts[i] for i in row), hand) for row in rows)))
    return WordLines(texts, tuple(rows), em, hand, keys)


def at_height(lines: WordLines, style: CaptionStyle, rendition: Rendition, percent: int) -> str:
    """The ASS tags that put the middle of some lines at a height, in percent of the picture's from below, but inside it."""
    half = lines.em * (lines.hand.faces.latin.line_em * len(lines.rows) / 2 + 2 * reach_em(style))
    middle = max(half, min(rendition.height - half, rendition.height * (100 - percent) / 100))
    return f"\\an5\\pos({rendition.width / 2:g},{round(middle)})"


def written(lines: WordLines, moment: Moment, marks: Marks, tags: str = "") -> str:
    """The lines as ASS at a moment, with these tags at the beginning."""
    mark = direction_mark(joined(lines.texts), lines.hand.language)
    rows = (
        mark + "".join(_marked(lines, i, moment, marks, gap=_gap(lines.texts, i) * (i > row.start)) for i in row)
        for row in lines.rows
    )
    size = "" if moment.size == 100 else f"\\fscx{moment.size}\\fscy{moment.size}"
    return f"{{\\fs{font_size(lines.em, lines.hand.faces.latin)}{tags}{size}}}" + "\\N".join(rows)


def _marked(lines: WordLines, place: int, moment: Moment, marks: Marks, *, gap: str) -> str:
    """A word with its marks and the gap before it; a word of which only some letters are spoken has those of two states."""
    state, text = _state(place, moment.spoken), lines.texts[place]
    before, after = marks(state, place)
    if state == "spoken" and moment.letters is not None and moment.letters < len(text):
        following, after_all = marks("waiting", place)
        return gap + before + ass_text(text, lines.em, lines.hand, cut=moment.letters, tags=after + following) + after_all
    if state == "waiting":  # the gap waits too
        gap, before = "", before + gap
    return gap + before + ass_text(text, lines.em, lines.hand) + after


def _state(place: int, spoken: int | None) -> WordState:
    if spoken is None:
        return "none"
    return "spoken" if place == spoken else "said" if place < spoken else "waiting"


def _gap(texts: Sequence[str], place: int) -> str:
    """The text between a word and the one before it: a space, or nothing."""
    return joined((texts[place - 1][-1], texts[place][0]))[1:-1] if place else ""


def _rows(texts: Sequence[str], most_em: float, hand: Hand) -> list[range]:
    """The words of each line: as few lines as possible, then as equal as possible."""
    space = width_em(" ", hand)
    widths = [width_em(text, hand) + space * len(_gap(texts, i)) for i, text in enumerate(texts)]
    for count in range(1, len(texts) + 1):
        target = sum(widths) / count
        rows: list[range] = []
        start, filled = 0, 0.0
        for i, width in enumerate(widths):
            if i > start and filled + width / 2 > target and len(rows) < count - 1:
                rows.append(range(start, i))
                start, filled = i, 0.0
            filled += width
        rows.append(range(start, len(texts)))
        if all(sum(widths[i] for i in row) - space * len(_gap(texts, row.start)) <= most_em for row in rows):
            return rows
    return [range(i, i + 1) for i in range(len(texts))]
