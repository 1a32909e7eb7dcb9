"""Where decoding can begin: what the key frames of a file say, and whether that can be believed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

import av
from av.codec import Codec

from video_automation.media.probing.probe_result import Doubt

_WITHOUT_INDEX = ("mpegts", "mpeg", "mpegvideo")
"""Containers in which a seek lands anywhere; decoding then begins at the next key frame."""
_MARGIN_S = 1
"""Seconds of margin: frames are decoded in another order than shown, and those next to a key frame may need earlier ones."""
_INTRA_MARGIN = 2
_EARLY_S = (3, 8, 14, 21, 29)
"""Where key frames are tested in seconds, if all frames claim to be key frames: early, since the reference is a decode from the
start."""
_IDR, _TYPE = 5, 0x1F
_START_CODE = b"\0\0\1"


@dataclass(frozen=True, slots=True)
class EntryPoints:
    """In frames: the longest distance between two key frames, and how long before a frame decoding has to begin."""

    gop: int
    lead: int
    doubt: Doubt | None = None


@dataclass(slots=True)
class KeyFrames:
    """The key frames of a picture track seen so far."""

    times: array[int] = field(default_factory=lambda: array("q"))
    partial: bool = False
    """Whether one of them is an H.264 recovery point: the picture becomes whole only some time after it."""

    def take(self, packet: av.Packet[av.VideoStream | av.AudioStream], time: int, codec: av.CodecContext) -> None:
        """Notes a key packet."""
        self.times.append(time)
        if codec.name == "h264" and not self.partial:
            self.partial = not holds_idr(bytes(packet), codec.extradata)


def entry(
    stream: av.VideoStream, container: str, keys: KeyFrames, times: Sequence[int], rate: Fraction, *, zero: Fraction
) -> EntryPoints:
    """How to seek in a picture shown at `times` (rising, in the stream's time base), on a grid of `rate` from `zero` s on."""
    assert stream.time_base is not None
    per_frame = stream.time_base * rate
    codec = stream.codec_context.codec
    if codec.intra_only and container not in _WITHOUT_INDEX:
        return EntryPoints(1, _INTRA_MARGIN)
    places = sorted(keys.times)
    ways = (after - before for before, after in pairwise(sorted((times[0], *places, times[-1]))))
    gop = 1 + int(max(ways, default=0) * per_frame)
    margin = -int(-_MARGIN_S * rate // 1)
    anywhere = container in _WITHOUT_INDEX or sum(place.is_keyframe for place in stream.index_entries) > len(places)
    frames = [int((place * stream.time_base - zero) * rate) for place in places]
    return EntryPoints(gop, margin + gop if anywhere else margin, _doubt(codec, keys, frames, len(times), rate))


def _doubt(codec: Codec, keys: KeyFrames, frames: list[int], pictures: int, rate: Fraction) -> Doubt | None:
    """What has to be tested, with key frames at these places; None if nothing."""
    if keys.partial:
        return Doubt(tuple(dict.fromkeys(frames[len(frames) * nth // 3] for nth in (1, 2))), known=True)
    if not codec.intra_only and len(frames) >= pictures > 1:
        wanted = [int(seconds * rate) for seconds in _EARLY_S]
        early = (next((frame for frame in frames if frame >= first), None) for first in wanted)
        return Doubt(tuple(frame for frame in early if frame is not None), known=False)
    return None


def holds_idr(packet: bytes, extradata: bytes | None) -> bool:
    """Whether an H.264 packet holds an IDR picture: after it no earlier picture is needed."""
    return any(packet[place] & _TYPE == _IDR for place in _units(packet, extradata) if place < len(packet))


def _units(packet: bytes, extradata: bytes | None) -> list[int]:
    """The starts of the NAL units of an H.264 packet, after their lengths (MP4) or start codes (MPEG)."""
    places: list[int] = []
    if extradata and extradata[0] == 1 and len(extradata) > 4:
        size, place = (extradata[4] & 3) + 1, 0
        while place + size < len(packet):
            places.append(place + size)
            place += size + int.from_bytes(packet[place : place + size])
        return places
    place = packet.find(_START_CODE)
    while place >= 0:
        places.append(place + len(_START_CODE))
        place = packet.find(_START_CODE, place + 3)
    return places
