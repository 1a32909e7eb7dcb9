"""Makes the sounds of microphones and mixes from the recordings of speech, at 16 kHz."""

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from speech import spoken

from video_automation.analysis.track_listening import listened, listening_points
from video_automation.analysis.track_samples import SAMPLED_RATE
from video_automation.editing.tracks.track_choice import TrackChoice, choose
from video_automation.plan.source.recording import Mixed, Sound, SoundTrack

SECONDS = 36
COUNT = SECONDS * SAMPLED_RATE
Wave = NDArray[np.float32]


@cache
def voice(*languages: str) -> Wave:
    """Recordings one after the other for `SECONDS`, all equally loud."""
    parts: list[Wave] = []
    while sum(map(len, parts)) < COUNT:
        recording = spoken(languages[len(parts) // 2 % len(languages)])
        small = recording[: len(recording) // 3 * 3].reshape(-1, 3).mean(axis=1)
        parts += [small * np.float32(0.05 / np.sqrt(np.square(small).mean())), np.zeros(SAMPLED_RATE // 3, np.float32)]
    return np.concatenate(parts)[:COUNT]


def turns(one: Wave, other: Wave, share: float = 0.5) -> tuple[Wave, Wave]:
    """Two voices that take turns; the second has this share of the time."""
    second = np.arange(COUNT) / SAMPLED_RATE % 12 >= 12 * (1 - share)
    return np.where(second, 0, one).astype(np.float32), np.where(second, other, 0).astype(np.float32)


@cache
def noise(level_db: float) -> Wave:
    return np.random.default_rng(round(-level_db)).normal(0, 10 ** (level_db / 20), COUNT).astype(np.float32)


@cache
def music() -> Wave:
    """Plucked tones, four a second."""
    random, clock = np.random.default_rng(7), np.arange(COUNT) / SAMPLED_RATE
    pitches = random.choice([220, 262, 330, 392, 440, 523, 660], SECONDS * 4)
    struck = np.exp(-6 * (clock % 0.25))
    return (0.05 * struck * np.sin(2 * np.pi * pitches[(clock * 4).astype(int)] * (clock % 0.25))).astype(np.float32)


def across(sound: Wave) -> Wave:
    """A voice as a distant microphone records it: later, quieter, with reverberation."""
    random = np.random.default_rng(3)
    echo = np.zeros(SAMPLED_RATE // 5)
    echo[64] = 1
    echo[120:] += 0.03 * random.normal(0, 1, len(echo) - 120) * np.exp(-np.arange(len(echo) - 120) / 900)
    length = len(sound) + len(echo)
    return (0.25 * np.fft.irfft(np.fft.rfft(sound, length) * np.fft.rfft(echo, length), length)[:COUNT]).astype(np.float32)


@cache
def timecode() -> Wave:
    """A loud timecode signal, as some recorders put it on a sound channel."""
    return (0.2 * np.sign(np.sin(2 * np.pi * 1200 * np.arange(COUNT) / SAMPLED_RATE))).astype(np.float32)


def track(*channels: Wave, layout: str | None = None, **other: object) -> tuple[SoundTrack, Wave]:
    """A sound track with its channels; `chosen` sets its number."""
    usual = {1: "mono", 2: "stereo"}.get(len(channels), "")
    described = SoundTrack(0, "aac", 48_000, len(channels), usual if layout is None else layout, **other)  # type: ignore[arg-type]
    return described, np.stack(channels).astype(np.float32)


def chosen(*tracks: tuple[SoundTrack, Wave], named: tuple[int, ...] = ()) -> TrackChoice:
    """The choice among these tracks, which are numbered from 1 on."""
    numbered = [replace(described, stream=number) for number, (described, _) in enumerate(tracks, 1)]
    channels = [(described, number) for described in numbered for number in range(described.channels)]
    every = np.concatenate([sound for _, sound in tracks])
    starts = [at * SAMPLED_RATE // 1000 for at in listening_points(SECONDS * 1000, len(channels))]
    length = SAMPLED_RATE * 2880 // 1000
    heard = listened(channels, (every[:, start : start + length] for start in starts), len(starts))
    return choose(Sound(tuple(numbered), (Mixed(1),)), heard, named)


def used(choice: TrackChoice) -> list[int]:
    """The numbers of the tracks that are in the mix."""
    return [mixed.stream for mixed in choice.sound.mix]


def why(choice: TrackChoice) -> dict[int, str]:
    """The reason why each other track was left out, by number."""
    return {described.stream: reason for described, reason in choice.left_out}
