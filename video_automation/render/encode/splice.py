"""Cuts sound exactly to the sample: lists its kept pieces and reads their samples, with fades at cuts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from video_automation.media.audio.sound import CHANNELS
from video_automation.plan.time import SAMPLE_RATE, sample_at
from video_automation.plan.timeline import Timeline

FADE = SAMPLE_RATE * 8 // 1000
"""Samples of a fade: 8 ms, too short to be heard, long enough not to click."""
_BLOCK = SAMPLE_RATE
_SAMPLE_BYTES = CHANNELS * 4

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class KeptSamples:
    """A kept stretch of the source's samples, on its clock; faded at an end where the source went on."""

    start: int
    length: int
    fade_in: bool
    fade_out: bool


def kept_pieces(timeline: Timeline, source_frames: int) -> tuple[KeptSamples, ...]:
    """The kept pieces of sound. Their lengths are differences of places in the output, so no error adds up."""
    borders = [*(start for start, _ in timeline.placed()), timeline.frames]
    ends = [sample_at(frame, timeline.rate) for frame in borders]
    return tuple(
        KeptSamples(sample_at(span.start, timeline.rate), end - start, span.start > 0, span.end < source_frames)
        for span, (start, end) in zip(timeline.spans, pairwise(ends), strict=True)
    )


def splice(stream: BinaryIO, kept: tuple[KeptSamples, ...]) -> Iterator[Samples]:
    """The kept pieces, which a float32 stereo stream has one after the other, in blocks of shape (samples, 2).

    Blocks last at most a second. There are exactly as many samples as the pieces ask for: if the stream ends early, silence.
    """
    for piece in kept:
        offset = 0
        for block in _blocks(stream, piece.length):
            after = offset + len(block)
            inside = offset >= FADE and after <= piece.length - FADE
            yield block if inside else block * _fades(piece, offset, len(block))
            offset = after


def _blocks(stream: BinaryIO, samples: int) -> Iterator[Samples]:
    while samples > 0:
        count = min(samples, _BLOCK)
        raw = stream.read(count * _SAMPLE_BYTES)
        whole = np.frombuffer(raw[: len(raw) // _SAMPLE_BYTES * _SAMPLE_BYTES], "<f4").reshape(-1, CHANNELS)
        yield whole if len(whole) == count else np.pad(whole, ((0, count - len(whole)), (0, 0)))
        samples -= count


def _fades(piece: KeptSamples, offset: int, count: int) -> Samples:
    """The factors for `count` samples of a piece, from its sample `offset` on: shape (count, 1)."""
    fade = min(FADE, piece.length // 2)
    place = np.arange(offset, offset + count, dtype=np.float32) + np.float32(0.5)
    gain = np.ones(count, np.float32)
    if piece.fade_in and fade:
        gain = np.minimum(gain, place / fade)
    if piece.fade_out and fade:
        gain = np.minimum(gain, (piece.length - place) / fade)
    return gain[:, None].astype(np.float32)
