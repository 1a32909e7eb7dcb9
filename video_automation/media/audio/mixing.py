"""Adds up the placed sound of several tracks, and gives it as one stream without gaps.

Used in the process that reads the sound, `sound_child.py`, alone.
"""

from __future__ import annotations

import numpy as np

from video_automation.media.audio.downmix import Stereo
from video_automation.media.audio.seamless import Placed
from video_automation.plan.time import SAMPLE_RATE

_APART = 5 * SAMPLE_RATE
"""A track that is so many samples behind another has nothing there: files keep their tracks closer together."""


class Mixing:
    """What is heard from `at` on, as far as it is known."""

    def __init__(self, tracks: int) -> None:
        self.at = 0
        """The sample that is given next."""
        self.ready = 0
        """Up to this sample nothing more can come."""
        self._reached: list[int | None] = [None] * tracks
        self._pending: list[Placed] = []

    def add(self, track: int, placed: Placed) -> None:
        """Adds sound of the track with this number: each track's in the order of time."""
        self._reached[track] = placed.end
        self._pending.append(placed)
        reached = [place for place in self._reached if place is not None]
        least = min(reached) if len(reached) == len(self._reached) else 0
        self.ready = max(self.ready, least, max(reached) - _APART)

    def skip(self, to: int) -> None:
        """Has the sample that is given next be this one."""
        self.at = to
        self._pending = [placed for placed in self._pending if placed.end > to]

    def give(self, to: int) -> Stereo:
        """What is heard up to a sample."""
        block = np.zeros((2, to - self.at), np.float32)
        for placed in self._pending:
            start, end = max(placed.start, self.at), min(placed.end, to)
            if start < end:
                block[:, start - self.at : end - self.at] += placed.samples[:, start - placed.start : end - placed.start]
        self.skip(to)
        return block
