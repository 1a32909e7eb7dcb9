"""Gives the sound of a source with its noise turned down, exact to the sample, as `sound` gives it as it is."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from video_automation.media.audio.kept_sound import SAMPLE_BYTES
from video_automation.media.audio.noise_bands import BANDS, FRAMES, HOP, WIDTHS, sound_of, spectra
from video_automation.media.audio.noise_gains import MOST_DB, keep_gains, records
from video_automation.media.audio.sound import CHANNELS, samples
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Source

_FADE = 30 * HOP
"""Samples in which cleaning sets in and ends: 0.3 s."""
_RUMBLE = 2
"""The lowest bands, up to 75 Hz, are always turned down: hum, wind and steps, and no voice."""
_HOPS = 100
"""Hops cleaned at a time: 1 s."""

Sides = NDArray[np.float32]
"""Shape (2, samples)."""
Stretch = tuple[int, int]
"""First sample, and the end."""


@contextmanager
def clean_samples(
    tools: Tools, path: Path, source: Source, stretches: Sequence[Stretch], cleaned: Sequence[Stretch]
) -> Iterator[BinaryIO]:
    """As `sound.samples`, with the noise turned down within the stretches `cleaned`; all else is as it is.

    Both sides are turned down alike, by what was found in their middle: a voice stays where it is.

    Raises: as `media.program.running_program`.
    """
    if not cleaned:
        with samples(tools, path, source, stretches) as stream:
            yield stream
        return
    gains = keep_gains(tools, path, source)
    whole = [(start // HOP, -(-end // HOP)) for start, end in stretches]
    wider = [(max(0, first - 1) * HOP, (last + 1) * HOP) for first, last in whole]
    with samples(tools, path, source, wider) as raw:
        yield cast("BinaryIO", BufferedReader(_Stream(_cleaned(raw, stretches, gains, cleaned))))


class _Stream(RawIOBase):
    """Blocks of bytes as a stream."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = memoryview(block)
        count = min(len(into), len(self._left))
        into[:count], self._left = self._left[:count], self._left[count:]
        return count


def _cleaned(raw: BinaryIO, stretches: Iterable[Stretch], gains: Path, cleaned: Sequence[Stretch]) -> Iterator[bytes]:
    """The samples of all stretches; `raw` has a hop more of each at its start and its end."""
    for start, end in stretches:
        at, last = start // HOP, -(-end // HOP)
        held = np.zeros((CHANNELS, HOP), np.float32) if at == 0 else _read(raw, HOP)
        held = np.concatenate((held, _read(raw, HOP)), axis=1)
        while at < last:
            to = min(last, at + _HOPS)
            held = np.concatenate((held, _read(raw, (to - at) * HOP)), axis=1)
            made = _block(held, at, gains, cleaned)[:, max(0, start - at * HOP) : end - at * HOP]
            yield made.T.astype("<f4", order="C").tobytes()
            held, at = held[:, -2 * HOP :], to


def _read(raw: BinaryIO, count: int) -> Sides:
    """The next samples; silence after the end."""
    found = np.frombuffer(raw.read(count * SAMPLE_BYTES), "<f4").reshape(-1, CHANNELS).T
    return np.pad(found, ((0, 0), (0, count - found.shape[1])))


def _block(held: Sides, at: int, gains: Path, cleaned: Sequence[Stretch]) -> Sides:
    """The sound without its first and its last hop, cleaned; it then begins with the hop `at`."""
    frames = held.shape[1] // HOP - 1
    share = _shares(np.arange(at, at + frames) * HOP, cleaned)
    if not share.any():
        return held[:, HOP:-HOP]
    down_db = _down_db(gains, at, frames) * share[:, None]
    factors = np.repeat(10 ** (-down_db / 20), WIDTHS, axis=1)
    return sound_of(spectra(held) * factors.astype(np.float32))


def _shares(places: NDArray[np.int64], cleaned: Sequence[Stretch]) -> NDArray[np.float64]:
    """How far, from 0 to 1, each of these samples is to be cleaned."""
    shares = np.zeros(len(places))
    for start, end in cleaned:
        if start < places[-1] and end > places[0]:
            inside = np.minimum(places - start if start else _FADE, end - places) / _FADE
            shares = np.maximum(shares, np.clip(inside, 0, 1))
    return shares


def _down_db(gains: Path, at: int, frames: int) -> NDArray[np.float64]:
    """How far each band of some frames is turned down: shape (frames, bands)."""
    first = at // FRAMES
    found = records(gains, first, (at + frames) // FRAMES + 1 - first)[:, :FRAMES].reshape(-1, BANDS)[at - first * FRAMES :][
        :frames
    ]
    down_db = np.minimum(found / 10, MOST_DB)
    down_db[:, :_RUMBLE] = MOST_DB
    return np.pad(down_db, ((0, frames - len(down_db)), (0, 0)))
