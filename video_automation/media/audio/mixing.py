"""Adds up the placed sound of several tracks and gives it as one stream without gaps.

Used only in the process that reads the sound, `sound_child.py`.
"""

from __future__ import annotations

import numpy as np

from video_automation.media.audio.downmix import Stereo
from video_automation.media.audio.seamless import Placed
from video_automation.plan.time import SAMPLE_RATE

_APART = 5 * SAMPLE_RATE
"""Samples by which one track may lag behind another; beyond that it is silent: files keep their tracks closer together."""


class Mixing:
    """The mixed sound from `at` on, as far as it has been read."""

    def __init__(self, tracks: int) -> None:
        self.at = 0
        """The sample that is given next."""
        self.ready = 0
        """No more sound can come before this sample."""
        self._reached: list[int | None] = [None] * tracks
        self._pending: list[Placed] = []

    def add(self, track: int, placed: Placed) -> None:
        """Adds sound of the track with this number; the sound of each track comes in order of time."""
        self._reached[track] = placed.end
        self._pending.append(placed)
        reached = [place for place in self._reached if place is not None]
        least = min(reached) if len(reached) == len(self._reached) else 0
        self.ready = max(self.ready, least, max(reached) - _APART)

    def skip(self, to: int) -> None:
        """Makes this the sample that is given next."""
        self.at = to
        self._pending = [placed for placed in self._pending if placed.end > to]

    def give(self, to: int) -> Stereo:
        """The mixed sound up to a sample."""
        block = np.zeros((2, to - self.at), np.float32)
        for placed in self._pending:
            start, end = max(placed.start, self.at), min(placed.end, to)
            if start < end:
                block[:, start - self.at : end - self.at] += placed.samples[:, start - placed.start : end - placed.start]
        self.skip(to)
        return block
