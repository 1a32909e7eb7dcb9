"""What can be told of channels that were listened to: who speaks, how loudly, and whether two hold the same."""

from collections.abc import Collection, Sequence
from math import log10
from statistics import median, quantiles
from typing import Literal

from video_automation.plan.tracks_heard import QUIETEST_DB, SPEAKS, HeardChannel, TracksHeard

Relation = Literal["same", "version", "own"]
"""What a channel is to others: a copy, or part of their mix; the same or another talk at the same times; a sound of its own."""

_SILENT_DB = -70
_FEWEST = 2
"""Windows in which somebody must speak: half a second may be a mistake."""
_COPY = 60
"""Percent of likeness from which on one channel holds the sound of the other."""
_TOGETHER = 0.7
"""Share of the speech of one that falls together with that of the other in two versions of a recording."""
_APART_DB, _APART = 8, 0.5
"""Two microphones are so far from their usual difference most of the time: now the one is loud, now the other."""
_FAR_APART_DB, _FAR_APART = 15, 0.03
"""One that is used rarely stands out by so much, at least that share of the time."""
_CLEAREST_DB = 40


def silent(channel: HeardChannel) -> bool:
    """Whether nothing is heard in it."""
    return max(channel.levels_db, default=QUIETEST_DB) <= _SILENT_DB


def spoken(channel: HeardChannel) -> list[int]:
    """The windows in which somebody speaks."""
    return [number for number, percent in enumerate(channel.speech) if percent >= SPEAKS]


def speaks(channel: HeardChannel) -> bool:
    """Whether somebody speaks in it."""
    return len(spoken(channel)) >= _FEWEST


def loudness_db(channel: HeardChannel, windows: Collection[int]) -> float:
    """How loud it is in these windows, as one."""
    power = sum(10 ** (channel.levels_db[number] / 10) for number in windows) / max(1, len(windows))
    return 10 * log10(max(power, 10 ** (QUIETEST_DB / 10)))


def clearness_db(channel: HeardChannel) -> float:
    """How far its speech stands out from its pauses, at most 40 dB."""
    ordered = sorted(channel.levels_db)
    return min(_CLEAREST_DB, loudness_db(channel, spoken(channel)) - ordered[len(ordered) // 10])


def relation(heard: TracksHeard, one: int, others: Sequence[int]) -> Relation:
    """What channel `one` is to the channels `others`, of which there is at least one."""
    if any(abs(heard.alike[other][one]) >= _COPY for other in others):
        return "same"
    channel = heard.channels[one]
    own = spoken(channel)
    known = {number for other in others for number in spoken(heard.channels[other])}
    shared = [number for number in own if number in known]
    if len(shared) < _TOGETHER * len(own) or len(shared) < _FEWEST:
        return "own"
    usual = {
        other: median(heard.channels[other].levels_db[number] for number in spoken(heard.channels[other]) or shared)
        for other in others
    }
    ahead = [
        channel.levels_db[number] - max(heard.channels[other].levels_db[number] - usual[other] for other in others)
        for number in shared
    ]
    tenths = quantiles(ahead, n=10)
    middle, typical = (tenths[0] + tenths[-1]) / 2, median(ahead)
    apart = sum(abs(each - middle) > _APART_DB for each in ahead) / len(ahead)
    far_apart = sum(each - typical > _FAR_APART_DB for each in ahead) / len(ahead)
    return "own" if apart >= _APART or far_apart >= _FAR_APART else "version"
