"""Finds the sound worth keeping: speech, with its quiet beginnings and endings, and other sound as loud as speech.

The voice network tells speech from other sounds well, but is only accurate to some 30 ms at an ending, and up to half a second
late at a beginning after silence. So edges of speech are moved to where the level meets the background. The numbers below were
measured on read sentences of six voices, clean and with white, pink and fan noise down to 15 dB below the speech.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from video_automation.editing.speech.background import HOPS, background_db
from video_automation.editing.time_range import TimeRange, merged_ranges
from video_automation.plan.source.heard import LEVEL_HOP_MS, SPEECH_HOP_MS, Hearing

_SPEECH_BEGINS, _SPEECH_ENDS = 50, 35
"""Percent of voice probability at which speech begins, and below which it ends."""
_SOME_SPEECH_MS = 500
"""Less speech than this in a whole video is the network's mistake: no video is cut down to it."""

_LIVELY_DB = 6
"""A sound has to be this far above the background,"""
_HEARD_DB = -45
"""and no further than this below the speech, or it is inaudible: in digital silence anything is above the background."""
_SURELY_HEARD_DB = -12
"""But anything this near to the speech is a sound, however noisy the video."""

_ONSET_REACH_MS = 500
_ENDING_REACH_MS = 250
"""How far outside the network's edges a word may begin and end."""
_SHRINK_MS = 60
"""How far inside them."""
_CLOSURE_MS = 130
"""The longest quiet within a word: the closure before a "t" or "p"."""

_LOUD_DB = -12
"""Other sound counts if it comes this near to the speech,"""
_OVER_BACKGROUND_DB = 15
"""is this far above the background of the video's quieter part,"""
_LOUD_LASTS_MS = 500
"""and lasts this long: music, applause, a ringing phone; not a cough or a click."""
_LOUD_GAP_MS = 150
"""Beats and claps no further apart than this are one sound, if half of the time is loud."""


def utterances(hearing: Hearing) -> tuple[TimeRange, ...]:
    """The stretches with sound worth keeping, in order and apart; empty if there is no speech."""
    spoken = _spoken(hearing.speech)
    if sum(stretch.length for stretch in spoken) < _SOME_SPEECH_MS:
        return ()
    levels = hearing.levels_db
    background = background_db(levels)
    speech_db = median_low([level for part in spoken for level in levels[_hop(part.start) : _hop(part.end)]])
    quieter = sorted(background)[len(background) // 10]
    loud_db = max(speech_db + _LOUD_DB, quieter + _OVER_BACKGROUND_DB)
    return merged_ranges((*_refined(spoken, _lively(levels, background, speech_db)), *_loud(levels, loud_db)), across_ms=0)


def _hop(ms: int) -> int:
    return ms // LEVEL_HOP_MS


def _spoken(speech: Sequence[int]) -> list[TimeRange]:
    """The stretches of speech by the network's probabilities."""
    stretches = []
    begun: int | None = None
    for window, percent in enumerate((*speech, 0)):
        if begun is None and percent >= _SPEECH_BEGINS:
            begun = window
        elif begun is not None and percent < _SPEECH_ENDS:
            stretches.append(TimeRange(begun * SPEECH_HOP_MS, window * SPEECH_HOP_MS))
            begun = None
    return stretches


def _lively(levels: Sequence[int], background: Sequence[int], speech_db: int) -> list[bool]:
    """Whether each level is a sound; a single one between two that are not does not count."""
    surely, least = speech_db + _SURELY_HEARD_DB, speech_db + _HEARD_DB
    bounds = [max(least, min(surely, level + _LIVELY_DB)) for level in background]
    above = [level >= bounds[i // HOPS] for i, level in enumerate(levels)]
    beside = zip([False, *above], [*above[1:], False], strict=False)
    return [here and (before or after) for here, (before, after) in zip(above, beside, strict=True)]


def _refined(spoken: Sequence[TimeRange], lively: Sequence[bool]) -> list[TimeRange]:
    """The stretches with their edges moved to where the sound begins and ends."""
    hops = len(lively)
    mirrored = lively[::-1]
    result = []
    for stretch in spoken:
        start = hops - _ending(mirrored, hops - _hop(stretch.start), reach=_hop(_ONSET_REACH_MS))
        end = _ending(lively, min(hops, _hop(stretch.end)), reach=_hop(_ENDING_REACH_MS))
        if start < end:
            result.append(TimeRange(start * LEVEL_HOP_MS, end * LEVEL_HOP_MS))
    return result


def _ending(lively: Sequence[bool], near: int, *, reach: int) -> int:
    """The hop at which the sound around hop `near` ends."""
    end = near
    for hop in range(near, min(len(lively), near + reach)):
        if lively[hop]:
            end = hop + 1
        elif hop - end >= _hop(_CLOSURE_MS):
            break
    while near >= end > max(0, near - _hop(_SHRINK_MS)) and not lively[end - 1]:
        end -= 1
    return end


def _loud(levels: Sequence[int], loud_db: int) -> list[TimeRange]:
    """The stretches of lasting loud sound."""
    edges = [level >= loud_db for level in (loud_db - 1, *levels, loud_db - 1)]
    changes = [hop * LEVEL_HOP_MS for hop, (before, after) in enumerate(pairwise(edges)) if before != after]
    bursts = [TimeRange(start, end) for start, end in zip(changes[::2], changes[1::2], strict=True)]
    return [
        stretch
        for stretch in merged_ranges(bursts, across_ms=_LOUD_GAP_MS)
        if stretch.length >= _LOUD_LASTS_MS
        and 2 * sum(edges[1 + _hop(stretch.start) : 1 + _hop(stretch.end)]) * LEVEL_HOP_MS >= stretch.length
    ]
