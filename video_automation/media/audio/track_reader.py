"""Reads the sound of a file from any sample on: opens it, seeks in it, decodes and mixes its tracks.

Used only in the process that reads the sound, `sound_child.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import cast

import av
import av.subtitles.codeccontext  # PyAV would otherwise import these after file access is closed
import av.subtitles.stream
from av.audio.frame import AudioFrame
from av.error import FFmpegError
from av.stream import Discard

from video_automation.media.audio.channels import channel_names
from video_automation.media.audio.downmix import Downmix, Stereo, raw
from video_automation.media.audio.mixing import Mixing
from video_automation.media.audio.sample_placement import DecodedSound, Placing
from video_automation.media.audio.seamless import Kind, Placed
from video_automation.media.command import OPEN_OPTIONS
from video_automation.plan.source.recording import Mixed
from video_automation.plan.time import SAMPLE_RATE

_LEADS = tuple(seconds * SAMPLE_RATE for seconds in (1, 4, 16, 64))
"""Samples by which a seek goes before the wanted ones, farther with each try that found too little before them. Decoders need
up to half a second until they give what a decode from the start gives; containers without an index land anywhere."""
_NEEDED = SAMPLE_RATE // 2
_NEVER_SOUGHT = 5 * SAMPLE_RATE
"""Up to this sample decoding from the start costs nothing, and works in every container."""
_FIRST_PACKETS = 500
"""Packets among which there is one of each track, unless the track begins late."""
_RATES = range(1_000, 1_000_001)
_PROBLEMS = (FFmpegError, MemoryError, ValueError, KeyError)
"""What decoding a damaged packet may raise."""


class _Track:
    """One track of the mix, since the file was opened or sought in."""

    def __init__(self, stream: av.AudioStream, mixed: Mixed, start_us: int) -> None:
        stream.discard = Discard.default
        stream.codec_context.thread_count = 1
        base = stream.time_base or Fraction(1)
        self._decoder = stream.codec_context
        self._downmix = Downmix(mixed, channel_names(stream), stream.codec_context.name)
        self._start_us = start_us
        self._tick, self._tick_parts = base.numerator, base.denominator
        self._kinds: dict[tuple[int, str, str], Kind] = {}
        self._placing: Placing | None = None
        self._wanted_from: int | None = None
        self.found: int | None = None
        """The first sample of the first packet found."""

    @property
    def begins(self) -> int | None:
        """The sample at which the track begins, None until that is known."""
        first = self._placing.beginning if self._placing else None
        return None if first is None or first.due is None else first.due * SAMPLE_RATE // first.kind.rate

    def begin(self, give: Callable[[Placed], None], *, wanted_from: int | None = None) -> None:
        """Starts decoding at another place; nothing that ends before `wanted_from` is decoded, if that is given."""
        beginning = self._placing.beginning if self._placing else None
        self._placing = Placing(self._downmix, self._tick / self._tick_parts, give, beginning)
        self._wanted_from = wanted_from
        self.found = None

    def take(self, packet: av.Packet[av.AudioStream]) -> None:
        """Decodes and places the track's next packet."""
        if self.found is None and packet.pts is not None:
            self.found = self._place(packet.pts, SAMPLE_RATE)
        if self._wanted_from is not None and packet.pts is not None:
            if self._place(packet.pts + (packet.duration or 0), SAMPLE_RATE) < self._wanted_from:
                return
            self._wanted_from = None
        self._decode(packet)

    def finish(self) -> None:
        """Places what is still held, after the last packet."""
        assert self._placing is not None
        self._decode(None)
        self._placing.finish()

    def _decode(self, packet: av.Packet[av.AudioStream] | None) -> None:
        assert self._placing is not None
        try:
            for frame in self._decoder.decode(packet):
                if frame.sample_rate in _RATES and frame.samples:
                    due = None if frame.pts is None else self._place(frame.pts, frame.sample_rate)
                    self._placing.take(DecodedSound(raw(frame), self._kind(frame), due))
        except _PROBLEMS:
            pass  # a damaged packet: a gap

    def _kind(self, frame: AudioFrame) -> Kind:
        told = (frame.sample_rate, frame.format.name, frame.layout.name)
        if told not in self._kinds:
            names = tuple(channel.name for channel in frame.layout.channels)
            self._kinds[told] = Kind(frame.sample_rate, frame.format.name, names)
        return self._kinds[told]

    def _place(self, ticks: int, rate: int) -> int:
        """The sample, at this rate, nearest to a time of the stream."""
        of = (ticks * self._tick * 1_000_000 - self._start_us * self._tick_parts) * rate
        parts = self._tick_parts * 1_000_000
        return (2 * of + parts) // (2 * parts)


class Reader:
    """The mixed sound of a file; `at` is the sample that is read next."""

    def __init__(self, path: str, start_us: int, mix: tuple[Mixed, ...]) -> None:
        self._path, self._start_us, self._mix = path, start_us, mix
        self._open()

    @property
    def at(self) -> int:
        """The sample that is read next."""
        return self._mixing.at

    def skip(self, to: int) -> None:
        """Skips the samples up to this one."""
        self._mixing.skip(to)

    def read(self, to: int) -> Stereo:
        """The samples up to this one; silence after the end of the sound."""
        while not self._ended and self._mixing.ready < to:
            self._advance()
        return self._mixing.give(to)

    def seek(self, to: int) -> None:
        """Goes to a sample, so that the sound is the same as in a read from the start.

        If a seek does not land early enough before it, the next one goes farther back, and the last resort is the start.
        """
        self._advance_to_all_tracks()
        for lead in _LEADS:
            if to - lead < _NEVER_SOUGHT:
                break
            if self._landed(to, lead):
                return
        self._open()

    def _open(self) -> None:
        self._video = av.open(f"file:{self._path}", container_options=OPEN_OPTIONS, metadata_errors="replace")
        streams = {stream.index: stream for stream in self._video.streams.audio}
        for stream in self._video.streams:
            stream.discard = Discard.all
        used = [mixed for mixed in self._mix if mixed.stream in streams]
        self._tracks = {mixed.stream: _Track(streams[mixed.stream], mixed, self._start_us) for mixed in used}
        self._begin()

    def _begin(self, *, wanted_from: int | None = None) -> None:
        self._mixing = Mixing(len(self._tracks))
        for place, track in enumerate(self._tracks.values()):
            track.begin(partial(self._mixing.add, place), wanted_from=wanted_from)
        self._packets = self._video.demux([stream for stream in self._video.streams.audio if stream.index in self._tracks])
        self._ended = False

    def _advance(self) -> None:
        """Takes the next packet, or notices the end of the file or of its readable part."""
        try:
            packet = next(self._packets, None)
        except _PROBLEMS:
            packet = None
        if packet is None:
            self._ended = True
            for track in self._tracks.values():
                track.finish()
        elif packet.size:
            self._tracks[packet.stream_index].take(cast("av.Packet[av.AudioStream]", packet))

    def _advance_to_all_tracks(self) -> None:
        """Reads on until the start of each track is known."""
        for _ in range(_FIRST_PACKETS):
            if self._ended or all(track.begins is not None for track in self._tracks.values()):
                break
            self._advance()

    def _landed(self, to: int, lead: int) -> bool:
        """Whether there is enough of each track before a sample, after a seek to `lead` samples before it."""
        try:
            self._video.seek((to - lead) * 1_000_000 // SAMPLE_RATE + self._start_us)
        except _PROBLEMS:
            return False
        self._begin(wanted_from=to - lead)
        tracks, needed = self._tracks.values(), to - _NEEDED
        while not self._ended and self._mixing.ready < needed and any(track.found is None for track in tracks):
            self._advance()
        return all(track.found is None or track.found <= max(needed, track.begins or 0) for track in tracks)
