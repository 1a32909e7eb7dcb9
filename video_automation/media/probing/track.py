"""What the probe reads of one stream: packet times and the first frame. Used only in the probe's own process."""

from __future__ import annotations

from array import array
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from time import process_time
from typing import Any, cast

import av
import av.logging
from av.container import InputContainer
from av.error import FFmpegError

from video_automation.media.pictures.entry_points import KeyFrames
from video_automation.media.pictures.grid import bare_rate
from video_automation.media.pictures.looks import Looks
from video_automation.media.probing.probe_result import Refusal, RefusalReason
from video_automation.media.refusing.codec_names import written_codec
from video_automation.plan.time import rounded

Stream = av.VideoStream | av.AudioStream
Frame = av.VideoFrame | av.AudioFrame

_TRIES, _TRYING_S = 500, 5.0
"""Packets of a track, and processor seconds spent on them, after which the probe gives up decoding it."""

_LONGEST = 80
"""Letters of a title: it is untrusted text."""


class UnusableError(Exception):
    """The file cannot be used."""

    def __init__(self, problem: RefusalReason, detail: str = "") -> None:
        super().__init__(problem)
        self.refusal = Refusal(problem, detail)


def track_title(stream: Stream) -> str:
    """The track's title in the file, on one line, without invisible characters; empty if it has none."""
    return "".join(letter for letter in " ".join(stream.metadata.get("title", "").split()) if letter.isprintable())[:_LONGEST]


def codec_name(video: InputContainer, stream: Stream) -> str:
    """FFmpeg's name of a track's codec; if FFmpeg does not know it, the four-letter code in the file."""
    if stream.codec_context:
        return str(stream.codec_context.codec.canonical_name)
    level = av.logging.get_level()
    av.logging.set_level(av.logging.INFO)  # the text is logged, and collected from the log
    try:
        return written_codec(cast("Any", video).dumps_format(), stream.index)  # the stub lacks it
    finally:
        av.logging.set_level(level)


@dataclass(slots=True)
class Track:
    """What was read of one stream so far; for pictures, presentation and decoding times, if any; the first frame."""

    stream: Stream
    shown: array[int] = field(default_factory=lambda: array("q"))
    decoded: array[int] = field(default_factory=lambda: array("q"))
    packets: int = 0
    end: int = 0
    """The latest end of a packet, in the stream's time base."""
    first: Frame | None = None
    opening: av.Packet[Stream] | None = None
    """The first key packet."""
    keys: KeyFrames = field(default_factory=KeyFrames)
    tried_s: float = 0.0
    trouble: str = ""
    looks: Looks | None = None
    """For picture tracks."""

    def __post_init__(self) -> None:
        if isinstance(self.stream, av.VideoStream):
            self.looks = Looks(self.stream)

    def take(self, packet: av.Packet[Stream]) -> None:
        """Notes a packet's time, and examines it if needed."""
        self._see(packet)
        if packet.size == 0:
            return
        time = packet.dts if packet.pts is None else packet.pts
        if packet.is_keyframe and time is not None and isinstance(self.stream, av.VideoStream):
            self.keys.take(packet, time, self.stream.codec_context)
        if packet.is_discard:
            return
        self.packets += 1
        if packet.is_keyframe and self.opening is None:
            self.opening = packet
        if time is not None:
            self.end = max(self.end, time + (packet.duration or 0))
        if isinstance(self.stream, av.VideoStream):
            self.shown.extend(() if packet.pts is None else (packet.pts,))
            self.decoded.extend(() if packet.dts is None else (packet.dts,))

    def _see(self, packet: av.Packet[Stream]) -> None:
        """Decodes the packet until there is a first frame, then leaves the decoder to the looks."""
        if self.first is None and self.packets < _TRIES and self.tried_s < _TRYING_S:
            begun = process_time()
            self._try_to_decode(packet)
            self.tried_s += process_time() - begun
        if self.looks:
            self.looks.take(cast("av.Packet[av.VideoStream]", packet), free=self.first is not None)

    def _try_to_decode(self, packet: av.Packet[Stream]) -> None:
        if packet.has_sidedata("encryption_info"):
            raise UnusableError("encrypted")
        try:
            frames = packet.decode()
        except (FFmpegError, MemoryError) as error:
            self.trouble = str(error)
        else:
            self.first = cast("Frame", frames[0]) if frames else None

    def drain(self) -> None:
        """Has the decoder give what it holds back: of a picture that stands for an hour it has received no second one."""
        if self.first is None and self.packets:
            with suppress(FFmpegError, MemoryError):
                frames = self.stream.codec_context.decode(None)
                self.first = frames[0] if frames else None

    @property
    def is_untimed(self) -> bool:
        """Whether its pictures claim to be shown in decoding order, although they come in another order."""
        context = self.stream.codec_context
        reordered = isinstance(context, av.VideoCodecContext) and context.has_b_frames
        return bool(reordered) and context.name in ("h264", "hevc") and self.shown == self.decoded

    def times(self) -> list[int]:
        """The presentation times of its pictures: rising, no duplicates.

        Decoding times are used if a container (AVI) has no others; pictures of a bare stream, without times, are numbered.
        """
        times = self.shown if len(self.shown) >= len(self.decoded) else self.decoded
        if times or not isinstance(self.stream, av.VideoStream):
            return [time for time, _ in groupby(sorted(times))]
        step = 1 / (bare_rate(self.stream.codec_context.framerate) * cast("Fraction", self.stream.time_base))
        self.end = rounded(self.packets * step)
        return [rounded(number * step) for number in range(self.packets)]
