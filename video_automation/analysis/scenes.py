"""Detects scene cuts by how much each picture differs from the one before."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

_LEAST_CHANGE = 5.0
"""Two pictures with a smaller mean difference, in levels of 256, show the same scene."""
_MOST_ALIKE = 0.5
"""Two pictures with a higher correlation show the same scene in another light: all cuts seen were below 0.4, all explosions and
changes of exposure above 0.65."""
_ABOVE_MOTION = 1.25
"""How many times more than its neighbours a picture changes at a cut: the pictures of a fast pan all change alike."""
_NEIGHBOURS = 6
_FLASH = 5
"""Frames; something gone by then was a flash, no scene."""

Small = NDArray[np.uint8]


def picture_difference(before: Small, after: Small) -> float:
    """The mean difference of two pictures in levels of 256."""
    return float(np.abs(before.astype(np.int16) - after).mean())


def scene_cuts(pictures: Sequence[Small], changes: Sequence[float]) -> list[int]:
    """The indexes of pictures that begin another scene; `changes` holds each picture's difference from the one before it."""
    found: list[int] = []
    for i in range(1, len(pictures)):
        if _stands_out(changes, i) and _alike(pictures[i - 1], pictures[i]) < _MOST_ALIKE and not _flash(pictures, changes, i):
            if found and i - found[-1] <= _FLASH:  # one cut over several pictures: keep the largest change
                found[-1] = max(found[-1], i, key=lambda place: changes[place])
            else:
                found.append(i)
    return found


def _stands_out(changes: Sequence[float], i: int) -> bool:
    near = sorted((*changes[max(1, i - _NEIGHBOURS) : i], *changes[i + 1 : i + 1 + _NEIGHBOURS]), reverse=True)
    usual = sum(near[:2]) / 2  # the second largest too, since the largest may be another cut or a flash
    return changes[i] >= max(_LEAST_CHANGE, _ABOVE_MOTION * (usual + 1))


def _alike(before: Small, after: Small) -> float:
    """The correlation of two pictures, independent of brightness and contrast; 1 at most."""
    a, b = (picture.astype(np.float32) - picture.mean(dtype=np.float32) for picture in (before, after))
    grain = 4 * a.size  # the level of noise alone: empty pictures are alike
    return float(((a * b).sum() + grain) / np.sqrt(((a * a).sum() + grain) * ((b * b).sum() + grain)))


def _flash(pictures: Sequence[Small], changes: Sequence[float], i: int) -> bool:
    """Whether the picture soon after looks like the one shortly before."""
    before = pictures[max(0, i - _FLASH) : i]
    after = pictures[i : i + _FLASH]
    return any(picture_difference(a, b) < changes[i] / 3 for a, b in product(before, after))
