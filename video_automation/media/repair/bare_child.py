"""Gives times to pictures that have none, in a copy in MP4 or MOV. Run by `media.repair.bare` in its own process.

    python bare_child.py FILE INTO

Packets come in decoding order, so all pictures are decoded once to learn when each packet is shown. The share done is printed,
a line each time, 1 at the end. Sound and the camera's timecode are copied unchanged.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from contextlib import suppress

import av
import av.subtitles.codeccontext  # PyAV would import these when files are closed off already
import av.subtitles.stream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError

from video_automation.media import sandbox
from video_automation.media.command import PICTURE_DECODERS
from video_automation.media.pictures.grid import bare_rate

_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": "h264,hevc,mxf", "codec_whitelist": PICTURE_DECODERS}
_TOLD_EVERY = 500
"""Packets between two reports of progress."""
_NOT_SHOWN = -1
_TICKS = 2
"""Ticks of the clock per picture: one for each field."""


def display_ticks(path: str, on_share: Callable[[float], None]) -> array[int]:
    """When each packet's picture is shown, in ticks; -1 for a packet that gives no picture and is left out.

    If most pictures have a second packet, that is their second field, shown a tick after the first.
    """
    shown: array[int] = array("q")
    count = 0
    with av.open(f"file:{path}", container_options=_OPTIONS) as video:
        stream = video.streams.video[0]
        stream.codec_context.options = {"skip_loop_filter": "all", "skip_idct": "all"}  # only the order is needed
        for packet in video.demux(stream):
            if packet.size:
                packet.pts = packet.dts = len(shown)
                shown.append(_NOT_SHOWN)
                if len(shown) % _TOLD_EVERY == 0:
                    on_share((packet.pos or 0) / video.size)
            with suppress(FFmpegError):
                for frame in packet.decode():
                    if frame.pts is not None:
                        shown[frame.pts] = _TICKS * count
                        count += 1
    seconds = [number for number in range(1, len(shown)) if shown[number] == _NOT_SHOWN != shown[number - 1]]
    if 2 * len(seconds) > count:  # otherwise these packets are damaged
        for number in seconds:
            shown[number] = shown[number - 1] + 1
    return shown


def copy(path: str, into: str, shown: array[int]) -> None:
    """Writes the packets of a stream with their times."""
    order = sorted(time for time in shown if time != _NOT_SHOWN)
    wanted = (time for time in shown if time != _NOT_SHOWN)
    lead = max((early - time for early, time in zip(order, wanted, strict=True)), default=0)
    with av.open(f"file:{path}", container_options=_OPTIONS) as video, _opened_for(video, into) as film:
        picture, sounds = video.streams.video[0], video.streams.audio
        bare = video.format.name != "mxf"
        clock = 1 / (_TICKS * bare_rate(picture.codec_context.framerate if bare else picture.average_rate))
        targets = {stream.index: film.add_stream_from_template(stream) for stream in (picture, *sounds)}
        targets[picture.index].time_base = clock
        number = written = 0
        for packet in video.demux(picture, *sounds):
            index = packet.stream.index
            if not packet.size:
                continue
            packet.stream = targets[index]
            if index == picture.index:
                number += 1
                if shown[number - 1] == _NOT_SHOWN:
                    continue
                packet.time_base, packet.duration = clock, _TICKS
                packet.pts, packet.dts = shown[number - 1], order[written] - lead
                written += 1
            film.mux(packet)


def _opened_for(video: InputContainer, into: str) -> OutputContainer:
    """The copy, open for writing: MP4, or, with sound, MOV, which takes every PCM; with the camera's metadata."""
    film = av.open(into, "w", format="mov" if video.streams.audio else "mp4", options={"movflags": "use_metadata_tags"})
    for tags in (*(stream.metadata for stream in video.streams), video.metadata):
        film.metadata.update({key: value for key, value in tags.items() if key in ("timecode", "reel_name")})
    return film


def main(arguments: list[str]) -> None:
    """Gives up access to all files but this one and this folder; copies."""
    path, into = arguments
    sandbox.confine([path], ["."])
    copy(path, into, display_ticks(path, lambda share: _tell(min(share, 0.99))))
    _tell(1)


def _tell(share: float) -> None:
    sys.stdout.write(f"{share}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
