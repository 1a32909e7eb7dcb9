"""Draws the picture of a recording of sound alone: a row of bars that follow its sound.

The bars of a frame depend on the sound around that frame alone, however many frames are drawn and wherever drawing begins.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from video_automation.media.audio.sound import CHANNELS
from video_automation.plan.time import SAMPLE_RATE, FrameSpan, sample_at

_BANDS = 18
"""Bands of pitch; each has a bar in either half, the lowest in the middle."""
_LOWEST_HZ, _HIGHEST_HZ = 140, 6_500
_WINDOW = 4096
"""Samples around the start of a frame from which its bars are made: 85 ms."""
_SILENT_DB, _LOUD_DB = -62.0, -18.0
"""The level of a band, in dB of full scale, from which its bar rises, and at which it is as high as it can be."""
_RISE_DB = 2.5
"""How much is added for each octave above the lowest: a voice has less and less power there."""
_OUTERMOST = 0.35
"""How high the outermost bar can be, as a share of the innermost: the row is a shape, not a block."""
_FALL = 15
"""Frames in which a full bar falls to nothing: slower than the sound, so that the picture is calm."""
_WIDE, _BAR = 0.72, 0.56
"""The share of the picture's width that the bars take, and of each bar's place that the bar itself takes."""
_MOST_HIGH, _MOST_WIDE, _MOST_BELOW = 0.42, 0.40, 0.14
"""The greatest height of a bar, as shares of the picture's height and width, or of its height below a cover."""
_MIDDLE, _MIDDLE_BELOW = (0.44, 0.375), (0.645, 0.53)
"""How far down the middle of the bars is, in a wide picture and in others; the same below a cover. Captions come below."""

Heights = NDArray[np.float64]
Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Strip:
    """The part of a picture that the bars take, in pixels, all even; `x` and `y` are its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def of(cls, width: int, height: int, *, below: bool = False) -> "Strip":
        """The strip of a picture of this size; `below` a cover, or in the middle."""
        wide = 2 * _BANDS * 2 * round(width * _WIDE / (4 * _BANDS))
        high = 2 * round(min(height * (_MOST_BELOW if below else _MOST_HIGH), width * _MOST_WIDE) / 2)
        middle = height * (_MIDDLE_BELOW if below else _MIDDLE)[width <= height]
        return cls((width - wide) // 4 * 2, 2 * round((middle - high / 2) / 2), wide, high)


def heard_span(frames: FrameSpan, rate: Fraction) -> tuple[int, int]:
    """The samples from which the bars of these frames are made: the first one, and the end."""
    first = sample_at(frames.start - _FALL, rate) - _WINDOW // 2
    return max(0, first), sample_at(frames.end - 1, rate) + _WINDOW // 2


def heights(sound: BinaryIO, frames: FrameSpan, rate: Fraction) -> Iterator[Heights]:
    """The height of each band's bar, 0 to 1, from the lowest band on, for each frame.

    `sound` holds the samples of `heard_span`, as `media.audio.sound.samples` gives them.
    """
    at = sample_at(frames.start - _FALL, rate) - _WINDOW // 2
    held = np.zeros(max(0, -at))
    before: deque[Heights] = deque(maxlen=_FALL + 1)
    fallen = np.arange(_FALL, -1, -1)[:, None] / _FALL
    for frame in range(frames.start - _FALL, frames.end):
        start = sample_at(frame, rate) - _WINDOW // 2
        held = np.concatenate((held, _mono(sound, start + _WINDOW - at - len(held))))[start - at :]
        at = start
        before.append(_levels(held[:_WINDOW]))
        if frame >= frames.start:
            yield np.maximum(0.0, (np.array(before) - fallen).max(axis=0))


def mask(levels: Heights, strip: Strip) -> Mask:
    """The strip with bars of these heights, 0 to 1: how much of each pixel is bar, of shape (height, width)."""
    bars = _bars(strip)
    chosen = bars[np.rint(np.concatenate((levels[::-1], levels)) * (len(bars) - 1)).astype(int)]
    return np.ascontiguousarray(chosen.transpose(1, 0, 2)).reshape(strip.height, strip.width)


def _mono(sound: BinaryIO, count: int) -> NDArray[np.float64]:
    """The next samples, both sides together; silence after the end."""
    raw = sound.read(max(0, count) * 4 * CHANNELS)
    both = np.frombuffer(raw[: len(raw) // (4 * CHANNELS) * 4 * CHANNELS], "<f4").reshape(-1, CHANNELS)
    return np.pad(both.mean(axis=1, dtype=np.float64), (0, max(0, count) - len(both)))


def _levels(window: NDArray[np.float64]) -> Heights:
    """The height of each band's bar by the sound of one window alone."""
    shape, edges, rise_db, most = _measures()
    power = np.abs(np.fft.rfft(window * shape)) ** 2 * (2 / (_WINDOW * (shape**2).sum()))
    inside = np.diff(np.interp(edges, np.arange(len(power) + 1), np.concatenate(((0.0,), np.cumsum(power)))))
    level_db = 10 * np.log10(np.maximum(inside, 1e-12)) + rise_db
    own = np.clip((level_db - _SILENT_DB) / (_LOUD_DB - _SILENT_DB), 0.0, 1.0)
    beside = np.pad(own, 1, mode="edge")
    return most * (beside[:-2] + 2 * own + beside[2:]) / 4


@lru_cache(1)
def _measures() -> tuple[Heights, Heights, Heights, Heights]:
    """The window's shape; of each band its borders in bins of the spectrum, what is added in dB, the greatest height."""
    edges_hz = np.geomspace(_LOWEST_HZ, _HIGHEST_HZ, _BANDS + 1)
    outward = (1 - np.cos(np.pi * np.arange(_BANDS) / (_BANDS - 1))) / 2
    rise_db = _RISE_DB * np.log2(edges_hz[:-1] / _LOWEST_HZ)
    return np.hanning(_WINDOW), edges_hz * _WINDOW / SAMPLE_RATE, rise_db, 1 - (1 - _OUTERMOST) * outward


@lru_cache(8)
def _bars(strip: Strip) -> Mask:
    """A bar of each height, from a dot to one as high as the strip, with round ends: shape (heights, height, place)."""
    place = strip.width // (2 * _BANDS)
    radius = place * _BAR / 2
    across = np.abs(np.arange(place) + 0.5 - place / 2)
    down = np.abs(np.arange(strip.height) + 0.5 - strip.height / 2)
    straight = np.linspace(0.0, max(0.0, strip.height / 2 - radius), strip.height // 2)
    beyond = np.maximum(0.0, down[None, :, None] - straight[:, None, None])
    inside = np.clip(radius + 0.5 - np.hypot(across[None, None, :], beyond), 0.0, 1.0)
    drawn: Mask = np.rint(255 * inside).astype(np.uint8)
    return drawn
