"""Finds who speaks when, by the voices of a recording: turns that change at pauses, and not for a moment only."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from video_automation.analysis.speakers.voice_vectors import Vectors
from video_automation.plan.source.heard import LEVEL_HOP_MS
from video_automation.plan.source.speakers import Turn

STEP_MS = 100
"""How finely turns are told."""
_CHANGE, _CHANGE_AT_PAUSE = 1.0, 0.4
"""What a change of speaker costs within speech, and in a pause: as much as a voice that is so much less alike for 100 ms."""
_PAUSE_MS = 200
_REACH_MS = 300
"""How far a change within speech may be moved, to where it is quietest."""


def turns_taken(
    pieces: Sequence[tuple[int, int]], vectors: Vectors, voices: Vectors, levels_db: Sequence[int]
) -> tuple[Turn, ...]:
    """The turns in some pieces of speech, each from one millisecond up to another, in order; they may overlap.

    `vectors` are those of the pieces, `voices` those of the people. `levels_db` are those of the recording.
    """
    if not pieces:
        return ()
    steps, likeness = _likeness(pieces, vectors @ voices.T)
    borders = [0, *(at for at, (a, b) in enumerate(pairwise(steps), 1) if (b - a) * STEP_MS > _PAUSE_MS), len(steps)]
    pauses = np.zeros(len(steps), bool)
    pauses[borders[1:-1]] = True
    found = _path(likeness, np.where(pauses, _CHANGE_AT_PAUSE, _CHANGE))
    return tuple(_turns(steps, found, levels_db))


def _likeness(pieces: Sequence[tuple[int, int]], alike: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The steps with speech, and how much the sound around each is like each voice: a piece counts most in its middle."""
    count = -(-max(end for _, end in pieces) // STEP_MS)
    sums, weights = np.zeros((count, alike.shape[1]), np.float32), np.zeros(count, np.float32)
    for (start_ms, end_ms), like in zip(pieces, alike, strict=True):
        first, end = start_ms // STEP_MS, max(start_ms // STEP_MS + 1, -(-end_ms // STEP_MS))
        middle = np.arange(end - first, dtype=np.float32) + np.float32(0.5)
        weight = np.minimum(middle, middle[::-1])
        sums[first:end] += weight[:, None] * like
        weights[first:end] += weight
    steps = np.flatnonzero(weights)
    return steps, sums[steps] / weights[steps][:, None]


def _path(likeness: NDArray[np.float32], costs: NDArray[np.float64]) -> list[int]:
    """The voice at each step, by the best way through all of them; `costs` is what a change before each step takes away."""
    best = likeness[0].astype(np.float64)
    came = np.zeros(likeness.shape, np.uint16)
    for step in range(1, len(likeness)):
        changed = int(best.argmax())
        stay = best >= best[changed] - costs[step]
        came[step] = np.where(stay, np.arange(len(best)), changed)
        best = likeness[step] + np.where(stay, best, best[changed] - costs[step])
    at = int(best.argmax())
    path = [at]
    for step in range(len(likeness) - 1, 0, -1):
        at = int(came[step, at])
        path.append(at)
    return path[::-1]


def _turns(steps: NDArray[np.int64], found: Sequence[int], levels_db: Sequence[int]) -> Iterator[Turn]:
    """The turns; a change between two steps that follow each other is moved to the quietest moment near it."""
    numbers = {voice: number for number, voice in enumerate(dict.fromkeys(found), 1)}
    runs = [[at for at, _ in run] for _, run in groupby(enumerate(found), key=lambda one: one[1])]
    starts = [int(steps[run[0]]) * STEP_MS for run in runs]
    ends = [(int(steps[run[-1]]) + 1) * STEP_MS for run in runs]
    for place in range(1, len(runs)):
        if starts[place] == ends[place - 1]:
            quiet = _quietest(starts[place], levels_db)
            starts[place] = ends[place - 1] = min(max(quiet, starts[place - 1] + STEP_MS), ends[place] - STEP_MS)
    for run, start_ms, end_ms in zip(runs, starts, ends, strict=True):
        yield Turn(start_ms, end_ms, numbers[found[run[0]]])


def _quietest(ms: int, levels_db: Sequence[int]) -> int:
    """The quietest moment near another one."""
    first, end = (ms - _REACH_MS) // LEVEL_HOP_MS, (ms + _REACH_MS) // LEVEL_HOP_MS
    near = levels_db[max(0, first) : end]
    if not near:
        return ms
    return (
        max(0, first) + min(range(len(near)), key=lambda at: (near[at], abs(first + at - ms // LEVEL_HOP_MS)))
    ) * LEVEL_HOP_MS
