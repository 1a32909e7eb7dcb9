"""Mixes the samples of a sound track down to stereo, and silences samples that cannot be sound.

Used only in the process that reads the sound, `sound_child.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from video_automation.media.audio.channels import UNKNOWN_CHANNEL
from video_automation.plan.source.recording import Mixed

Raw = NDArray[Any]
"""Samples of shape (channels, samples), in the type they were decoded to."""
Stereo = NDArray[np.float32]
"""Samples of shape (2, samples): left, right; full scale is 1."""

_LOUDEST, _LOUDEST_FLOATS = 4.0, 1000.0
"""The highest valid level, in times full scale: a decoder may overshoot by some tenths; one damaged packet reached 80,000.
Floating-point sound may exceed full scale, to be turned down later."""
_HALF = sqrt(1 / 2)
_GIVES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("FL", "FLC", "WL", "DL"), (1.0, 0.0)),
    **dict.fromkeys(("FR", "FRC", "WR", "DR"), (0.0, 1.0)),
    **dict.fromkeys(("BL", "SL", "SDL", "SSL", "TFL", "TSL", "TBL", "BFL"), (_HALF, 0.0)),
    **dict.fromkeys(("BR", "SR", "SDR", "SSR", "TFR", "TSR", "TBR", "BFR"), (0.0, _HALF)),
    **dict.fromkeys(("FC", "TFC", "BFC"), (_HALF, _HALF)),
    **dict.fromkeys(("BC", "TC", "TBC"), (0.5, 0.5)),
    **dict.fromkeys(("LFE", "LFE2"), (0.0, 0.0)),
}
"""The share of each channel, named by its loudspeaker, in the left and the right side."""
_UNTOLD_PAIR = (UNKNOWN_CHANNEL, UNKNOWN_CHANNEL)
"""Two channels that the file does not describe are left and right."""
_TYPES = {"u8": "u1", "s16": "<i2", "s32": "<i4", "s64": "<i8", "flt": "<f4", "dbl": "<f8"}
_SCALES = {"u1": (1 << 7, 1 << 7), "i2": (1 << 15, 0), "i4": (1 << 31, 0), "i8": (1 << 63, 0)}
"""Full scale and the value of silence for integer samples."""
_MOST_PLANES = 7
"""The most planes a frame may have: PyAV reads past the planes of a frame that has eight."""


class Downmix:
    """Makes stereo of one track, whatever format its frames have."""

    def __init__(self, mixed: Mixed, names: tuple[str, ...], codec: str) -> None:
        """`names` are the names of the channels, as `channels.channel_names` gives them."""
        self._mixed = mixed
        self._names = names
        self._loudest = _LOUDEST_FLOATS if codec.startswith("pcm_f") else _LOUDEST

    def stereo(self, pieces: Sequence[Raw], names: tuple[str, ...]) -> Stereo:
        """The stereo of these pieces, one after the other; a damaged piece (some samples cannot be sound) is silent.

        `names` are the names of the channels, as the decoder gives them.
        """
        samples = _floats(np.concatenate(pieces, axis=1))
        if not self._can_be_sound(samples):
            whole = [_floats(piece) for piece in pieces]
            samples = np.concatenate([piece if self._can_be_sound(piece) else np.zeros_like(piece) for piece in whole], axis=1)
        weights = self._weights(names)
        return samples if np.array_equal(weights, np.eye(2)) else weights @ samples

    def _can_be_sound(self, samples: NDArray[np.float32]) -> bool:
        return bool(samples.max(initial=0.0) <= self._loudest and samples.min(initial=0.0) >= -self._loudest)  # NaN is neither

    def _weights(self, names: tuple[str, ...]) -> NDArray[np.float32]:
        """The share of each channel in either side: shape (2, channels)."""
        mixed, count = self._mixed, len(names)
        if (mixed.left or mixed.right) and count == (len(self._names) or count):
            sides = [(side + (0,) * count)[:count] for side in (mixed.left, mixed.right)]
            weights = np.array(sides) / 1000
        else:
            weights = _usual(self._names if not set(names) & set(_GIVES) and count == len(self._names) else names)
        return np.asarray(weights * 10 ** (mixed.gain_db / 20), np.float32)


def raw(frame: AudioFrame) -> Raw:
    """A frame's samples.

    Raises:
        KeyError: the sample type is unknown.
    """
    count = frame.layout.nb_channels
    if frame.format.is_planar and count > _MOST_PLANES:
        (frame,) = av.AudioResampler(format=frame.format.packed).resample(frame)
    kind = np.dtype(_TYPES[frame.format.name.removesuffix("p")])
    if frame.format.is_planar:
        return np.array([np.frombuffer(memoryview(plane), kind, frame.samples) for plane in frame.planes])
    packed: Raw = np.frombuffer(memoryview(frame.planes[0]), kind, frame.samples * count)
    return packed.reshape(-1, count).T


def _usual(names: tuple[str, ...]) -> NDArray[np.float64]:
    """The usual downmix of channels for these loudspeakers; other channels go to both sides in equal shares."""
    if names == _UNTOLD_PAIR:
        return np.eye(2)
    weights = np.array([_GIVES.get(name, (0.0, 0.0)) for name in names]).T
    return weights if set(names) <= set(_GIVES) and weights.any() else np.full((2, len(names)), 1 / len(names))


def _floats(samples: Raw) -> NDArray[np.float32]:
    scale, middle = _SCALES.get(samples.dtype.str[1:], (1, 0))
    floats: NDArray[np.float32] = samples.astype(np.float32, copy=False)
    return floats if scale == 1 else (floats - np.float32(middle)) / np.float32(scale)
