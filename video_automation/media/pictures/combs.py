"""Detects combing in a few successive pictures: two fields of different moments woven into one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]

_MOVED = 12
"""Levels by which a pixel must differ from the picture before or after to count as motion."""
_LEAST_MOVED_PX = 400
"""With fewer moved pixels a picture tells nothing."""
_FIELDS_APART = 1.25
"""In a combed picture, the field fits the wrong neighbour worse than the right one by this factor."""
_ROUGH, _SMOOTH = 0.9, 0.7
"""A picture is combed if its own fields fit each other worse than this share of their fit with the neighbours' fields."""


@dataclass(frozen=True, slots=True)
class Combing:
    """How many of some pictures were combed, how many moved without combing, and whether the upper field comes first."""

    combed: int
    clean: int
    top_first: bool


def combing(pictures: Sequence[Luma]) -> Combing:
    """Examines each picture but the first and the last, which serve only for comparison; all have one size."""
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
    """How badly lines fit between their neighbours, where something moves; all 0 if too little moves.

    The three: for the picture's own other field; for the field nearest in time if the upper field is first; if the lower is.
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
