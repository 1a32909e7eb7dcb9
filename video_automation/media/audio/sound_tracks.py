"""The sound tracks of a file, with their titles and flags. Used only in the probe's own process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import av
from av.container import InputContainer
from av.stream import Disposition

from video_automation.media.audio.channels import UNKNOWN_CHANNEL
from video_automation.media.command import SOUND_DECODERS
from video_automation.media.probing.track import Track, UnusableError, codec_name, track_title
from video_automation.plan.source.recording import Mixed, Sound, SoundTrack

_NOT_THE_MAIN_SOUND = frozenset(("comment", "hearing_impaired", "visual_impaired", "descriptions", "karaoke", "dub"))
_UNKNOWN_LANGUAGES = frozenset(("", "und", "zxx", "mul", "mis"))


def readable(video: InputContainer) -> list[av.AudioStream]:
    """The sound tracks whose codec we read.

    Raises:
        UnusableError: there are sound tracks, but none can be read. Almost every result depends on what is said, so the sender
            should learn this at once.
    """
    listed, streams = SOUND_DECODERS.split(","), video.streams.audio
    known = [stream for stream in streams if stream.codec_context and stream.codec_context.name in listed]
    if streams and not known:
        raise UnusableError("unsupported_sound", codec_name(video, streams[0]))
    return known


def sound(video: InputContainer, tracks: Sequence[Track], names: Mapping[int, Sequence[str]], *, whole: bool) -> Sound | None:
    """All sound tracks of a file, with the track a player would play as their mix; None if none of them gives sound.

    `tracks` are those that were read, `whole` tells whether to their end, `names` are the names of their channels. A player
    plays the default track, the first if there are several; tracks for other purposes come last.
    """
    heard = {track.stream.index: track.first for track in tracks if isinstance(track.first, av.AudioFrame)}
    later = {track.stream.index for track in tracks if not whole and not track.packets}
    listed = tuple(
        _described(video, stream, heard.get(stream.index), names.get(stream.index, ()), later=stream.index in later)
        for stream in video.streams.audio
    )

    def rank(track: SoundTrack) -> tuple[bool, bool, bool, int]:
        return track.readable, _NOT_THE_MAIN_SOUND.isdisjoint(track.flags), "default" in track.flags, -track.stream

    best = max(listed, key=rank, default=None)
    return Sound(listed, (Mixed(best.stream),)) if best and best.readable else None


def _described(
    video: InputContainer, stream: av.AudioStream, frame: av.AudioFrame | None, names: Sequence[str], *, later: bool
) -> SoundTrack:
    """A track as its first frame describes it; `later` is true if nothing of it was read yet."""
    language = stream.language or ""
    told = (
        track_title(stream),
        "" if language in _UNKNOWN_LANGUAGES else language,
        tuple(str(flag.name) for flag in Disposition if flag & stream.disposition),
    )
    rate = frame.sample_rate if frame else stream.codec_context.sample_rate if stream.codec_context else 0
    channels = frame.layout.nb_channels if frame else len(names)
    layout = frame.layout.name if frame else ""
    if "channels" in layout:  # such a layout tells only the number of channels
        layout = "+".join(names) if len(names) == channels and UNKNOWN_CHANNEL not in names else ""
    readable = later or frame is not None
    return SoundTrack(stream.index, codec_name(video, stream), rate, channels, layout, *told, readable=readable)
