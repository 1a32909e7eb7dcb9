"""Reads a stranger's film and prints what it is, as JSON. Run by `media.probe` in a process of its own, never imported.

    python probe_child.py FILE MAX_PIXELS MAX_STREAMS MAX_RATE MAX_PICTURES PACKETS

The times of all packets are read (of at most PACKETS of them, if that is not 0), since headers may lie or say nothing; of
picture and sound the first frame is decoded, to prove that it can be.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Literal, cast

import av
import av.subtitles.codeccontext  # PyAV would import these when files are closed off already
import av.subtitles.stream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Discard, Disposition

from video_automation.media import camera_clock, sandbox
from video_automation.media.clock import Clock
from video_automation.media.colours import colours, unusual
from video_automation.media.command import PICTURE_DECODERS, SOUND_DECODERS
from video_automation.media.entries import entry
from video_automation.media.facts import Found, Refusal
from video_automation.media.grid import grid
from video_automation.media.opening import opened
from video_automation.media.track import Stream, Track, UnusableError
from video_automation.plan.source import Picture, Sound
from video_automation.plan.time import rounded

_NO_FILM = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
_NOT_THE_MAIN_SOUND = (
    Disposition.comment
    | Disposition.hearing_impaired
    | Disposition.visual_impaired
    | Disposition.descriptions
    | Disposition.karaoke
)
_HEADLESS = ("mpegts", "mpeg", "mpegvideo")
"""Containers that do not say how long they are: FFmpeg guesses it from two times that need not belong together."""
_LONGEST_LAST_S = 10
"""How long a last picture may claim to be shown; a longer time is more likely a wrong number."""


_PRIMING_US = 100_000
"""What sound may begin before the picture without that standing still meanwhile."""


@dataclass(frozen=True, slots=True)
class Most:
    """What a file may have at most; `packets` are those that are read of it, all if that is 0."""

    pixels: int
    streams: int
    rate: int
    pictures: int
    packets: int


def read(path: str, most: Most) -> Found:
    """What is in a file.

    Raises:
        UnusableError: nothing we can use.
    """
    with _opened(path) as film:
        if len(film.streams) > most.streams:
            raise UnusableError("too_many_streams", str(len(film.streams)))
        picture = Track(_picture_stream(film, most.pixels))
        sound_stream = _sound_stream(film)
        sound = Track(sound_stream) if sound_stream else None
        clock = Clock(film.format.name, sound=sound is not None)
        _demux(film, [picture, sound] if sound else [picture], clock, most)
        if (clock.leaps or film.file is not None) and not most.packets:
            raise UnusableError("needs_mending")
        return replace(_found(film, picture, sound, most), pauses=clock.breaks())


def _opened(path: str) -> InputContainer:
    try:
        return opened(path)
    except (FFmpegError, MemoryError) as error:
        raise UnusableError("not_a_film", str(error)) from error


def _picture_stream(film: InputContainer, max_pixels: int) -> av.VideoStream:
    """The video stream a player shows: the default one, of several the largest."""
    streams = [stream for stream in film.streams.video if not stream.disposition & _NO_FILM]
    if not streams:
        raise UnusableError("no_picture")
    known = [stream for stream in streams if _is_listed(stream, PICTURE_DECODERS)]
    if not known:
        raise UnusableError("unsupported_codec", _codec_name(streams[0]))

    def rank(stream: av.VideoStream) -> tuple[bool, int, int]:
        return bool(stream.disposition & Disposition.default), stream.width * stream.height, -stream.index

    best = max(known, key=rank)
    if best.width * best.height > max_pixels:
        raise UnusableError("too_many_pixels", f"{best.width} x {best.height}")
    best.codec_context.options = {"max_pixels": str(max_pixels)}
    return best


def _sound_stream(film: InputContainer) -> av.AudioStream | None:
    """The audio stream a player plays: the default one, of several the first; those for other purposes last."""
    streams = list(film.streams.audio)
    if not streams:
        return None

    def rank(stream: av.AudioStream) -> tuple[bool, bool, int]:
        ordinary = not stream.disposition & _NOT_THE_MAIN_SOUND
        return ordinary, bool(stream.disposition & Disposition.default), -stream.index

    best = max(streams, key=rank)
    if not _is_listed(best, SOUND_DECODERS):
        raise UnusableError("unsupported_codec", _codec_name(best))
    return best


def _is_listed(stream: Stream, decoders: str) -> bool:
    return stream.codec_context is not None and stream.codec_context.name in decoders.split(",")


def _codec_name(stream: Stream) -> str:
    return stream.codec_context.codec.canonical_name if stream.codec_context else "unknown"


def _demux(film: InputContainer, tracks: list[Track], clock: Clock, most: Most) -> None:
    """Has each track see its packets, to the end of the file or of what can be read of it."""
    by_index = {track.stream.index: track for track in tracks}
    for stream in film.streams:
        if stream.index not in by_index:
            stream.discard = Discard.all
    try:
        for count, packet in enumerate(film.demux([track.stream for track in tracks])):
            by_index[packet.stream.index].take(cast("av.Packet[Stream]", packet))
            clock.take(cast("av.Packet[Stream]", packet))
            if tracks[0].packets > most.pictures:
                raise UnusableError("too_many_pictures", f"more than {most.pictures}")
            if most.packets and (count >= most.packets or all(track.first for track in tracks)):
                break
    except (FFmpegError, MemoryError):
        pass  # a player too shows what comes before the damage
    for track in tracks:
        track.drain()


def _found(film: InputContainer, picture: Track, sound: Track | None, most: Most) -> Found:
    frame = picture.first
    times = picture.times()
    if not isinstance(frame, av.VideoFrame) or not times:
        raise UnusableError("unreadable", picture.trouble or "no picture could be decoded")
    stream = cast("av.VideoStream", picture.stream)
    time_base = cast("Fraction", stream.time_base)
    _check_rate(times, time_base, most.rate)
    if unusable := unusual(film, stream, frame):
        raise UnusableError("unsupported_colours", unusable)
    meant = colours(stream, frame, picture.opening)
    interlaced = frame.interlaced_frame or stream.codec_context.field_order > 1
    raster = grid(times, time_base, stream.average_rate, interlaced=interlaced)
    start_us = _start_us(film, frame, time_base)
    zero = Fraction(start_us, 1_000_000)
    last = raster.last
    if raster.variable:
        last = max(last, min((picture.end - times[-1]) * time_base, Fraction(_LONGEST_LAST_S)))
    heard = sound if sound and sound.first else None
    heard_end = heard.end * cast("Fraction", heard.stream.time_base) if heard else zero
    latest = times[-1] * time_base - zero
    length = max(latest + last, heard_end - zero)
    frames = max(1, rounded(length * raster.rate))
    shown = max(1, rounded(latest * raster.rate) + 1)
    seeking = entry(stream, film.format.name, picture.keys, times, raster.rate, zero=zero)
    found = Picture(
        stream=stream.index,
        codec=_codec_name(stream),
        width=frame.width,
        height=frame.height,
        pixel_aspect=stream.sample_aspect_ratio or Fraction(1),
        rotation=_rotation(frame),
        rate=raster.rate,
        frames=frames,
        variable=raster.variable,
        interlaced=interlaced,
        transfer=meant.transfer,
        shown=shown if shown < frames else None,
        matrix=meant.matrix,
        primaries=meant.primaries,
        gop=seeking.gop,
        lead=seeking.lead,
    )
    claimed_ms = 0 if film.format.name in _HEADLESS else max(0, (film.duration or 0) - max(0, start_us)) // 1000
    counted = None if interlaced or raster.variable else stream.average_rate
    clock = camera_clock.timecode(film, stream, raster.rate, counted or raster.rate)
    reel = camera_clock.reel(film, stream)
    duration_ms, container = rounded(length * 1000), film.format.name
    return Found(container, duration_ms, found, _sound(heard), start_us, claimed_ms, clock, reel, doubt=seeking.doubt)


def _start_us(film: InputContainer, first: av.VideoFrame, time_base: Fraction) -> int:
    """When the recording starts on its own clock: with its first picture, if that is earlier than it says or hardly later.

    Sound often begins some milliseconds before the picture, with what its encoder needed to get going.
    """
    said_us, shown = film.start_time or 0, first.pts
    if shown is None:
        return said_us
    shown_us = rounded(shown * (first.time_base or time_base) * 1_000_000)
    return shown_us if shown_us - said_us < _PRIMING_US else said_us


def _check_rate(times: list[int], time_base: Fraction, most: int) -> None:
    """Refuses more pictures a second than may be, once there is a second of them; what a header claims is not believed."""
    if len(times) > most and (rate := (len(times) - 1) / ((times[-1] - times[0]) * time_base)) > most:
        raise UnusableError("too_many_pictures", f"{rounded(rate)} a second, and at most {most} are read")


def _sound(track: Track | None) -> Sound | None:
    if track is None or not isinstance(track.first, av.AudioFrame):
        return None
    frame = track.first
    return Sound(track.stream.index, _codec_name(track.stream), frame.sample_rate, len(frame.layout.channels))


def _rotation(frame: av.VideoFrame) -> Literal[0, 90, 180, 270]:
    """Clockwise, to the nearest right angle; the display matrix counts the other way round."""
    return cast("Literal[0, 90, 180, 270]", -round(frame.rotation / 90) * 90 % 360)


def main(arguments: Iterable[str]) -> None:
    """Closes all files but the one off, reads that, prints `Found` or `Refusal`."""
    path, *numbers = arguments
    sandbox.confine([path], [])
    facts: Found | Refusal
    try:
        facts = read(path, Most(*map(int, numbers)))
    except UnusableError as error:
        facts = error.refusal
    json.dump(asdict(facts), sys.stdout, default=str)


if __name__ == "__main__":
    main(sys.argv[1:])
