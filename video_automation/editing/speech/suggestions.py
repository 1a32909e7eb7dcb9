"""Finds what could still be cut out of what is said: filler words, long pauses, and words that are then said again."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median_low
from typing import Literal

from video_automation.editing.speech.fillers import filler_places
from video_automation.editing.speech.repetitions import SpokenWord, repetitions, spoken
from video_automation.editing.speech.sentences import ends_sentence
from video_automation.plan.document import Document
from video_automation.plan.text.script import joined
from video_automation.plan.time import ms_at

_LONG_MS = 1_000
"""A pause longer than this is suggested."""
_STAYS_MS, _STAYS_AFTER_SENTENCE_MS = 350, 600
"""What stays of a pause within a sentence, and of one after it."""
_BEFORE_NEXT_MS = 60
"""What stays before the word that follows a retake, so that its beginning is not cut off."""
_AS_LOUD = 4
"""A pause with sound louder than a quarter of the speech's, -12 dB, is none: there is music, applause or laughter,"""
_LASTING = 5
"""if it lasts for more than a fifth of the pause."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A stretch of the recording that could be cut out, in milliseconds."""

    kind: Literal["filler", "pause", "retake"]
    start_ms: int
    end_ms: int
    words: tuple[int, int] | None
    """The first and the last word that would go, by their index in the transcript; None for a pause."""
    text: str
    """What these words say."""


@dataclass(frozen=True, slots=True)
class Waveform:
    """How loud a recording is all along: peaks from 0 to 255 at a steady rate."""

    per_second: float
    peaks: Sequence[int]

    def between(self, start_ms: int, end_ms: int) -> Sequence[int]:
        """The peaks of a stretch."""
        return self.peaks[int(start_ms * self.per_second / 1000) : int(end_ms * self.per_second / 1000)]


def suggestions(document: Document, waveform: Waveform | None = None) -> tuple[Suggestion, ...]:
    """All that could be cut out of the video as it is now, in order.

    With the recording's waveform, pauses in which something else is heard are left out.
    """
    kept = _kept(document)
    if not kept or document.transcript is None:
        return ()
    places = frozenset(filler_places(document.transcript, document.params.speech))
    found = [
        *(
            Suggestion("filler", one.start_ms, one.end_ms, (one.place, one.place), one.text)
            for one in kept
            if one.place in places
        ),
        *_retakes([one for one in kept if one.place not in places]),
        *_pauses(kept, document, waveform),
    ]
    return tuple(sorted(found, key=lambda one: one.start_ms))


def _kept(document: Document) -> list[SpokenWord]:
    """The words that are in the video."""
    cuts, at, kept = _cuts(document), 0, []
    for word in spoken(document.transcript) if document.transcript else ():
        middle = (word.start_ms + word.end_ms) // 2
        while at < len(cuts) and cuts[at][1] <= middle:
            at += 1
        if at == len(cuts) or middle < cuts[at][0]:
            kept.append(word)
    return kept


def _cuts(document: Document) -> list[tuple[int, int]]:
    rate = document.source.picture.rate
    return [(ms_at(cut.span.start, rate), ms_at(cut.span.end, rate)) for cut in document.cuts]


def _retakes(words: Sequence[SpokenWord]) -> Iterator[Suggestion]:
    for first, again in repetitions(words):
        before, following = words[again - 1], words[again]
        end_ms = max(before.end_ms, following.start_ms - _BEFORE_NEXT_MS)
        text = joined(word.text for word in words[first:again])
        yield Suggestion("retake", words[first].start_ms, end_ms, (words[first].place, before.place), text)


def _pauses(words: Sequence[SpokenWord], document: Document, waveform: Waveform | None) -> Iterator[Suggestion]:
    cuts, speech = _cuts(document), _speech_peak(words, waveform)
    unwritten = document.transcript.unwritten if document.transcript else ()
    for a, b in pairwise(words):
        if b.start_ms - a.end_ms <= _LONG_MS or _uncut_ms(cuts, a.end_ms, b.start_ms) <= _LONG_MS:
            continue
        if any(part.start_ms < b.start_ms and a.end_ms < part.end_ms for part in unwritten):
            continue
        if waveform and _is_loud(waveform.between(a.end_ms, b.start_ms), speech):
            continue
        whole = not a.language.full_stops or ends_sentence(a.text, b.text, a.language)
        beside = (_STAYS_AFTER_SENTENCE_MS if whole else _STAYS_MS) // 2
        yield Suggestion("pause", a.end_ms + beside, b.start_ms - beside, None, "")


def _uncut_ms(cuts: Sequence[tuple[int, int]], start_ms: int, end_ms: int) -> int:
    """How much of a stretch is in the video."""
    near = cuts[bisect_right(cuts, start_ms, key=_end) :]
    within = takewhile(lambda cut: cut[0] < end_ms, near)
    return end_ms - start_ms - sum(min(end, end_ms) - max(start, start_ms) for start, end in within)


def _end(cut: tuple[int, int]) -> int:
    return cut[1]


def _speech_peak(words: Sequence[SpokenWord], waveform: Waveform | None) -> int:
    """The usual peak in the middle of a word."""
    middles = ((word.start_ms + word.end_ms) // 2 for word in words)
    peaks = [peak for ms in middles for peak in waveform.between(ms, ms + 40)] if waveform else []
    return median_low(peaks) if peaks else 0


def _is_loud(peaks: Sequence[int], speech: int) -> bool:
    return _LASTING * sum(_AS_LOUD * peak > speech for peak in peaks) > len(peaks)
