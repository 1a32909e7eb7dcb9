"""Reads an untrusted video and prints its properties as JSON. Run by `media.probing.probe` in its own process, never imported.

    python probe_child.py FILE TRACKS MAX_PIXELS MAX_STREAMS MAX_RATE MAX_PICTURES PACKETS

TRACKS are those a person has named, separated by commas. The times of all packets are read (of at most PACKETS, if that is not
0), since headers may be wrong or empty. The first frame of picture and sound is decoded, to prove that it can be.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import cast

import av
import av.subtitles.codeccontext  # PyAV would otherwise import these after file access is closed
import av.subtitles.stream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Discard

from video_automation.media import sandbox
from video_automation.media.audio import sound_tracks
from video_automation.media.audio.channels import channel_names
from video_automation.media.pictures import picture_tracks
from video_automation.media.pictures.colour_tags import colours, unusual
from video_automation.media.pictures.entry_points import entry
from video_automation.media.pictures.grid import grid
from video_automation.media.probing import camera_clock
from video_automation.media.probing.opening import opened
from video_automation.media.probing.probe_result import ProbeResult, Refusal
from video_automation.media.probing.track import Stream, Track, UnusableError, codec_name
from video_automation.media.repair.clock import Clock
from video_automation.media.signs_of_life import Signs
from video_automation.plan.source.recording import Picture, picture_of_sound
from video_automation.plan.source.timecode import NO_CLOCK
from video_automation.plan.time import rounded

_HEADLESS = ("mpegts", "mpeg", "mpegvideo", "mp3")
"""Containers that do not tell their length: FFmpeg guesses it from a bit rate, or two times that may be unrelated."""
_BARE = ("h264", "hevc", "obu", "av1")
"""Streams without a container: they may tell a rate, or nothing at all."""
_LONGEST_LAST_S = 10
"""The longest time a last picture may be shown; a longer one is more likely a wrong number."""


_PRIMING_US = 100_000
"""How much earlier than the picture sound may begin without the picture standing still meanwhile."""


@dataclass(frozen=True, slots=True)
class Most:
    """The limits of a file; `packets` is how many packets are read, 0 for all."""

    pixels: int
    streams: int
    rate: int
    pictures: int
    packets: int


def read_file(
    path: str, most: Most, wanted: Sequence[int] = (), *, on_packet: Callable[[], None] = lambda: None
) -> ProbeResult:
    """The content of a file; the picture track shown is the one in `wanted`, if any. `on_packet` is called for each packet.

    Raises:
        UnusableError: nothing in it can be used.
    """
    with _opened(path) as video:
        if len(video.streams) > most.streams:
            raise UnusableError("too_many_streams", str(len(video.streams)))
        stream, pictures = picture_tracks.chosen(video, lambda: _opened(path), wanted, most.pixels)
        picture, sounds = Track(stream) if stream else None, [Track(stream) for stream in sound_tracks.readable(video)]
        names = {track.stream.index: channel_names(cast("av.AudioStream", track.stream)) for track in sounds}
        clock = Clock(video.format.name, sound=bool(sounds))
        _demux(video, [picture, *sounds] if picture else sounds, clock, most, on_packet)
        if (clock.leaps or video.file is not None) and not most.packets:
            raise UnusableError("needs_mending")
        if video.format.name == "mxf" and picture and picture.is_untimed and not most.packets:
            raise UnusableError("untimed")
        sound = sound_tracks.sound(video, sounds, names, whole=not most.packets)
        found = _found(video, picture, sounds, most) if picture else _found_of_sound(video, sounds)
        return replace(found, sound=sound, pictures=pictures, pauses=clock.breaks())


def _opened(path: str) -> InputContainer:
    try:
        return opened(path)
    except (FFmpegError, MemoryError) as error:
        raise UnusableError("not_a_film", str(error)) from error


def _demux(video: InputContainer, tracks: list[Track], clock: Clock, most: Most, on_packet: Callable[[], None]) -> None:
    """Passes packets to their tracks, to the end of the file or of its readable part."""
    by_index = {track.stream.index: track for track in tracks}
    for stream in video.streams:
        if stream.index not in by_index:
            stream.discard = Discard.all
    try:
        for count, packet in enumerate(video.demux([track.stream for track in tracks])):
            by_index[packet.stream.index].take(cast("av.Packet[Stream]", packet))
            clock.take(cast("av.Packet[Stream]", packet))
            on_packet()
            if tracks[0].looks and tracks[0].packets > most.pictures:
                raise UnusableError("too_many_pictures", f"more than {most.pictures}")
            if most.packets and (count >= most.packets or all(track.first for track in tracks)):
                break
    except (FFmpegError, MemoryError):
        pass  # a player too shows what comes before the damage
    for track in tracks:
        track.drain()


def _found(video: InputContainer, picture: Track, sounds: Sequence[Track], most: Most) -> ProbeResult:
    looks, times = picture.looks, picture.times()
    if not isinstance(picture.first, av.VideoFrame) or not times or not looks:
        raise UnusableError("unreadable", picture.trouble or "no picture could be decoded")
    stream = cast("av.VideoStream", picture.stream)
    time_base = cast("Fraction", stream.time_base)
    _check_rate(times, time_base, most.rate)
    shape, frame = looks.usual(picture.first, picture.end)
    if unusable := unusual(video, stream, frame):
        raise UnusableError("unsupported_colours", unusable)
    meant = colours(stream, frame, picture.opening)
    interlaced = picture.first.interlaced_frame or stream.codec_context.field_order > 1
    start_us = _start_us(video, picture.first, time_base)
    zero = Fraction(start_us, 1_000_000)
    raster = grid(times, time_base, stream.average_rate, interlaced=interlaced, start=zero)
    last = raster.last
    if raster.variable:
        last = max(last, min((picture.end - times[-1]) * time_base, Fraction(_LONGEST_LAST_S)))
    heard_end = max((*_ends(sounds), zero))
    latest = times[-1] * time_base - zero
    length = max(latest + last, heard_end - zero)
    seeking = entry(stream, video.format.name, picture.keys, times, raster.rate, zero=zero)
    shown = max(1, rounded((latest + raster.late) * raster.rate) + 1)
    one_each = not raster.variable and raster.last * raster.rate >= 1
    frames = max(rounded(length * raster.rate), shown if one_each else 1)

    def frame_at(time: int) -> int:
        return rounded((time * time_base - zero + raster.late) * raster.rate)

    found = Picture(
        stream=stream.index,
        codec=codec_name(video, stream),
        width=shape.width,
        height=shape.height,
        pixel_aspect=shape.pixel_aspect,
        rotation=shape.rotation,
        rate=raster.rate,
        frames=frames,
        variable=raster.variable,
        interlaced=interlaced,
        transfer=meant.transfer,
        shown=shown if shown < frames else None,
        matrix=meant.matrix,
        primaries=meant.primaries,
        rate_assumed=video.format.name in _BARE and not stream.codec_context.framerate,
        gop=seeking.gop,
        lead=seeking.lead,
        flipped=shape.flipped,
        combs=looks.combs(frame_at, frames),
        others=looks.others(shape, frame_at, frames),
        late_us=rounded(raster.late * 1_000_000),
    )
    counted = None if interlaced or raster.variable else stream.average_rate
    clock = camera_clock.timecode(video, stream, raster.rate, counted or raster.rate)
    reel = camera_clock.reel(video, stream)
    duration_ms, container = rounded(length * 1000), video.format.name
    claimed_ms = _claimed_ms(video, start_us)
    return ProbeResult(container, duration_ms, found, None, start_us, claimed_ms, clock, reel, doubt=seeking.doubt)


def _found_of_sound(video: InputContainer, sounds: Sequence[Track]) -> ProbeResult:
    """What is found in a file of sound alone: it begins where its first track does, and a picture is drawn for it."""
    ends, start_us = _ends(sounds), video.start_time or 0
    length = max(ends, default=Fraction(0)) - Fraction(start_us, 1_000_000)
    if length <= 0:
        trouble = next((sound.trouble for sound in sounds if sound.trouble), "no sound could be decoded")
        raise UnusableError("unreadable", trouble)
    picture, claimed_ms = picture_of_sound(length), _claimed_ms(video, start_us)
    told = (video.format.name, rounded(length * 1000), picture, None, start_us, claimed_ms, NO_CLOCK, "")
    return ProbeResult(*told, cover=picture_tracks.cover_track(video))


def _ends(sounds: Sequence[Track]) -> list[Fraction]:
    """Where the sound tracks that could be decoded end, in seconds of the file's own clock."""
    return [sound.end * cast("Fraction", sound.stream.time_base) for sound in sounds if sound.first]


def _claimed_ms(video: InputContainer, start_us: int) -> int:
    """The length the file's header claims; 0 if it claims none."""
    return 0 if video.format.name in _HEADLESS else max(0, (video.duration or 0) - max(0, start_us)) // 1000


def _start_us(video: InputContainer, first: av.VideoFrame, time_base: Fraction) -> int:
    """The start of the recording on its own clock: its first picture, if that is earlier than the file says or hardly later.

    Sound often begins some milliseconds before the picture, with the priming samples of its encoder.
    """
    said_us, shown = video.start_time or 0, first.pts
    if shown is None:
        return said_us
    shown_us = rounded(shown * (first.time_base or time_base) * 1_000_000)
    return shown_us if shown_us - said_us < _PRIMING_US else said_us


def _check_rate(times: list[int], time_base: Fraction, most: int) -> None:
    """Refuses too many pictures a second, once there is a second of them; the header's claim is not believed."""
    if len(times) > most and (rate := (len(times) - 1) / ((times[-1] - times[0]) * time_base)) > most:
        raise UnusableError("too_many_pictures", f"{rounded(rate)} a second, and at most {most} are read")


def main(arguments: Iterable[str]) -> None:
    """Gives up access to all other files, reads this one, prints `ProbeResult` or `Refusal`; blank lines while it reads."""
    path, wanted, *numbers = arguments
    sandbox.confine([path], [])
    facts: ProbeResult | Refusal
    try:
        tracks = tuple(map(int, filter(None, wanted.split(","))))
        facts = read_file(path, Most(*map(int, numbers)), tracks, on_packet=Signs().more)
    except UnusableError as error:
        facts = error.refusal
    json.dump(asdict(facts), sys.stdout, default=str)


if __name__ == "__main__":
    main(sys.argv[1:])
