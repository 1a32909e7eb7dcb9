"""The process that reads a stranger's recording here and there, and gives the samples of its sound tracks.

    python track_samples_child.py FILE LENGTH_MS STREAMS

STREAMS are the numbers of sound tracks, with commas between. Each question is a line, milliseconds from the recording's
start. The answer is a line of JSON, for each track how many channels it has, and, as base64, so many times
`RATE * LENGTH_MS / 1000` samples, one channel after the other: 16 bits, little-endian, silent where the track gives none.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import av
import av.subtitles.codeccontext  # PyAV would import these when files are closed off already
import av.subtitles.stream
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Discard
from numpy.typing import NDArray

from video_automation.media import sandbox
from video_automation.media.channels import channel_names
from video_automation.media.command import DEMUXERS, SOUND_DECODERS

RATE = 16_000
_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": DEMUXERS, "codec_whitelist": SOUND_DECODERS}
_MOST_PACKETS = 4_000
"""Read for one place: a seek that lands far before it, or finds nothing, must not read the whole file."""
_MOST_CHANNELS = 64

Samples = NDArray[np.float32]
"""Of shape (channels, samples)."""


@dataclass(frozen=True, slots=True)
class Run:
    """Decoded samples that follow one another: when the first is heard, in seconds, and how many there are in a second."""

    start_s: float
    rate: int
    blocks: list[Samples]

    @property
    def end_s(self) -> float:
        """When the last has been heard."""
        return self.start_s + float(sum(block.shape[1] for block in self.blocks)) / self.rate


def main(path: str, length_ms: str, streams: str) -> None:
    """Closes all files but the one off, and answers until there are no more questions."""
    sandbox.confine([path], [])
    length_s = int(length_ms) / 1000
    wanted = [int(stream) for stream in streams.split(",")]
    with av.open(f"file:{path}", container_options=_OPTIONS, metadata_errors="replace") as film:
        for stream in film.streams:
            if stream.index not in wanted:
                stream.discard = Discard.all
            elif isinstance(stream, av.AudioStream):
                channel_names(stream)
        zero_s = (film.start_time or 0) / 1_000_000
        for place in sys.stdin:
            start_s = zero_s + int(place) / 1000
            runs = _decoded(film, wanted, start_s, start_s + length_s)
            _say([_placed(runs[track], start_s, round(length_s * RATE)) for track in wanted])


def _decoded(film: InputContainer, wanted: list[int], start_s: float, end_s: float) -> dict[int, list[Run]]:
    """What is heard in each of the tracks between two times, roughly."""
    runs: dict[int, list[Run]] = {stream: [] for stream in wanted}
    left = set(wanted)
    with suppress(FFmpegError, MemoryError):
        film.seek(int(start_s * 1_000_000), backward=True)
        for count, packet in enumerate(film.demux([film.streams[stream] for stream in wanted])):
            if not left or count > _MOST_PACKETS:
                break
            at = None if packet.pts is None or packet.time_base is None else float(packet.pts * packet.time_base)
            if at is not None and at >= end_s:
                left.discard(packet.stream.index)
            elif at is None or at >= start_s - 0.2:
                _take(runs[packet.stream.index], packet)
    return runs


def _take(runs: list[Run], packet: av.Packet[Any]) -> None:
    with suppress(FFmpegError, MemoryError):
        for frame in packet.decode():
            if isinstance(frame, av.AudioFrame) and frame.time is not None and frame.sample_rate > 0:
                samples = _samples(frame)
                last = runs[-1] if runs else None
                follows = last and last.rate == frame.sample_rate and last.blocks[0].shape[0] == samples.shape[0]
                if last and follows and abs(frame.time - last.end_s) < 0.005:
                    last.blocks.append(samples)
                else:
                    runs.append(Run(frame.time, frame.sample_rate, [samples]))


def _samples(frame: av.AudioFrame) -> Samples:
    """A frame's samples between -1 and 1. PyAV's resampler is no help: it crashes on channels without a layout."""
    channels = frame.layout.nb_channels
    raw = frame.to_ndarray()
    planes: NDArray[np.generic] = raw if frame.format.is_planar else raw.reshape(-1, channels).T
    planes = planes[:_MOST_CHANNELS]
    if planes.dtype == np.uint8:
        return (planes.astype(np.float32) - np.float32(128)) / np.float32(128)
    if planes.dtype.kind == "i":
        return planes.astype(np.float32) / np.float32(2 ** (8 * planes.dtype.itemsize - 1))
    return np.nan_to_num(planes.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)


def _placed(runs: list[Run], start_s: float, count: int) -> Samples:
    """The samples of one track at `RATE`, where they are heard, and silence elsewhere; at least one channel."""
    placed = np.zeros((max((run.blocks[0].shape[0] for run in runs), default=1), count), np.float32)
    for run in runs:
        samples = _resampled(np.concatenate(run.blocks, axis=1), run.rate)
        first = round((run.start_s - start_s) * RATE)
        begin, end = max(0, first), min(count, first + samples.shape[1])
        if begin < end:
            placed[: samples.shape[0], begin:end] = samples[:, begin - first : end - first]
    return placed


def _resampled(samples: Samples, rate: int) -> Samples:
    """The same at `RATE`: each sample is the mean of what is heard while it lasts, which is good enough to tell speech."""
    if rate == RATE:
        return samples
    total = np.concatenate((np.zeros((samples.shape[0], 1)), np.cumsum(samples, axis=1, dtype=np.float64)), axis=1)
    borders = np.arange(samples.shape[1] * RATE // rate + 1) * (rate / RATE)
    sums = np.stack([np.interp(borders, np.arange(total.shape[1]), channel) for channel in total])
    return (np.diff(sums, axis=1) * (RATE / rate)).astype(np.float32)


def _say(tracks: list[Samples]) -> None:
    answer = [(track.shape[0], b64encode((np.clip(track, -1, 1) * 32767).astype("<i2").tobytes()).decode()) for track in tracks]
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
