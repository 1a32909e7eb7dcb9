"""Samples the sound tracks of a recording in short stretches: levels, speech, and which channels hold the same sound."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video_automation.analysis.track_samples import Channel, TrackSamples, sampled
from video_automation.analysis.voice import VOICE_RATE, WINDOW, Voice
from video_automation.errors import LimitError, ToolError
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Sound, Source
from video_automation.plan.source.tracks_heard import HEARD_WINDOW_MS, QUIETEST_DB, SPEAKS, HeardChannel, TracksHeard

log = logging.getLogger(__name__)

VERSION = 1
"""Raise this when the same tracks give other observations: they are then sampled anew."""
_SPAN = VOICE_RATE * HEARD_WINDOW_MS // 1000
"""Samples of one window, a whole number of windows of the voice network."""
_WINDOWS = 6
"""Windows in one stretch."""
_STRETCH_MS = _WINDOWS * HEARD_WINDOW_MS
_MOST_CHANNELS = 16
"""Channels that are sampled: each two take a process."""
_FIRST_LOOK = 8
"""Stretches after which an ordinary stereo track is known to be one."""
_FEWEST, _CHANNEL_SECONDS = 24, 600
"""Stretches of a long recording; and seconds sampled over all channels, which limits the stretches if channels are many."""
_DENSEST_MS = 60_000
"""However many channels there are, each has one stretch in this time: anyone who speaks for a minute is noticed."""
_SILENT_DB, _LOUD_DB = -70, 12
"""Decibels: a channel below the first is silent; a window is loud down to the second below the loudest one."""
_ORDINARY_DB, _UPSIDE_DOWN = 6, -30
"""Beyond these, one side of stereo is unusually loud (dB), or the other side is inverted (percent)."""
_MOST_ODD = 8
"""One window in this many may be beyond them."""
_LAGS = VOICE_RATE * 30 // 1000
"""Samples by which one track may delay the same sound against another: encoders' priming, the distance to a microphone."""
_BAND = 3
"""The distance of two samples whose difference is taken where channels are compared: a band-pass."""
_COMPARISONS = 3_000
"""Comparisons of two channels in a window; with many channels fewer windows are compared."""
_SAME = 1e-3
"""Two channels that never differ by more are the same to the voice network."""
_TYPICAL = 75
"""Percentile of the correlations of two channels: other sounds may be heard beside the voice most of the time."""


def listen_to_tracks(tools: Tools, path: Path, source: Source) -> TracksHeard:
    """The observations of a recording's readable sound tracks; empty if there is nothing to find out.

    That is so for a single track with one channel or with ordinary stereo. Unreadable tracks are skipped.

    Raises:
        PipelineError: as `media.program.running_program`, by our own fault.
    """
    channels = _channels(source.sound)
    if len(channels) < 2:
        return TracksHeard()

    def sample(starts_ms: Sequence[int]) -> Iterator[TrackSamples]:
        return sampled(tools, path, source, channels, starts_ms=starts_ms, length_ms=_STRETCH_MS)

    try:
        one_stereo_track = len(channels) == 2 and channels[0][0] is channels[1][0]
        if one_stereo_track and _is_ordinary(sample(_spread(source.duration_ms, _FIRST_LOOK))):
            return TracksHeard()
        starts_ms = listening_points(source.duration_ms, len(channels))
        return listened(channels, sample(starts_ms), len(starts_ms))
    except (ToolError, LimitError) as error:
        if isinstance(error, ToolError) and error.exit_status > 0:  # an exception: a bug of ours
            raise
        log.warning("the sound tracks could not be listened to: %s", error)
        return TracksHeard()


def listening_points(duration_ms: int, channels: int) -> tuple[int, ...]:
    """The starts of stretches in milliseconds: all over the recording, and close together if it is short."""
    whole = max(1, -(-duration_ms // _STRETCH_MS))
    affordable = max(_FEWEST, duration_ms // _DENSEST_MS, _CHANNEL_SECONDS * 1000 // (_STRETCH_MS * max(1, channels)))
    return _spread(duration_ms, min(whole, affordable))


def _spread(duration_ms: int, count: int) -> tuple[int, ...]:
    """The starts of `count` stretches, the first at the beginning, the last at the end."""
    room = max(0, duration_ms - _STRETCH_MS)
    return tuple(dict.fromkeys(room * number // max(1, count - 1) for number in range(count)))


def _channels(sound: Sound | None) -> list[Channel]:
    """All channels of all readable tracks, up to the limit; of each track all channels or none."""
    channels: list[Channel] = []
    for track in sound.tracks if sound else ():
        if track.readable and len(channels) + track.channels <= _MOST_CHANNELS:
            channels += [(track, number) for number in range(track.channels)]
    return channels


def _is_ordinary(stretches: Iterable[TrackSamples]) -> bool:
    """Whether two channels are ordinary stereo: mostly about equally loud, and neither the other one inverted."""
    odd = sounding = 0
    for sound in stretches:
        for window in _windows(sound):
            left, right = _levels_db(window)
            if max(left, right) > _SILENT_DB:
                sounding += 1
                odd += abs(left - right) > _ORDINARY_DB or _likeness(window) < _UPSIDE_DOWN
    return odd * _MOST_ODD <= sounding


def _likeness(window: TrackSamples) -> int:
    """The correlation of two channels in percent."""
    left, right = _steepened(window)
    power = float(np.sqrt((left * left).sum() * (right * right).sum()))
    return round(100 * float((left * right).sum()) / power) if power else 0


@dataclass(slots=True)
class _Notes:
    """The observations of one channel so far."""

    stream: int
    channel: int
    levels_db: list[int] = field(default_factory=list)
    speech: list[int] = field(default_factory=list)


def listened(channels: Sequence[Channel], stretches: Iterable[TrackSamples], count: int) -> TracksHeard:
    """The observations of some channels in `count` stretches."""
    notes = [_Notes(track.stream, number) for track, number in channels]
    every = max(1, count * _WINDOWS * len(notes) ** 2 // 2 // _COMPARISONS)
    compared: dict[int, NDArray[np.int8]] = {}
    voice = Voice()
    for sound in stretches:
        _note_speech(voice, notes, sound)
        for window in _windows(sound):
            number = len(notes[0].levels_db)
            for note, level in zip(notes, _levels_db(window), strict=True):
                note.levels_db.append(level)
            if number % every == 0:
                compared[number] = _compared(window)
    heard = tuple(HeardChannel(note.stream, note.channel, tuple(note.levels_db), tuple(note.speech)) for note in notes)
    return TracksHeard(heard, tuple(_held_by(heard, one, compared) for one in range(len(heard))))


def _windows(sound: TrackSamples) -> list[TrackSamples]:
    return [sound[:, start : start + _SPAN] for start in range(0, sound.shape[1] - _SPAN + 1, _SPAN)]


def _levels_db(window: TrackSamples) -> list[int]:
    power = np.square(window).mean(axis=1)
    return [round(float(level)) for level in 10 * np.log10(np.maximum(power, 10 ** (QUIETEST_DB / 10)))]


def _note_speech(voice: Voice, notes: Sequence[_Notes], sound: TrackSamples) -> None:
    """Notes the speech in a stretch; equal channels are analysed once."""
    heard: list[tuple[TrackSamples, list[int]]] = []
    for note, channel in zip(notes, sound, strict=True):
        known = next((speech for other, speech in heard if np.abs(other - channel).max() < _SAME), None)
        speech = _speech(voice, channel) if known is None else known
        heard.append((channel, speech))
        note.speech += speech


def _speech(voice: Voice, channel: NDArray[np.float32]) -> list[int]:
    """The voice probability in each window of a stretch, in percent."""
    if 20 * np.log10(max(float(np.abs(channel).max()), 1e-6)) < _SILENT_DB:
        return [0] * _WINDOWS
    voice.forget()
    each = voice.heard(channel)
    step = _SPAN // WINDOW
    return [round(sum(each[first : first + step]) / step) for first in range(0, len(each), step)]


def _steepened(window: TrackSamples) -> TrackSamples:
    """The sound between 300 Hz and 4 kHz: below is the rumble common to all microphones of a room, above what codecs drop."""
    return window[:, _BAND:] - window[:, :-_BAND]


def _compared(window: TrackSamples) -> NDArray[np.int8]:
    """For each two channels the strongest correlation, with either delayed by some milliseconds; in percent."""
    steep = _steepened(window)
    power = np.sqrt(np.square(steep).sum(axis=1, keepdims=True))
    spectra = np.fft.rfft(steep / np.maximum(power, 1e-6), 2 * _SPAN)
    result = np.full((len(window), len(window)), 100, np.int8)
    for one in range(len(window)):
        for other in range(one):
            lags = np.fft.irfft(spectra[one] * spectra[other].conj())
            near = np.concatenate((lags[: _LAGS + 1], lags[-_LAGS:]))
            result[one, other] = result[other, one] = round(100 * float(near[np.abs(near).argmax()]))
    return result


def _held_by(channels: Sequence[HeardChannel], one: int, compared: Mapping[int, NDArray[np.int8]]) -> tuple[int, ...]:
    return tuple(_held(channels, one, other, compared) for other in range(len(channels)))


def _held(channels: Sequence[HeardChannel], one: int, other: int, compared: Mapping[int, NDArray[np.int8]]) -> int:
    """How much of the other channel's sound is in the one, in percent."""
    sound = channels[other]
    telling = [number for number in compared if sound.speech[number] >= SPEAKS]
    if not telling:
        loud = max((sound.levels_db[number] for number in compared), default=QUIETEST_DB) - _LOUD_DB
        telling = [number for number in compared if sound.levels_db[number] >= max(loud, _SILENT_DB)]
    if not telling:
        return 0
    likenesses = np.array([compared[number][one, other] for number in telling])
    typical = float(np.percentile(np.abs(likenesses), _TYPICAL))
    return round(-typical if np.median(likenesses) < 0 else typical)
