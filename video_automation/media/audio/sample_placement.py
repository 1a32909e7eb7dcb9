"""Places the frames of one sound track on the source's clock, exact to the sample although containers round times.

Used only in the process that reads the sound, `sound_child.py`. A frame continues where the one before it ended, unless its
time and those of the frames after it disagree. A gap is silent; of an overlap the earlier sound is heard; where the clock
drifts slowly, some milliseconds are repeated or left out, too softly to be heard.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from video_automation.media.audio.downmix import Downmix, Raw
from video_automation.media.audio.seamless import Kind, Placed, Seamless

_AHEAD_S = 0.5
"""Seconds of sound that must agree that the clock has moved; times that merely jitter return sooner."""
_TOLERATED_MS = 2
"""The error a time may have: containers round to whole milliseconds, sometimes twice."""
_SOFT_MS = 8
"""The largest step of the clock at which no packet is missing: packets of most codecs are longer."""
_FADE = 256
"""Samples of the crossfade where sound is repeated or left out."""


@dataclass(frozen=True, slots=True)
class DecodedSound:
    """Decoded sound; `due` is its start in its own samples from time zero, None if the file does not say."""

    samples: Raw
    kind: Kind
    due: int | None

    @property
    def length(self) -> int:
        """Samples per channel."""
        return int(self.samples.shape[1])


class Placing:
    """Places the frames of one track, handed in one after the other."""

    def __init__(
        self, downmix: Downmix, seconds_per_tick: float, give: Callable[[Placed], None], beginning: DecodedSound | None = None
    ) -> None:
        """`seconds_per_tick` is the unit of the container's times; `give` receives the placed sound.

        `beginning` is the track's very first frame, None if that frame is still to come.
        """
        self._downmix = downmix
        self._tick_s = seconds_per_tick
        self._give = give
        self.beginning = beginning
        """The track's very first frame with a time."""
        self._held: deque[DecodedSound] = deque()
        self._held_s = 0.0
        self._next = 0
        """The end of the last frame, in its own samples."""
        self._run: Seamless | None = None
        self._tolerated = 0

    def take(self, frame: DecodedSound) -> None:
        """Hands in the next frame."""
        if not self._held and self._continues(frame):
            return
        if self.beginning is None and frame.due is not None:
            self.beginning = frame
        self._held.append(frame)
        self._held_s += frame.length / frame.kind.rate
        while self._held_s > _AHEAD_S and len(self._held) > 1:
            self._place_first()
        while self._held and self._continues(self._held[0]):
            self._forget_first()

    def finish(self) -> None:
        """Places what is still held, after the last frame."""
        while self._held:
            self._place_first()
        self._end_run()

    def _continues(self, frame: DecodedSound) -> bool:
        """Places a frame that begins where the last one ended, as nearly all do; returns False if the frame does not."""
        run = self._run
        if run is None or frame.kind is not run.kind or (frame.due is not None and not self._fits(frame.due - self._next)):
            return False
        self._next += frame.length
        run.take(frame.samples)
        return True

    def _forget_first(self) -> None:
        frame = self._held.popleft()
        self._held_s -= frame.length / frame.kind.rate

    def _fits(self, off: int) -> bool:
        return -self._tolerated <= off <= self._tolerated

    def _place_first(self) -> None:
        frame = self._held[0]
        rate = frame.kind.rate
        self._tolerated = max(_TOLERATED_MS * rate // 1000, round(1.5 * self._tick_s * rate))
        if self._run is None:
            self._next = self._on_grid(self._likely_start(), frame)
        elif self._run.kind != frame.kind:
            self._next = -(-self._next * rate // self._run.kind.rate)
            self._end_run()
        step, soft = self._step(), _SOFT_MS * rate // 1000
        self._forget_first()
        samples = frame.samples
        if step > soft:
            self._end_run()
            self._next = max(self._next, self._on_grid(self._next + step, frame))
        elif step < -soft:
            samples = samples[:, -step:]
        elif step:
            samples = _stretched(samples, step)
        if self._run is None:
            self._run = Seamless(self._downmix, frame.kind, self._next, self._give)
        self._next += samples.shape[1]
        self._run.take(samples)

    def _end_run(self) -> None:
        if self._run is not None:
            self._run.finish()
            self._run = None

    def _likely_start(self) -> int:
        """The start of the first held frame, by the first time among the held frames."""
        before, rate = 0, self._held[0].kind.rate
        for frame in self._held:
            if frame.due is not None:
                return frame.due * rate // frame.kind.rate - before
            before += frame.length * rate // frame.kind.rate
        return self._next

    def _step(self) -> int:
        """How far the first held frame belongs after the end of the last one, in samples; 0 if it may follow directly.

        This is the least shift that all held frames agree on: a gap stays, jitter does not.
        """
        kind, least, at = self._held[0].kind, 0, self._next
        for frame in self._held:
            if frame.kind != kind:
                break
            if frame.due is not None:
                off = frame.due - at
                if self._fits(off) or off * least < 0:
                    return 0
                least = off if not least or abs(off) < abs(least) else least
            at += frame.length
        return least

    def _on_grid(self, due: int, frame: DecodedSound) -> int:
        """A time before the container rounded it: most are a whole number of frames after the very first."""
        first = self.beginning
        ticks = 1 / (self._tick_s * frame.kind.rate)
        exact = ticks > 0.9 and abs(ticks - round(ticks)) < 1e-6
        if exact or first is None or first.due is None or first.kind.rate != frame.kind.rate:
            return due
        end = first.due + first.length
        near = end + round((due - end) / frame.length) * frame.length
        return near if abs(near - due) <= 1 / ticks + 1 else due


def _stretched(samples: Raw, by: int) -> Raw:
    """The samples made longer by `by`, or shorter if it is negative: crossfaded with themselves, shifted in time.

    The change is at most half of them.
    """
    length = samples.shape[1]
    by = min(by, length // 2) if by > 0 else max(by, -(length // 2))
    begin, fade = max(by, 0), min(_FADE, length - abs(by))
    rising = np.linspace(0, 1, fade, dtype=np.float32)
    before, after = samples[:, begin : begin + fade], samples[:, begin - by : begin - by + fade]
    over = (before * (1 - rising) + after * rising).astype(samples.dtype)
    return np.concatenate((samples[:, :begin], over, samples[:, begin - by + fade :]), axis=1)
