"""The background level of a video: the sound between words, second by second, as it changes."""

from collections.abc import Sequence

HOPS = 100
"""Levels in a second."""
_REACH = 15
"""Seconds around a moment that determine its background: longer than one breath of talk."""
_SHARE = 0.1
"""The share of the quietest moments: even hurried speech is at the background for more than a tenth of its time."""
_QUIETEST_DB = -120


def background_db(levels_db: Sequence[int]) -> list[int]:
    """The background's level in dB for each second of levels.

    Of the 15 s before and the 15 s after a moment, those with the higher background count: so a fan's noise counts as
    background from its first second to its last.
    """
    seconds = [levels_db[start : start + HOPS] for start in range(0, len(levels_db), HOPS)]
    before = _quiet_levels(seconds)
    after = reversed(_quiet_levels(seconds[::-1]))
    return [max(pair) for pair in zip(before, after, strict=True)]


def _quiet_levels(seconds: Sequence[Sequence[int]]) -> list[int]:
    """For each second, the quiet level of the 15 s that end with it; the first seconds share that of the first 15."""
    counts = [0] * (1 - _QUIETEST_DB)  # the number of levels for each whole dB: no sorting needed
    levels: list[int] = []
    for i, second in enumerate(seconds):
        for level in second:
            counts[-level] += 1
        for level in seconds[i - _REACH] if i >= _REACH else ():
            counts[-level] -= 1
        levels.append(_quiet_level(counts))
    return [levels[max(i, min(_REACH, len(levels)) - 1)] for i in range(len(levels))]


def _quiet_level(counts: Sequence[int]) -> int:
    wanted = _SHARE * sum(counts)
    seen = 0
    for level, count in enumerate(reversed(counts), _QUIETEST_DB):
        seen += count
        if seen > wanted:
            return level
    return 0
