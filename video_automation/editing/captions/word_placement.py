"""Places the kept words in the video: in its frames and its shots."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from video_automation.editing.captions.linebreaks import split_word
from video_automation.plan.source.transcript import Word
from video_automation.plan.text.legibility import columns
from video_automation.plan.time import FrameSpan, frame_at
from video_automation.plan.timeline import Timeline

_LEAD_MS, _AFTER_CUT = 200, 2
"""If a shot begins no longer than this before its first word, the caption appears this many frames after the cut; the caption
before it can stay until then."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word as it is spoken in the video; or several words spoken within one frame."""

    texts: tuple[str, ...]
    start_ms: int
    """Its start in the source."""
    span: FrameSpan
    """The timeline frames in which it is spoken."""
    opens: int
    """The first frame of a caption that begins with it."""
    shot: FrameSpan
    """The timeline frames from the cut before it to the cut after it."""


@dataclass(frozen=True, slots=True)
class _Shot:
    """A kept span of the source, and its place on the timeline."""

    kept: FrameSpan
    placed: FrameSpan


def placed_words(words: Sequence[Word], timeline: Timeline, longest: int) -> tuple[PlacedWord, ...]:
    """The words whose middle is kept, in order, without overlaps; words longer than a line of `longest` come in pieces."""
    fitting = [piece for word in words for piece in _in_pieces(word, longest)]
    return tuple(
        placed
        for shot, heard in groupby(_shown(fitting, timeline), key=lambda pair: pair[0])
        for placed in _within(shot, [word for _, word in heard], timeline.rate, longest)
    )


def _in_pieces(word: Word, longest: int) -> Iterator[Word]:
    """The word's pieces that fit a line; its time is shared between them."""
    cut = split_word(word.text, longest)
    edges = [word.start_ms + (word.end_ms - word.start_ms) * i // len(cut) for i in range(len(cut) + 1)]
    for text, (start_ms, end_ms) in zip(cut, pairwise(edges), strict=True):
        yield Word(start_ms, end_ms, text, word.confidence)


def _shown(words: Sequence[Word], timeline: Timeline) -> Iterator[tuple[_Shot, Word]]:
    """Each word whose middle is kept, with its shot."""
    shots = [_Shot(kept, FrameSpan(start, start + kept.length)) for start, kept in timeline.placed()]
    starts = [shot.kept.start for shot in shots]
    for word in words:
        middle = (word.start_ms + word.end_ms) * timeline.rate // 2000
        i = bisect_right(starts, middle) - 1
        if i >= 0 and middle < shots[i].kept.end:
            yield shots[i], word


def _within(shot: _Shot, words: Sequence[Word], rate: Fraction, longest: int) -> Iterator[PlacedWord]:
    """The words of one shot, each from its own frame or the next free one; without a free frame it joins the word before."""
    first, beyond = shot.placed.start, shot.placed.end
    offset = first - shot.kept.start
    spans: list[FrameSpan] = []
    texts: list[list[str]] = []
    starts: list[int] = []
    free, room = first, 0.0
    for word in words:
        start = max(first, min(beyond - 1, frame_at(word.start_ms, rate) + offset))
        end = min(beyond, frame_at(word.end_ms, rate) + offset)
        wide = columns(word.text) + 1
        if start < free and (free == beyond or (end <= free and wide <= room)):
            texts[-1].append(word.text)
            room -= wide
        else:
            start = max(start, free)
            spans.append(FrameSpan(start, max(end, start + 1)))
            texts.append([word.text])
            starts.append(word.start_ms)
            free, room = start + 1, longest - wide + 1
    following_starts = [*(span.start for span in spans[1:]), beyond]
    for span, following, together, start_ms in zip(spans, following_starts, texts, starts, strict=True):
        leads = span == spans[0] and span.start - first <= frame_at(_LEAD_MS, rate)
        spoken = FrameSpan(span.start, min(span.end, following))
        opens = min(span.start, first + _AFTER_CUT) if leads else span.start
        yield PlacedWord(tuple(together), start_ms, spoken, opens, shot.placed)
