"""Reads the sound of small videos through the process that reads sound, and makes videos with changed sound packets."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from plans import picture

from video_automation.media.audio.sound import samples
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Mixed, Sound, SoundTrack, Source

SECOND = 48_000


def source_with(video: Path, *mix: Mixed) -> Source:
    """A source with what reading its sound needs. The first sound track is read, or this mix."""
    with av.open(str(video)) as opened:
        tracks = tuple(SoundTrack(stream.index, "", SECOND, 2) for stream in opened.streams.audio)
        heard = Sound(tracks, mix or (Mixed(tracks[0].stream),))
        start_us, name = opened.start_time or 0, opened.format.name
    return Source("video", video.name, name, 0, picture(frames=1, rate=Fraction(100)), heard, start_us)


def heard_of(
    video: Path, *stretches: tuple[float, float], mix: Sequence[Mixed] = (), source: Source | None = None
) -> np.ndarray:
    """The samples of these stretches (start and end in seconds): float32 of shape (samples, 2)."""
    asked = [(round(start * SECOND), round(end * SECOND)) for start, end in stretches]
    with samples(Tools(video.parent, (video,)), video, source or source_with(video, *mix), asked) as stream:
        heard = np.frombuffer(stream.read(), "<f4").reshape(-1, 2)
    assert len(heard) == sum(end - start for start, end in asked)
    return heard


def tampered(video: Path, into: Path, change: Callable[[int, av.Packet], bool]) -> Path:
    """A copy of a video. `change` gets each sound packet and its number, may set its times, and says whether it stays."""
    with av.open(str(video)) as source, av.open(str(into), "w") as copy:
        streams = {stream.index: copy.add_stream_from_template(stream) for stream in source.streams}
        number = 0
        for packet in source.demux():
            if packet.dts is None:
                continue
            if packet.stream.type == "audio":
                number += 1
                if not change(number - 1, packet):
                    continue
            packet.stream = streams[packet.stream_index]
            copy.mux(packet)
    return into
