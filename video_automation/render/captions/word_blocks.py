"""Which words of a clip's captions are shown together, and what of them is spoken at each moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from video_automation.plan.choices import CaptionStyle
from video_automation.plan.cues import CueWord, plain_line
from video_automation.plan.rendition import Rendition
from video_automation.plan.text.legibility import clusters, reading_time
from video_automation.plan.text.marks import COLONS, ENDS, mark_at_end
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of
from video_automation.plan.time import FrameSpan, rounded

_MOST_LETTERS, _LETTERS_A_WORD = 20, 5
"""How much is read at a glance; of more words than usual, more."""
_PAUSE_MS = 400
"""A pause this long ends a block; the block stays at most this long after its last word."""
_GROWING_MS, _FIRST_SIZE = 130, 60
"""How long words grow that appear, and from which percentage of their size."""


@dataclass(frozen=True, slots=True)
class Block:
    """Words shown together."""

    span: FrameSpan
    words: tuple[CueWord, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Frames in which a block looks the same."""

    span: FrameSpan
    spoken: int | None = None
    """The word that is spoken; None if none is told apart."""
    letters: int | None = None
    """How many characters of that word have been spoken; None if it is not told."""
    size: int = 100
    """In percent of its usual size."""


def blocks(rendition: Rendition, style: CaptionStyle) -> tuple[Block, ...]:
    """The words of a clip's captions in blocks of a few, each shown up to the next or a little longer than spoken."""
    pause = rounded(rendition.timeline.rate * _PAUSE_MS / 1000)
    groups = [group for phrase in _phrases(_words(rendition), pause) for group in _groups(phrase, style.words)]
    starts = [*(group[0].span.start for group in groups[1:]), *([rendition.timeline.frames] if groups else [])]
    return tuple(
        Block(FrameSpan(group[0].span.start, max(group[0].span.start + 1, min(following, group[-1].span.end + pause))), group)
        for group, following in zip(groups, starts, strict=True)
    )


def moments(block: Block, texts: Sequence[str], style: CaptionStyle, rate: Fraction) -> Iterator[Moment]:
    """The moments of a block, in order, without gaps; its words are written as in `texts`. `rate` is in frames per second."""
    growing = rounded(rate * _GROWING_MS / 1000) if style.grows else 0
    for moment in _spoken(block, texts, style):
        at = moment.span.start
        while at < min(moment.span.end, block.span.start + growing):
            left = 1 - Fraction(at - block.span.start + 1, growing + 1)
            yield replace(moment, span=FrameSpan(at, at + 1), size=100 - rounded((100 - _FIRST_SIZE) * left**2))
            at += 1
        if at < moment.span.end:
            yield replace(moment, span=FrameSpan(at, moment.span.end))


def _spoken(block: Block, texts: Sequence[str], style: CaptionStyle) -> Iterator[Moment]:
    """The moments of a block by what is spoken."""
    if not (style.spoken or style.said or style.hidden or (style.box and style.boxed == "word")):
        yield Moment(block.span)
        return
    edges = [block.span.start, *(word.span.start for word in block.words[1:]), block.span.end]
    for place, (word, text, (start, end)) in enumerate(zip(block.words, texts, pairwise(edges), strict=True)):
        letters = clusters(text) if style.by_letter else ()
        spoken_until = min(word.span.end, end)
        for i in range(max(1, len(letters))):
            reached = sum(map(len, letters[: i + 1])) if letters else None
            first = start + (spoken_until - start) * i // max(1, len(letters))
            last = start + (spoken_until - start) * (i + 1) // len(letters) if i + 1 < len(letters) else end
            if first < last:
                yield Moment(FrameSpan(first, last), place, reached)


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


def _groups(phrase: tuple[CueWord, ...], most: int) -> list[tuple[CueWord, ...]]:
    """A phrase in as few groups of at most so many words as possible, as equal as possible."""
    best: list[tuple[int, float, int]] = [(0, 0, 0)]  # for the first n words: groups, inequality, start of the last group
    for end in range(1, len(phrase) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            text = joined(word.text for word in phrase[start:end])
            if start < end - 1 and _is_much(text, most):
                break
            count, unequal, _ = best[start]
            options.append((count + 1, unequal + (reading_time(text) + 1) ** 2, start))
        best.append(min(options))
    edges = [len(phrase)]
    while edges[-1]:
        edges.append(best[edges[-1]][2])
    return [phrase[start:end] for start, end in pairwise(reversed(edges))]


def _is_much(text: str, most: int) -> bool:
    """Whether several words are too many for one group; those without spaces between are counted by their letters."""
    spaces = text.count(" ")
    letters = most * _LETTERS_A_WORD
    return most == 1 or spaces >= most or reading_time(text) > (max(_MOST_LETTERS, letters) if spaces else letters)
