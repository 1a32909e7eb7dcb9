"""Cuts sound exactly to the sample: lists its kept pieces and reads their samples, with fades at cuts."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
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
    """A kept stretch of the source's samples, on its clock; faded at an end where something else follows or came before."""

    start: int | None
    """None for silence, which the source does not have."""
    length: int
    fade_in: bool
    fade_out: bool


def kept_pieces(timeline: Timeline, source_frames: int, *, before: int = 0, after: int = 0) -> tuple[KeptSamples, ...]:
    """The kept pieces of sound, with so many frames of silence before and after them.

    Their lengths are differences of places in the output, so no error adds up.
    """
    borders = [*(start for start, _ in timeline.placed()), timeline.frames]
    ends = [sample_at(before + frame, timeline.rate) for frame in borders]
    kept = tuple(
        KeptSamples(sample_at(span.start, timeline.rate), end - start, span.start > 0, span.end < source_frames)
        for span, (start, end) in zip(timeline.spans, pairwise(ends), strict=True)
    )
    last = sample_at(before + timeline.frames + after, timeline.rate)
    return (*_silence(ends[0]), *kept, *_silence(last - ends[-1]))


def _silence(samples: int) -> tuple[KeptSamples, ...]:
    return (KeptSamples(None, samples, fade_in=False, fade_out=False),) if samples else ()


def splice(stream: BinaryIO, kept: tuple[KeptSamples, ...]) -> Iterator[Samples]:
    """The kept pieces, which a float32 stereo stream has one after the other, in blocks of shape (samples, 2).

    Blocks last at most a second. There are exactly as many samples as the pieces ask for: if the stream ends early, silence.
    """
    for piece in kept:
        offset = 0
        for block in _blocks(BytesIO() if piece.start is None else stream, piece.length):
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
