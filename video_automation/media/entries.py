"""Where decoding of a picture can begin: what the key frames of a file say, and whether that can be believed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

import av

_WITHOUT_INDEX = ("mpegts", "mpeg", "mpegvideo")
"""A seek in these lands anywhere, and decoding begins at the next key frame."""
_CHECKED = ("h264", "hevc", "mpeg4", "mpeg1video", "mpeg2video", "vp8", "vp9", "av1", "vc1", "theora")
"""Codecs of which FFmpeg looks into each packet, or which have a container of their own; of others it believes the file."""
_MARGIN_S = 1
"""Frames are shown in another order than they are decoded in, and those next to a key frame may need what is before it."""
_INTRA_MARGIN = 2
_TRIED = 2
_IDR, _TYPE = 5, 0x1F
_START_CODE = b"\0\0\1"


@dataclass(frozen=True, slots=True)
class Entry:
    """In frames: the longest way from one key frame to the next; how long before a frame decoding has to begin.

    `doubtful` are some key frames that may be none.
    """

    gop: int
    lead: int
    doubtful: tuple[int, ...] = ()


@dataclass(slots=True)
class KeyFrames:
    """The key frames that were seen of a picture so far."""

    times: array[int] = field(default_factory=lambda: array("q"))
    partial: bool = False
    """Whether one of them is a place where H.264 says that the picture becomes whole some time later."""

    def take(self, packet: av.Packet[av.VideoStream | av.AudioStream], time: int, codec: av.CodecContext) -> None:
        """Notes a key packet."""
        self.times.append(time)
        if codec.name == "h264" and not self.partial:
            self.partial = not holds_idr(bytes(packet), codec.extradata)


def entry(stream: av.VideoStream, container: str, keys: KeyFrames, times: Sequence[int], rate: Fraction) -> Entry:
    """How a picture shown at `times` (rising, in the stream's time base) can be sought on a grid of `rate`."""
    assert stream.time_base is not None
    per_frame = stream.time_base * rate
    codec = stream.codec_context.codec
    if codec.intra_only and container not in _WITHOUT_INDEX:
        return Entry(1, _INTRA_MARGIN)
    places = sorted(keys.times)
    ways = (after - before for before, after in pairwise(sorted((times[0], *places, times[-1]))))
    gop = 1 + int(max(ways, default=0) * per_frame)
    margin = -int(-_MARGIN_S * rate // 1)
    doubtful: tuple[int, ...] = ()
    unchecked = codec.name not in _CHECKED and not codec.intra_only and len(places) >= len(times) > 1
    if keys.partial or unchecked:
        some = (places[len(places) * (i + 1) // (_TRIED + 1)] for i in range(_TRIED) if places)
        doubtful = tuple(dict.fromkeys(int((place - times[0]) * per_frame) for place in some))
    anywhere = container in _WITHOUT_INDEX or sum(place.is_keyframe for place in stream.index_entries) > len(places)
    return Entry(gop, margin + gop if anywhere else margin, doubtful)


def holds_idr(packet: bytes, extradata: bytes | None) -> bool:
    """Whether an H.264 packet holds a picture after which no earlier one is needed."""
    return any(packet[place] & _TYPE == _IDR for place in _units(packet, extradata) if place < len(packet))


def _units(packet: bytes, extradata: bytes | None) -> list[int]:
    """Where the units of an H.264 packet begin, after their lengths (MP4) or start codes (MPEG)."""
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
