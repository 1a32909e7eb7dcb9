"""Groups the vectors of voices: how many people speak in a recording, and what each one's voice is like."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from video_automation.analysis.speakers.voice_vectors import Vectors

_SAME = 0.76
"""Groups whose means have at least this cosine are one voice."""
_FEW_MS, _MANY_MS, _SHARE, _LONG_SHARE = 3_000, 5_000, 0.1, 0.01
"""Who speaks less than a tenth of all, at least the first and at most the second of these, is not told apart: two voices at
once sound like a third. In long recordings, where that happens more often, it is so much more as a hundredth of all."""
_MOST = 600
"""Vectors that are grouped: of more, as many are taken evenly. Grouping takes the square of them."""


def voices_heard(vectors: Vectors, lengths_ms: Sequence[int]) -> Vectors:
    """The mean vector of each person's voice, whoever speaks most first; empty only if `vectors` is.

    `lengths_ms` is how long each vector was heard: those of a second count for more than those of a moment.
    """
    if not len(vectors):
        return vectors
    chosen = np.linspace(0, len(vectors) - 1, min(len(vectors), _MOST)).astype(int)
    weights = np.array(lengths_ms, np.float32)[chosen]
    groups, heard_ms = _merged(vectors[chosen] * weights[:, None], weights, _SAME)
    all_ms = float(weights.sum())
    large = heard_ms >= min(max(_FEW_MS, _SHARE * all_ms), _MANY_MS + _LONG_SHARE * all_ms)
    if not large.any():
        large[int(heard_ms.argmax())] = True
    order = np.argsort(-heard_ms[large], kind="stable")
    return groups[large][order]


def _merged(sums: NDArray[np.float32], lengths: NDArray[np.float32], least: float) -> tuple[Vectors, NDArray[np.float32]]:
    """The directions and lengths of groups: the two nearest are merged, until none are nearer than `least`."""
    sums, lengths = sums.copy(), lengths.copy()
    units = _units(sums)
    near = units @ units.T
    np.fill_diagonal(near, -1)
    alive = np.ones(len(sums), bool)
    while True:
        one, other = divmod(int(near.argmax()), len(near))
        if near[one, other] < least:
            break
        sums[one] += sums[other]
        lengths[one] += lengths[other]
        alive[other] = False
        near[other], near[:, other] = -1, -1
        unit = _units(sums[one][None])[0]
        units[one] = unit
        near[one] = near[:, one] = np.where(alive, units @ unit, -1)
        near[one, one] = -1
    return units[alive], lengths[alive]


def _units(vectors: NDArray[np.float32]) -> Vectors:
    units: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))
    return units
