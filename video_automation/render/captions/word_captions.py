"""Captions of clips: a few large words at a time, the spoken one marked; and the title in the first seconds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from video_automation.plan.choices import CaptionStyle
from video_automation.plan.cues import plain_line
from video_automation.plan.rendition import Rendition
from video_automation.plan.text.script import in_capitals
from video_automation.plan.text.segmentation import words_of
from video_automation.plan.time import FrameSpan, rounded
from video_automation.render.captions.ass_events import Spot, drawn
from video_automation.render.captions.clip_looks import GLOW_BLUR_EM, ass_styles, colour_tag, styled
from video_automation.render.captions.lettering import Hand, runs
from video_automation.render.captions.typefaces import Typefaces
from video_automation.render.captions.word_blocks import Block, Moment, blocks, moments
from video_automation.render.captions.word_lines import Marks, WordLines, WordState, at_height, word_lines, written

_TITLE_S, _TITLE_EM = 3, 0.8
_UNSEEN, _SEEN = r"{\alpha&HFF&}", r"{\alpha&H00&}"


def word_script(rendition: Rendition, chunk: FrameSpan, fonts: Mapping[str, Typefaces], *, before: int) -> str:
    """The libass script of a chunk of a clip, as `ass_captions.script` has it."""
    style = styled(rendition.style, rendition.look)
    hand = Hand(fonts[style.font], rendition.language)
    if style.boxed == "line" and _has_stacked_letters(hand, rendition):
        style = replace(style, boxed="block")
    spots: list[Spot] = []
    if rendition.burn_in:
        shown = (one for one in blocks(rendition, style) if one.span.start < chunk.end and chunk.start < one.span.end)
        spots += (spot for block in shown for spot in _block(block, style, rendition, hand))
    title = words_of(plain_line(rendition.title or ""), rendition.language)
    if title:
        spots += _title(title, style, rendition, hand)
    return drawn(spots, ass_styles(style, rendition, hand.faces.latin), rendition, chunk, before=before)


def _block(block: Block, style: CaptionStyle, rendition: Rendition, hand: Hand) -> Iterator[Spot]:
    """A block of captions, repeated for each of its moments."""
    texts = _cased((plain_line(word.text) for word in block.words), style, rendition)
    keys = frozenset(place for place, word in enumerate(block.words) if _is_key(word.span, rendition))
    lines = word_lines(texts, style, rendition, hand=hand, keys=keys)
    at = rendition.captions_at
    tags = at_height(lines, style, rendition, at) if isinstance(at, int) else ""
    for moment in moments(block, texts, style, rendition.timeline.rate):
        yield from _behind(lines, moment, style, tags=tags)
        yield Spot(moment.span, written(lines, moment, _letters(style, lines), tags), layer=2 if style.glow else 1)


def _title(title: tuple[str, ...], style: CaptionStyle, rendition: Rendition, hand: Hand) -> Iterator[Spot]:
    """The title, as one moment in which no word is spoken."""
    lines = word_lines(_cased(title, style, rendition), style, rendition, hand=hand, share=_TITLE_EM / style.size)
    moment = Moment(FrameSpan(0, min(rendition.timeline.frames, rounded(rendition.timeline.rate * _TITLE_S))))
    behind = tuple(_behind(lines, moment, style, of="Title"))
    yield from behind
    yield Spot(moment.span, written(lines, moment, _letters(style, lines)), "Title", layer=2 if behind else 0)


def _behind(lines: WordLines, moment: Moment, style: CaptionStyle, *, of: str = "", tags: str = "") -> Iterator[Spot]:
    """The box and the glow of words, each in a layer of its own, in which the letters themselves are not seen."""
    if style.box and (style.boxed != "word" or moment.spoken is not None):
        unseen = {"word": r"\alpha&HFF&", "line": r"\1a&HFF&", "block": r"\1a&HFF&\3a&HFF&"}[style.boxed]
        side, above = style.box_em
        reach = f"\\xbord{lines.em * side:.2f}\\ybord{lines.em * above:.2f}" if side != above else ""
        yield Spot(moment.span, written(lines, moment, _of_box(style), unseen + reach + tags), f"{of}Box")
    if style.glow:
        blur = f"\\blur{lines.em * GLOW_BLUR_EM:.1f}"
        yield Spot(moment.span, written(lines, moment, _of_glow(style), blur + tags), f"{of}Glow", layer=1)


def _letters(style: CaptionStyle, lines: WordLines) -> Marks:
    """The marks of the letters themselves: their colours, and which are unseen yet."""

    def marks(state: WordState, place: int) -> tuple[str, str]:
        if style.hidden and state == "waiting":
            return _UNSEEN, _SEEN
        own = {"spoken": style.spoken, "said": style.said}.get(state) or (style.keyword if place in lines.keys else None)
        if not own:
            return "", ""
        before, after = f"\\c{colour_tag(own)}", f"\\c{colour_tag(style.letters)}"
        if state == "spoken" and style.box and style.boxed == "word":  # an outline of another colour would make it fat
            before, after = f"{before}\\3c{colour_tag(style.box)}", f"{after}\\3c{colour_tag(style.outline)}"
        return f"{{{before}}}", f"{{{after}}}"

    return marks


def _of_box(style: CaptionStyle) -> Marks:
    """The marks of a box: it is behind the spoken word alone, or behind all words of its line that are seen."""
    shown = f"\\3a&H{style.box_alpha:02X}&"

    def marks(state: WordState, _place: int) -> tuple[str, str]:
        if style.boxed == "word":
            return (f"{{{shown}\\4a&HFF&}}", r"{\3a&HFF&}") if state == "spoken" else ("", "")
        return (r"{\3a&HFF&}", f"{{{shown}}}") if style.hidden and state == "waiting" and style.boxed == "line" else ("", "")

    return marks


def _of_glow(style: CaptionStyle) -> Marks:
    """The marks of a glow: it is only round words that are seen."""
    return lambda state, _place: (_UNSEEN, _SEEN) if style.hidden and state == "waiting" else ("", "")


def _has_stacked_letters(hand: Hand, rendition: Rendition) -> bool:
    """Whether letters have parts above or below: libass gives each of these a box of its own, which juts out of the line's."""
    texts = (
        rendition.title,
        *(word.text for cue in rendition.cues for word in cue.words),
        *(cue.text for cue in rendition.cues),
    )
    return any(run.face in hand.faces.scripts.values() for text in texts for run in runs(text, hand))


def _cased(texts: Iterable[str], style: CaptionStyle, rendition: Rendition) -> tuple[str, ...]:
    return tuple(in_capitals(text, rendition.language) if style.capitals else text for text in texts)


def _is_key(word: FrameSpan, rendition: Rendition) -> bool:
    """Whether a word belongs to a key phrase: its middle is spoken within one."""
    return any(one.start <= (word.start + word.end) // 2 < one.end for one in rendition.keywords)
