"""Copies an untrusted recording packet by packet, with times that never leap. Run by `media.repair.mend` in its own process.

    python mend_child.py FILE COPY

It reads the file twice: to find where its clock leaps, and to copy. Nothing is decoded. It prints the leaps as JSON, and blank
lines while it reads.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import av.subtitles.codeccontext  # PyAV would otherwise import these after file access is closed
import av.subtitles.stream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.stream import Discard, Disposition

from video_automation.media import sandbox
from video_automation.media.probing.opening import opened
from video_automation.media.probing.track import Stream
from video_automation.media.repair.clock import Clock, Packet, times_of
from video_automation.media.signs_of_life import Signs
from video_automation.plan.time import rounded

_FORMATS = {"mpegts": "mpegts", "mpeg": "vob", "flv": "flv", "asf": "asf"}
"""The container of the copy: the same one if its tracks may change format midway, or fit no other container."""
_OTHERWISE = "matroska"
_LATEST_S = 10
"""Seconds by which a packet may be shown after it is decoded."""


def main(arguments: Iterable[str]) -> None:
    """Gives up access to all files but the two, and copies one to the other."""
    path, copy = arguments
    sandbox.confine([path], [str(Path(copy).parent)])
    with opened(path) as video:
        clock = Clock(video.format.name, sound=bool(video.streams.audio))
        signs = Signs()
        for _ in _placed(video, clock):
            signs.more()
    shifts = clock.shifts()
    with opened(path) as video, _copy(video, copy) as written:
        _write(video, written, Clock(video.format.name, sound=bool(video.streams.audio)), shifts)
    json.dump([asdict(one) for one in clock.breaks() if one.closed], sys.stdout)


def _copy(video: InputContainer, copy: str) -> OutputContainer:
    return av.open(f"file:{copy}", "w", format=_FORMATS.get(video.format.name, _OTHERWISE))


def _tracks(video: InputContainer) -> list[Stream]:
    """The tracks to copy: all picture and sound tracks in a known codec, without covers."""
    streams: list[Stream] = [*video.streams.video, *video.streams.audio]
    return [stream for stream in streams if stream.codec_context and not stream.disposition & Disposition.attached_pic]


def _placed(video: InputContainer, clock: Clock) -> Iterator[tuple[Packet, int]]:
    """The picture and sound packets that have a time, with their runs, as far as the file can be read."""
    tracks = {stream.index for stream in _tracks(video)}
    for stream in video.streams:
        if stream.index not in tracks:
            stream.discard = Discard.all
    with suppress(FFmpegError):
        for packet in video.demux(*(video.streams[index] for index in sorted(tracks))):
            if (run := clock.take(cast("Packet", packet))) is not None:
                yield cast("Packet", packet), run


def _write(video: InputContainer, copy: OutputContainer, clock: Clock, shifts: tuple[Fraction, ...]) -> None:
    """Writes all packets that come after those before them; the overlapping part of sound is left out."""
    tracks = {stream.index: copy.add_stream_from_template(stream) for stream in _tracks(video)}
    last: dict[int, int] = {}
    for packet, run in _placed(video, clock):
        index, tick = packet.stream.index, packet.time_base
        moves = [rounded(shift / tick) for shift in shifts]
        shown, before = times_of(packet)
        decoded = max(before + moves[run], last.get(index, before + moves[run] - 1) + 1)
        # next to a leap, a presentation time may be on the clock after it
        possible = moves if clock.is_torn(packet) else moves[run : run + 1]
        place = next((shown + move for move in possible if 0 <= (shown + move - decoded) * tick <= _LATEST_S), None)
        if place is None:
            continue
        packet.pts, packet.dts, last[index] = place, decoded, decoded
        packet.stream = tracks[index]
        copy.mux(packet)


if __name__ == "__main__":
    main(sys.argv[1:])
