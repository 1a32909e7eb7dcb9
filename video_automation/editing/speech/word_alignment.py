"""Aligns words to the sound: a speech model knows words well and their edges badly, above all at pauses."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from video_automation.editing.time_range import TimeRange
from video_automation.plan.source.transcript import Word

_WITHIN_WORD_MS = 200
"""A pause no longer than this may lie within a word."""
_LATE_MS, _EARLY_MS = 400, 600
"""How late a word after a pause may be timed against its sound, and how far from its sound a word may be timed."""
_SHORTEST_MS = 20


def aligned_words(words: Sequence[Word], heard: Sequence[TimeRange]) -> tuple[Word, ...]:
    """The words, in order and apart, with their edges at those of the sound.

    A word that reaches into a pause ends, or begins, with the sound. A word that lies over a pause goes where most of it is
    heard. A word beside a sound moves into it; one with no sound near stays as it is. The first word after a pause begins where
    the sound does.
    """
    placed = [_placed(word, heard) for word in words]
    begun = [_begun(before, word, heard) for before, word in pairwise((None, *placed)) if word]
    return _in_order(begun)


def _placed(word: Word, heard: Sequence[TimeRange]) -> Word:
    near = _near(word, heard, _EARLY_MS)
    if not near:
        return word
    over = [part for part in near if _shared(word, part) > 0]
    if not over:
        return _moved(word, min(near, key=lambda part: max(part.start - word.end_ms, word.start_ms - part.end)))
    own = max(_close_together(over), key=lambda part: _shared(word, part))
    return replace(word, start_ms=max(word.start_ms, own.start), end_ms=min(word.end_ms, own.end))


def _near(word: Word, heard: Sequence[TimeRange], within_ms: int) -> list[TimeRange]:
    """The stretches that begin or end within this distance of a word, or lie under it."""
    first = max(0, bisect_left(heard, TimeRange(word.start_ms, word.start_ms)) - 1)
    found = []
    for part in heard[first:]:
        if part.start > word.end_ms + within_ms:
            break
        if part.end >= word.start_ms - within_ms:
            found.append(part)
    return found


def _close_together(stretches: Iterable[TimeRange]) -> list[TimeRange]:
    """The stretches, joined if a word may continue across the gap."""
    result: list[TimeRange] = []
    for part in stretches:
        if result and part.start - result[-1].end <= _WITHIN_WORD_MS:
            result[-1] = TimeRange(result[-1].start, part.end)
        else:
            result.append(part)
    return result


def _moved(word: Word, part: TimeRange) -> Word:
    """A word just beside a stretch, moved into it."""
    length = min(word.end_ms - word.start_ms, part.length)
    if word.end_ms <= part.start:
        return replace(word, start_ms=part.start, end_ms=part.start + length)
    return replace(word, start_ms=part.end - length, end_ms=part.end)


def _begun(before: Word | None, word: Word, heard: Sequence[TimeRange]) -> Word:
    """The first word of a stretch, moved to the stretch's beginning if it is timed only a little later."""
    over = [part for part in _near(word, heard, 0) if _shared(word, part) > 0]
    if not over:
        return word
    start = over[0].start
    first = before is None or before.end_ms <= start or before.start_ms < start
    if first and start < word.start_ms <= start + _LATE_MS:
        return replace(word, start_ms=max(start, before.end_ms if before else 0))
    return word


def _in_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without overlaps; none shorter than a sound can be."""
    result: list[Word] = []
    for word in words:
        start = max(word.start_ms, result[-1].end_ms if result else 0)
        if result and start > word.start_ms and start >= word.end_ms:  # both claim the same place: they share it
            before = result[-1]
            middle = max(before.start_ms + _SHORTEST_MS, (before.start_ms + before.end_ms) // 2)
            result[-1] = replace(before, end_ms=middle)
            start = middle
        result.append(replace(word, start_ms=start, end_ms=max(word.end_ms, start + _SHORTEST_MS)))
    return tuple(result)


def _shared(word: Word, part: TimeRange) -> int:
    return min(word.end_ms, part.end) - max(word.start_ms, part.start)
