"""Resamples gapless sound to 48 kHz stereo, always in the same phase: the result is the same wherever reading began.

Used only in the process that reads the sound, `sound_child.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import gcd

import av
import numpy as np
from av.audio.frame import AudioFrame

from video_automation.media.audio.downmix import Downmix, Raw, Stereo
from video_automation.plan.time import SAMPLE_RATE

_AT_A_TIME_S = 0.2
"""Seconds of sound resampled per call: each call costs as much as a second of sound."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The format of samples: their rate, their type, and the name of each channel."""

    rate: int
    type: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Stereo sound at 48 kHz, and the sample at which it begins."""

    start: int
    samples: Stereo

    @property
    def end(self) -> int:
        """The sample after the last one."""
        return self.start + int(self.samples.shape[1])


class Seamless:
    """Sound of one format, handed in piece by piece."""

    def __init__(self, downmix: Downmix, kind: Kind, start: int, give: Callable[[Placed], None]) -> None:
        """`start` is in its own samples; a short silence before it makes both clocks agree on the start to the sample."""
        self.kind = kind
        self._downmix = downmix
        self._give = give
        early = start % (kind.rate // gcd(kind.rate, SAMPLE_RATE))
        self._at = (start - early) * SAMPLE_RATE // kind.rate
        self._resampler = None if kind.rate == SAMPLE_RATE else av.AudioResampler("fltp", "stereo", SAMPLE_RATE)
        self._early = np.zeros((2, early), np.float32)
        self._pieces: list[Raw] = []
        self._length = 0
        self._enough = kind.rate * _AT_A_TIME_S

    def take(self, samples: Raw) -> None:
        """Hands in the next samples."""
        self._pieces.append(samples)
        self._length += samples.shape[1]
        if self._length >= self._enough:
            self._turn_over()

    def finish(self) -> None:
        """Gives the rest."""
        self._turn_over()
        if self._resampler is not None:
            self._resample(None)

    def _turn_over(self) -> None:
        if not self._length:
            return
        stereo = self._downmix.stereo(self._pieces, self.kind.channels)
        self._pieces, self._length = [], 0
        if self._resampler is None:
            self._hand_over(stereo)
            return
        frame = AudioFrame.from_ndarray(np.concatenate((self._early, stereo), axis=1), "fltp", "stereo")
        self._early = self._early[:, :0]
        frame.sample_rate = self.kind.rate
        self._resample(frame)

    def _resample(self, frame: AudioFrame | None) -> None:
        assert self._resampler is not None
        for ready in self._resampler.resample(frame):
            self._hand_over(ready.to_ndarray().astype(np.float32, copy=False))

    def _hand_over(self, samples: Stereo) -> None:
        placed = Placed(self._at, samples)
        self._at = placed.end
        self._give(placed)
