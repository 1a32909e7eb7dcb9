"""Tells whether a few successive pictures are combed: woven from two fields of different moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]

_MOVED = 12
"""Levels by which a pixel must differ from the picture before or after to speak of motion."""
_LEAST_MOVED_PX = 400
"""Moved pixels below which a picture says nothing."""
_FIELDS_APART = 1.25
"""How much rougher the field must fit the wrong neighbour than the right one in a combed picture."""
_ROUGH, _SMOOTH = 0.9, 0.7
"""A picture is combed where its own fields fit each other worse than this share of their fit with the neighbours'."""


@dataclass(frozen=True, slots=True)
class Combing:
    """How many of some pictures were combed, and how many moved and were not; whether the upper field comes first."""

    combed: int
    clean: int
    top_first: bool


def combing(pictures: Sequence[Luma]) -> Combing:
    """Looks at each picture but the first and the last, which are only compared with; all have one size."""
    combed = clean = votes = 0
    for (before, this), after in zip(pairwise(pictures), pictures[2:], strict=False):
        own, top, bottom = _roughness(before, this, after)
        low, high = sorted((top, bottom))
        if own > _ROUGH * low and high > _FIELDS_APART * low:
            combed += 1
            votes += 1 if top < bottom else -1
        elif own and own < _SMOOTH * low:
            clean += 1
    return Combing(combed, clean, votes >= 0)


def _roughness(before: Luma, this: Luma, after: Luma) -> tuple[float, float, float]:
    """How badly lines fit between their neighbours, where something moves; all 0 where too little does.

    Those of the picture's own other field; of the field nearest in time if the upper field came first; if the lower one did.
    """
    a, b, c = (picture.astype(np.int16) for picture in (before, this, after))
    moved = np.abs(a - b) > _MOVED
    moved |= np.abs(c - b) > _MOVED
    moved = moved[:-2] | moved[1:-1] | moved[2:]
    if np.count_nonzero(moved) < _LEAST_MOVED_PX:
        return 0.0, 0.0, 0.0
    around = b[:-2] + b[2:]
    fits = [np.where(moved, np.abs(around - 2 * middle[1:-1]), 0).sum(axis=1, dtype=np.int64) for middle in (a, b, c)]
    # row 0 here is the picture's row 1, of the lower field, between two rows of the upper one
    (low_before, up_before), (low_own, up_own), (low_after, up_after) = ((fit[0::2].sum(), fit[1::2].sum()) for fit in fits)
    # upper first: the lower field before it and the upper field after it are nearest in time
    return float(low_own + up_own), float(low_before + up_after), float(low_after + up_before)
