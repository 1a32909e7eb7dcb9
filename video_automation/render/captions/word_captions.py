"""Captions of clips: a few large words at a time, the spoken one highlighted; and the title in the first seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pysubs2 import Alignment, Color, SSAStyle

from video_automation.plan.choices import CLIP_STYLES, CaptionStyle
from video_automation.plan.cues import CueWord, plain_line
from video_automation.plan.rendition import Rendition
from video_automation.plan.text.legibility import reading_time
from video_automation.plan.text.marks import COLONS, ENDS, mark_at_end
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of
from video_automation.plan.time import FrameSpan, rounded
from video_automation.render.captions.ass_events import BY_ITS_LETTERS, Spot, drawn
from video_automation.render.captions.lettering import Hand, ass_text, direction_mark, font_size, width_em
from video_automation.render.captions.typefaces import CLIPS

_MOST_WORDS, _MOST_LETTERS = 4, 20
"""How much is read at a glance."""
_PAUSE_MS = 400
"""A pause this long ends a block; the block stays at most this long after its last word."""
_EM = 0.062
"""The size of letters as a share of the height of a 9:16 picture; wider pictures count as 9:16."""
_PORTRAIT_SIDES, _SIDES = 164 / 1080, 0.06
_PORTRAIT_BOTTOM, _BOTTOM = 1 - 1470 / 1920, 0.08
"""The margins at each side and below: the union of what TikTok, Reels and Shorts cover, kept symmetrical."""
_TOP = 0.145
_OUTLINE_EM, _PADDING_EM = 0.085, 0.1
_TITLE_S, _TITLE_EM = 3, 0.8
_BOXES = 3
"""A border style of libass: a box behind each run of letters, larger than they are by `outline`."""


@dataclass(frozen=True, slots=True)
class Block:
    """Words shown together."""

    span: FrameSpan
    words: tuple[CueWord, ...]


def word_script(rendition: Rendition, chunk: FrameSpan) -> str:
    """The libass script of a chunk of a clip, on the chunk's own clock; empty if there is nothing to draw."""
    spots: list[Spot] = []
    if rendition.burn_in:
        spots += (spot for block in blocks(rendition) for spot in _spots(block, rendition))
    title = words_of(plain_line(rendition.title or ""), rendition.language)
    if title:
        length = min(rendition.timeline.frames, rounded(rendition.timeline.rate * _TITLE_S))
        spots.append(Spot(FrameSpan(0, length), _lines(title, rendition, _TITLE_EM), "Title"))
    return drawn(spots, _styles(rendition), rendition, chunk)


def blocks(rendition: Rendition) -> tuple[Block, ...]:
    """The words of a clip's captions in blocks of three or four, each shown up to the next or a little longer than spoken."""
    pause = rounded(rendition.timeline.rate * _PAUSE_MS / 1000)
    groups = [group for phrase in _phrases(_words(rendition), pause) for group in _groups(phrase)]
    starts = [*(group[0].span.start for group in groups[1:]), *([rendition.timeline.frames] if groups else [])]
    return tuple(
        Block(FrameSpan(group[0].span.start, max(group[0].span.start + 1, min(following, group[-1].span.end + pause))), group)
        for group, following in zip(groups, starts, strict=True)
    )


def _words(rendition: Rendition) -> list[CueWord]:
    """All words; words a person has written share the time of their caption."""
    words: list[CueWord] = []
    for cue in rendition.cues:
        texts = () if cue.words else words_of(plain_line(cue.text), rendition.language)
        edges = [cue.span.start + cue.span.length * i // max(1, len(texts)) for i in range(len(texts) + 1)]
        shared = (CueWord(FrameSpan(a, max(a + 1, b)), text) for (a, b), text in zip(pairwise(edges), texts, strict=True))
        words += (word for word in (*cue.words, *shared) if plain_line(word.text))
    return words


def _phrases(words: Sequence[CueWord], pause: int) -> Iterator[tuple[CueWord, ...]]:
    """Words said in one go: up to a pause, or the end of a sentence or a clause."""
    phrase: list[CueWord] = []
    for word in words:
        if phrase and (word.span.start - phrase[-1].span.end >= pause or mark_at_end(phrase[-1].text) in ENDS | COLONS):
            yield tuple(phrase)
            phrase = []
        phrase.append(word)
    if phrase:
        yield tuple(phrase)


def _groups(phrase: tuple[CueWord, ...]) -> list[tuple[CueWord, ...]]:
    """A phrase in as few groups as possible, as equal as possible."""
    best: list[tuple[int, float, int]] = [(0, 0, 0)]  # for the first n words: groups, inequality, start of the last group
    for end in range(1, len(phrase) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            text = joined(word.text for word in phrase[start:end])
            if start < end - 1 and (text.count(" ") >= _MOST_WORDS or reading_time(text) > _MOST_LETTERS):
                break
            count, unequal, _ = best[start]
            options.append((count + 1, unequal + (reading_time(text) + 1) ** 2, start))
        best.append(min(options))
    edges = [len(phrase)]
    while edges[-1]:
        edges.append(best[edges[-1]][2])
    return [phrase[start:end] for start, end in pairwise(reversed(edges))]


def _spots(block: Block, rendition: Rendition) -> Iterator[Spot]:
    """A block, repeated for each of its words, with that word highlighted."""
    texts, style = [plain_line(word.text) for word in block.words], CLIP_STYLES[rendition.style]
    if not style.spoken and not style.box:
        yield Spot(block.span, _lines(texts, rendition), layer=1)
        return
    edges = [block.span.start, *(word.span.start for word in block.words[1:]), block.span.end]
    for spoken, (start, end) in enumerate(pairwise(edges)):
        if start >= end:
            continue
        if style.box:
            yield Spot(FrameSpan(start, end), _lines(texts, rendition, shown_only=spoken), "Box")
        yield Spot(FrameSpan(start, end), _lines(texts, rendition, coloured=spoken), layer=1)


def _lines(
    texts: Sequence[str], rendition: Rendition, share: float = 1, *, coloured: int | None = None, shown_only: int | None = None
) -> str:
    """Words as ASS, on as few lines as possible, in smaller letters if a single word would not fit."""
    usual, hand = _em(rendition) * share, Hand(CLIPS, rendition.language)
    room = rendition.width * (1 - 2 * _sides(rendition)) - 2 * usual * (_OUTLINE_EM + _PADDING_EM)
    rows = _rows(texts, room / usual, hand)
    em = min(usual, room / max(0.01, *(width_em(joined(texts[i] for i in row), hand) for row in rows)))
    style = CLIP_STYLES[rendition.style]
    marked = [_marked(ass_text(text, em, hand), place, style, coloured, shown_only) for place, text in enumerate(texts)]
    hidden = r"\alpha&HFF&" if shown_only is not None else ""
    mark = direction_mark(joined(texts), rendition.language)
    lines = (mark + "".join(_gap(texts, i) * (i > row.start) + marked[i] for i in row) for row in rows)
    return f"{{\\fs{font_size(em, CLIPS.latin)}{hidden}}}" + "\\N".join(lines)


def _gap(texts: Sequence[str], place: int) -> str:
    """The text between a word and the one before it: a space, or nothing."""
    return joined((texts[place - 1][-1], texts[place][0]))[1:-1] if place else ""


def _marked(text: str, place: int, style: CaptionStyle, coloured: int | None, shown_only: int | None) -> str:
    if place == coloured and style.spoken:
        return f"{{\\c{_tag(style.spoken)}}}{text}{{\\c{_tag(style.letters)}}}"
    if place == shown_only:  # only its box: the letters come in the layer above
        return f"{{\\3a&H00&\\4a&HFF&}}{text}{{\\3a&HFF&}}"
    return text


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


def _styles(rendition: Rendition) -> dict[str, SSAStyle]:
    em, upright, style = _em(rendition), rendition.height > rendition.width, CLIP_STYLES[rendition.style]
    side = round(rendition.width * _sides(rendition))
    usual = SSAStyle(
        fontname=CLIPS.latin.name,
        fontsize=font_size(em, CLIPS.latin),
        encoding=BY_ITS_LETTERS,
        primarycolor=_colour(style.letters),
        outlinecolor=_colour(style.outline),
        outline=round(em * _OUTLINE_EM, 2),
        shadow=0.0,
        alignment=Alignment.BOTTOM_CENTER,
        marginl=side,
        marginr=side,
        marginv=round(rendition.height * (_PORTRAIT_BOTTOM if upright else _BOTTOM) + em * _PADDING_EM),
    )
    above = round(rendition.height * (_TOP if upright else _BOTTOM) + em * _PADDING_EM)
    title = usual.copy()
    if rendition.captions_at == "high":
        usual.alignment, usual.marginv = Alignment.TOP_CENTER, above
    else:
        title.alignment, title.marginv = Alignment.TOP_CENTER, above
    if rendition.captions_at == "middle":
        usual.alignment = Alignment.MIDDLE_CENTER
    styles = {"Default": usual, "Title": title}
    if style.box:
        styles["Box"] = box = usual.copy()
        box.borderstyle, box.outlinecolor, box.outline = _BOXES, _colour(style.box), round(em * _PADDING_EM, 2)
    return styles


def _colour(written: str) -> Color:
    """A colour written "#RRGGBB"."""
    return Color(*bytes.fromhex(written.removeprefix("#")))


def _tag(written: str) -> str:
    """A colour written "#RRGGBB" as tags of ASS have it: blue, green, red."""
    return f"&H{written[5:7]}{written[3:5]}{written[1:3]}&"


def _em(rendition: Rendition) -> float:
    return (
        min(rendition.height, rendition.width * 4 / 3) * _EM if rendition.height <= rendition.width else rendition.height * _EM
    )


def _sides(rendition: Rendition) -> float:
    return _PORTRAIT_SIDES if rendition.height > rendition.width else _SIDES
