"""A frame to draw on, in the colours and the form that encoders take: 8 bits, 4:2:0, BT.709 of limited range."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_RED, _BLUE = 0.2126, 0.0722
"""The shares of red and blue in the brightness of BT.709."""
_GROUND, _TEAL, _WHITE = (14, 27, 32), (94, 234, 212), (240, 246, 245)
"""Red, green and blue of a plain ground, and of what is drawn on it and on others."""

ColourPlane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Canvas:
    """An empty frame of an even size: its planes for brightness, blue and red, the latter two at half the size."""

    planes: tuple[ColourPlane, ColourPlane, ColourPlane]
    paint: tuple[int, int, int]
    """Red, green and blue of what is drawn on it."""

    @classmethod
    def plain(cls, width: int, height: int) -> "Canvas":
        """A frame of one colour."""
        bright, blue, red = _coded(_GROUND)
        small = (height // 2, width // 2)
        return cls((_full((height, width), bright), _full(small, blue), _full(small, red)), _TEAL)

    @classmethod
    def of(cls, raw: bytes, width: int, height: int) -> "Canvas":
        """A frame of a picture, given as its three planes one after the other."""
        samples, small = np.frombuffer(raw, np.uint8), (height // 2, width // 2)
        bright, blue, red = np.split(samples, (width * height, width * height * 5 // 4))
        return cls((bright.reshape(height, width), blue.reshape(small), red.reshape(small)), _WHITE)

    def painted(self, mask: ColourPlane, x: int, y: int) -> bytes:
        """A frame in which a mask is painted, as raw bytes: how much of each pixel is paint, 0 to 255.

        The mask is of shape (height, width); its upper left corner is at (x, y). All four are even.
        """
        high, wide = mask.shape
        fine = mask.astype(np.uint16)
        coarse = (fine[::2, ::2] + fine[1::2, ::2] + fine[::2, 1::2] + fine[1::2, 1::2] + 2) // 4
        made = bytearray()
        for plane, paint, how_much, share in zip(
            self.planes, _coded(self.paint), (fine, coarse, coarse), (1, 2, 2), strict=True
        ):
            rows, columns = slice(y // share, (y + high) // share), slice(x // share, (x + wide) // share)
            drawn = plane.copy()
            drawn[rows, columns] = (plane[rows, columns] * (255 - how_much) + paint * how_much + 127) // 255
            made += drawn.data
        return bytes(made)


def _coded(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    """Brightness, blue and red, as they are stored, of a colour in red, green and blue of 0 to 255."""
    red, green, blue = (value / 255 for value in colour)
    bright = _RED * red + (1 - _RED - _BLUE) * green + _BLUE * blue
    bluer, redder = (blue - bright) / (2 - 2 * _BLUE), (red - bright) / (2 - 2 * _RED)
    return round(16 + 219 * bright), round(128 + 224 * bluer), round(128 + 224 * redder)


def _full(shape: tuple[int, int], value: int) -> ColourPlane:
    return np.full(shape, value, np.uint8)
