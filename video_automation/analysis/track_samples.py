"""Short stretches of a recording's sound tracks, each channel by itself."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video_automation.media.audio.sound import CHANNELS, samples
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Mixed, Sound, SoundTrack, Source
from video_automation.plan.time import SAMPLE_RATE

SAMPLED_RATE = 16_000
_STEP = SAMPLE_RATE // SAMPLED_RATE

TrackSamples = NDArray[np.float32]
"""Of shape (channels, samples), at `SAMPLED_RATE`."""
Channel = tuple[SoundTrack, int]
"""A track, and the index of one of its channels."""


def sampled(
    tools: Tools, path: Path, source: Source, channels: Sequence[Channel], *, starts_ms: Sequence[int], length_ms: int
) -> Iterator[TrackSamples]:
    """The samples of some channels, an array for each stretch; each two channels have a process, which ends with the iterator.

    Raises: as `media.audio.sound.samples`.
    """
    spans = [(start * SAMPLE_RATE // 1000, (start + length_ms) * SAMPLE_RATE // 1000) for start in starts_ms]
    with ExitStack() as opened:
        streams = [
            opened.enter_context(samples(tools, path, _with_sides(source, channels[first : first + CHANNELS]), spans))
            for first in range(0, len(channels), CHANNELS)
        ]
        for start, end in spans:
            size = (end - start) * CHANNELS * 4
            raw = [stream.read(size) for stream in streams]
            if any(len(each) < size for each in raw):
                return  # a process has ended early: it says why
            tools.moved()
            pairs = [_coarse(np.frombuffer(each, "<f4").reshape(-1, CHANNELS).T) for each in raw]
            yield np.concatenate(pairs)[: len(channels)]


def _with_sides(source: Source, channels: Sequence[Channel]) -> Source:
    """The source with these one or two channels as its left and right side."""
    tracks = tuple(dict.fromkeys(track for track, _ in channels))
    sides = [{track: _only(number)} for track, number in channels]
    left, right = sides[0], sides[1] if len(sides) > 1 else {}
    mix = tuple(Mixed(track.stream, left.get(track, ()), right.get(track, ())) for track in tracks)
    return replace(source, sound=Sound(tracks, mix))


def _only(channel: int) -> tuple[int, ...]:
    return (*([0] * channel), 1000)


def _coarse(sound: TrackSamples) -> TrackSamples:
    """The same at a third of the rate: enough to detect speech."""
    whole = sound[:, : sound.shape[1] // _STEP * _STEP]
    mean: TrackSamples = whole.reshape(len(sound), -1, _STEP).mean(axis=2)
    return mean.clip(-1, 1)
