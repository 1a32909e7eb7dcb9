"""Corrects the times of words: a speech model lets words reach into pauses, and gives some words no time at all."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from video_automation.plan.source.heard import SPEECH_HOP_MS
from video_automation.plan.source.transcript import Word

_VOICE = 50
"""Percent of voice probability that counts as speech."""
_BEFORE_MS, _AFTER_MS = 130, 60
"""How much before and after the voice the network detects a word may begin and end."""
_WITHIN_MS = 200
"""A longer pause lies between words, not within one."""
_SHORTEST_MS = 20


def timed(words: Iterable[Word], speech: Sequence[int], end_ms: int) -> tuple[Word, ...]:
    """The words with times moved to the voice, none before the end of the one before it, none past `end_ms`."""
    result: list[Word] = []
    free_ms = 0
    for word in (word for group in _sharing(words) for word in _placed(group, speech)):
        start_ms = max(free_ms, word.start_ms)
        if start_ms + _SHORTEST_MS > end_ms:
            break
        free_ms = min(end_ms, max(start_ms + _SHORTEST_MS, word.end_ms))
        result.append(replace(word, start_ms=start_ms, end_ms=free_ms))
    return tuple(result)


def _sharing(words: Iterable[Word]) -> list[list[Word]]:
    """Groups of words that share their time: words without time join the word before, or else the one after."""
    groups: list[list[Word]] = []
    for word in words:
        before = groups[-1][-1] if groups else None
        if before and before.end_ms == word.start_ms and (_timeless(before) or _timeless(word)):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _timeless(word: Word) -> bool:
    return word.end_ms - word.start_ms < _SHORTEST_MS


def _placed(group: Sequence[Word], speech: Sequence[int]) -> Iterable[Word]:
    """The words, placed side by side in the time of their group, in proportion to their letters."""
    at_ms, end_ms = _at_voice(group[0].start_ms, group[-1].end_ms, speech)
    letters = sum(len(word.text) for word in group)
    for word in group:
        until_ms = end_ms - (end_ms - at_ms) * (letters - len(word.text)) // letters
        letters -= len(word.text)
        yield replace(word, start_ms=at_ms, end_ms=until_ms)
        at_ms = until_ms


def _at_voice(start_ms: int, end_ms: int, speech: Sequence[int]) -> tuple[int, int]:
    """The time without the pauses at its edges; if a pause splits it, the longer part."""
    first = start_ms // SPEECH_HOP_MS
    voiced = [hop for hop, percent in enumerate(speech[first : -(-end_ms // SPEECH_HOP_MS)], start=first) if percent >= _VOICE]
    if not voiced:
        return start_ms, end_ms
    parts = [[voiced[0]]]
    for hop in voiced[1:]:
        if (hop - parts[-1][-1]) * SPEECH_HOP_MS > _WITHIN_MS:
            parts.append([])
        parts[-1].append(hop)
    longest = max(parts, key=len)
    begins_ms, ends_ms = longest[0] * SPEECH_HOP_MS - _BEFORE_MS, (longest[-1] + 1) * SPEECH_HOP_MS + _AFTER_MS
    return max(start_ms, begins_ms), min(end_ms, ends_ms)
