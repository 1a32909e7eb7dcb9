"""Gives the transcript the words of captions a person has written, so that clips show the same text as the video."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from video_automation.plan.cues import DASH, Cue
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of
from video_automation.plan.time import ms_at
from video_automation.plan.timeline import Timeline

_WRITTEN = 100
"""Percent of confidence in a word that a person has written."""


def reworded(said: Transcript, written: Sequence[Cue], video: Timeline) -> Transcript:
    """The transcript with the words of these captions; unchanged words keep their times, new ones share the time between.

    A word belongs to the caption shown at the middle of the word, or else to the last one shown before.
    """
    starts = [cue.span.start for cue in written]
    heard: dict[int, list[Word]] = defaultdict(list)
    for word in said.words:
        place = video.timeline_frame(int((word.start_ms + word.end_ms) * video.rate // 2000))
        if place is not None:
            heard[max(0, bisect_right(starts, place) - 1)].append(word)
    words = (word for i, cue in enumerate(written) for word in _as_written(heard[i], cue, video, said.language))
    return replace(said, words=tuple(sorted(words, key=lambda word: word.start_ms)))


def _as_written(heard: Sequence[Word], cue: Cue, video: Timeline, language: str) -> Iterator[Word]:
    """The words of one caption, given the words heard while it is shown."""
    text = joined(line.removeprefix(DASH) for line in cue.lines)
    texts, known = words_of(text, language), [word.text for word in heard]
    if joined(texts) == joined(known):
        yield from heard
        return
    if cue.words:
        yield from _timed(cue, video)
        return
    begin, end = (ms_at(video.source_frame(frame), video.rate) for frame in (cue.span.start, cue.span.end - 1))
    yield from rewritten(heard, texts, begin_ms=begin, end_ms=end)


def rewritten(heard: Sequence[Word], texts: Sequence[str], *, begin_ms: int, end_ms: int) -> Iterator[Word]:
    """These texts as words: those that were heard keep their times, others share the time between."""
    known = [word.text for word in heard]
    for tag, i, j, first, last in SequenceMatcher(None, known, texts, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from heard[i:j]
        elif first < last:
            start = heard[i].start_ms if i < j else heard[i - 1].end_ms if i else begin_ms
            end = heard[j - 1].end_ms if i < j else heard[i].start_ms if i < len(heard) else end_ms
            yield from _shared(texts[first:last], start, max(end, start + last - first))


def _timed(cue: Cue, video: Timeline) -> Iterator[Word]:
    """The words of a caption that has times for its words."""
    for word in cue.words:
        first, last = video.source_frame(word.span.start), video.source_frame(word.span.end - 1)
        text = word.text.removeprefix(DASH)
        if text != DASH.strip():
            yield Word(ms_at(first, video.rate), ms_at(last + 1, video.rate), text, _WRITTEN)


def _shared(texts: Sequence[str], start_ms: int, end_ms: int) -> Iterator[Word]:
    """Words that share a time evenly."""
    edges = [start_ms + (end_ms - start_ms) * i // len(texts) for i in range(len(texts) + 1)]
    for text, (start, end) in zip(texts, pairwise(edges), strict=True):
        yield Word(start, end, text, _WRITTEN)
