"""Compares the sampled channels: their speech, their loudness, and whether two hold the same sound."""

from collections.abc import Collection, Sequence
from math import log10
from statistics import median, quantiles
from typing import Literal

from video_automation.plan.source.tracks_heard import QUIETEST_DB, SPEAKS, HeardChannel, TracksHeard

Relation = Literal["same", "version", "own"]
"""A channel against others: a copy or a part of their mix; the same talk, or another one, at the same times; its own sound."""

_SILENT_DB = -70
_FEWEST = 2
"""Windows that must have speech: half a second may be a mistake."""
_COPY = 60
"""Percent of likeness from which on one channel holds the sound of the other."""
_TOGETHER = 0.7
"""The share of each channel's speech that coincides with the other's in two versions of a recording."""
_APART_DB, _APART = 8, 0.5
"""Two microphones differ this much from their usual difference most of the time: now one is loud, now the other."""
_FAR_APART_DB, _FAR_APART = 15, 0.03
"""A rarely used microphone stands out by this much, at least this share of the time."""
_CLEAREST_DB = 40
_QUIET_DB, _MORE = 20, 0.02
"""A channel this far below its speech is quiet; a mix is loud at least this share of a microphone's quiet time."""


def silent(channel: HeardChannel) -> bool:
    """Whether it is silent."""
    return max(channel.levels_db, default=QUIETEST_DB) <= _SILENT_DB


def speech_windows(channel: HeardChannel) -> list[int]:
    """The windows with speech."""
    return [number for number, percent in enumerate(channel.speech) if percent >= SPEAKS]


def speaks(channel: HeardChannel) -> bool:
    """Whether it has speech."""
    return len(speech_windows(channel)) >= _FEWEST


def loudness_db(channel: HeardChannel, windows: Collection[int]) -> float:
    """Its mean loudness in these windows."""
    power = sum(10 ** (channel.levels_db[number] / 10) for number in windows) / max(1, len(windows))
    return 10 * log10(max(power, 10 ** (QUIETEST_DB / 10)))


def clearness_db(channel: HeardChannel) -> float:
    """How far its speech stands out from its pauses, at most 40 dB."""
    return min(_CLEAREST_DB, loudness_db(channel, speech_windows(channel)) - min(channel.levels_db))


def has_more(one: HeardChannel, other: HeardChannel) -> bool:
    """Whether one channel goes on while the other is quiet, as a mix does while one of its microphones is."""
    loud, quiet = (loudness_db(channel, speech_windows(channel)) - _QUIET_DB for channel in (one, other))
    alone = sum(here > loud and there < quiet for here, there in zip(one.levels_db, other.levels_db, strict=True))
    return alone >= max(_FEWEST, _MORE * len(one.levels_db))


def relation(heard: TracksHeard, one: int, others: Sequence[int]) -> Relation:
    """The relation of channel `one` to the channels `others`, of which there is at least one."""
    held = any(abs(heard.alike[other][one]) >= _COPY for other in others)
    own = speech_windows(heard.channels[one])
    known = {number for other in others for number in speech_windows(heard.channels[other])}
    shared = [number for number in own if number in known]
    if len(shared) < _FEWEST or not (held or len(shared) >= _TOGETHER * max(len(own), len(known))):
        return "same" if held else "own"
    if _apart(heard, one, others, shared):
        return "own"
    return "same" if held else "version"


def _apart(heard: TracksHeard, one: int, others: Sequence[int], windows: Sequence[int]) -> bool:
    """Whether in these windows now one is loud, now the others, as with separate microphones in one room."""
    channels = heard.channels
    usual = {other: median(channels[other].levels_db[number] for number in windows) for other in others}
    ahead = [
        channels[one].levels_db[number] - max(channels[other].levels_db[number] - usual[other] for other in others)
        for number in windows
    ]
    tenths = quantiles(ahead, n=10)
    middle, typical = (tenths[0] + tenths[-1]) / 2, median(ahead)
    apart = sum(abs(each - middle) > _APART_DB for each in ahead)
    far_apart = sum(each - typical > _FAR_APART_DB for each in ahead)
    return apart >= _APART * len(ahead) or far_apart >= _FAR_APART * len(ahead)
