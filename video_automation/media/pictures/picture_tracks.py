"""Chooses the picture track to show: one that moves, if there is one. Used only in the probe's own process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise
from time import process_time

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Discard, Disposition
from numpy.typing import NDArray

from video_automation.media.command import PICTURE_DECODERS
from video_automation.media.probing.track import UnusableError, codec_name, track_title
from video_automation.plan.source.recording import PictureTrack

_NO_VIDEO = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
_ROUGHLY = {"skip_loop_filter": "all"}
"""Skips deblocking: the probe's pictures are never shown, and this takes a tenth less time."""
_PLACES, _FRAMES = 6, 8
"""Places where a track is examined, spread over the recording, and pictures examined at each."""
_LOOKING_S = 4.0
"""Processor seconds for one track."""
_WIDTH, _HEIGHT = 64, 36
_CHANGED = 6
"""Levels of 256 by which some small field of a picture must change: the coding of a still changes it by less."""
_SLOWEST_S = 0.5
"""The longest time between two pictures of a recording; slower tracks are stills, such as chapter images."""


def cover_track(video: InputContainer) -> int | None:
    """The number of the first cover whose codec we read; None if there is none."""
    listed = PICTURE_DECODERS.split(",")
    covers = (stream for stream in video.streams.video if stream.disposition & Disposition.attached_pic)
    return next((one.index for one in covers if one.codec_context and one.codec_context.name in listed), None)


def candidates(video: InputContainer) -> list[av.VideoStream]:
    """The picture tracks that can be shown, without covers and thumbnails; none in a file of sound alone.

    Raises:
        UnusableError: none of its picture tracks can be read, or it has neither picture nor sound.
    """
    streams = [stream for stream in video.streams.video if not stream.disposition & _NO_VIDEO]
    if not streams and not video.streams.audio:
        raise UnusableError("no_picture")
    if not streams:
        return []
    listed = PICTURE_DECODERS.split(",")
    known = [stream for stream in streams if stream.codec_context and stream.codec_context.name in listed]
    if not known:
        raise UnusableError("unsupported_codec", codec_name(video, streams[0]))
    return known


def chosen(
    video: InputContainer, again: Callable[[], InputContainer], wanted: Sequence[int], max_pixels: int
) -> tuple[av.VideoStream | None, tuple[PictureTrack, ...]]:
    """The track to show, and all picture tracks; None and none of a file of sound alone.

    It is the one of `wanted` (tracks a person has named), else one that moves; of several the default, the largest, the first.
    `again` opens the same file once more for the examination, which is needed only if there is a choice.

    Raises:
        UnusableError: as `candidates`, or the picture is too large.
    """
    known = candidates(video)
    if not known:
        return None, ()
    moves = {known[0].index: True} if len(known) == 1 else {}
    for stream in known if not moves else ():
        with again() as opened:
            moves[stream.index] = _moves(opened, stream.index, max_pixels)

    def rank(stream: av.VideoStream) -> tuple[bool, bool, bool, int, int]:
        default = bool(stream.disposition & Disposition.default)
        return stream.index in wanted, moves[stream.index], default, stream.width * stream.height, -stream.index

    best = max(known, key=rank)
    if best.width * best.height > max_pixels:
        raise UnusableError("too_many_pixels", f"{best.width} x {best.height}")
    best.codec_context.options = {"max_pixels": str(max_pixels), **_ROUGHLY}
    tracks = (
        PictureTrack(
            stream.index, codec_name(video, stream), stream.width, stream.height, track_title(stream), moves=moves[stream.index]
        )
        for stream in known
    )
    return best, tuple(tracks)


def _moves(video: InputContainer, index: int, max_pixels: int) -> bool:
    """Whether a track's picture changes, as often as in a recording."""
    stream = video.streams[index]
    assert isinstance(stream, av.VideoStream)
    if stream.width * stream.height > max_pixels:
        return False
    for other in video.streams:
        other.discard = Discard.default if other.index == index else Discard.all
    stream.codec_context.options = {"max_pixels": str(max_pixels), **_ROUGHLY}
    seen: list[_Seen] = []
    until = process_time() + _LOOKING_S
    start_us, length_us = video.start_time or 0, video.duration or 0
    for place in range(_PLACES):
        at_us = start_us + length_us * place // _PLACES
        with suppress(FFmpegError, MemoryError):
            if place:
                video.seek(at_us, backward=True)
            seen += islice(_from(video, stream, at_us / 1_000_000, until), _FRAMES)
    times = sorted({one.time_s for one in seen})
    often = any(after - before < _SLOWEST_S for before, after in pairwise(times))
    return often and any(np.abs(one.small - seen[0].small).max() > _CHANGED for one in seen)


def _from(video: InputContainer, stream: av.VideoStream, start_s: float, until: float) -> Iterator[_Seen]:
    """The pictures from a time on, for `until` processor seconds; a seek may land at a key frame far before that time."""
    for frame in video.decode(stream):
        late = process_time() > until
        if late or frame.time is None or frame.time >= start_s:
            yield _seen(frame)
        if late:
            return


@dataclass(frozen=True, slots=True)
class _Seen:
    """An examined picture: when it is shown, and the mean brightness of a few fields."""

    time_s: float
    small: NDArray[np.int16]


def _seen(frame: av.VideoFrame) -> _Seen:
    small = frame.reformat(_WIDTH, _HEIGHT, "gray", interpolation="AREA")
    return _Seen(frame.time or 0.0, small.to_ndarray().astype(np.int16))
