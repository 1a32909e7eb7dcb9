"""Describes the hearing of a video as a list of sounds: `heard(QUIET(2000), SPEECH(1500), QUIET(800))`."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle, islice

from video_automation.plan.source.heard import LEVEL_HOP_MS, LOUDNESS_HOP_MS, SPEECH_HOP_MS, Hearing
from video_automation.plan.source.recording import Mixed, Picture, Sound, SoundTrack, Source


@dataclass(frozen=True)
class Heard:
    """A sound: its length in milliseconds, its levels (repeated), and its probability of being speech in percent."""

    ms: int
    levels: tuple[int, ...]
    speech: int
    lufs: int = -70


def _kind(*levels: int, speech: int, lufs: int = -70) -> Callable[[int], Heard]:
    return lambda ms: Heard(ms, levels, speech, lufs)


SPEECH = _kind(-20, -22, -25, -24, -21, -30, -23, -40, -62, -26, speech=95, lufs=-20)
FADING = _kind(-45, speech=10, lufs=-45)
"""The quiet end of a word, or its unvoiced beginning, which the network does not recognise as speech."""
QUIET = _kind(-65, -66, -64, -65, speech=1)
NOISE = _kind(-45, -46, -44, -45, speech=2, lufs=-45)
SPEECH_IN_NOISE = _kind(-20, -22, -25, -24, -21, -30, -23, -40, -45, -26, speech=95, lufs=-20)
MUSIC = _kind(-24, -22, -26, -35, speech=12, lufs=-22)
SILENCE = _kind(-120, speech=0, lufs=-120)


def heard(*sounds: Heard) -> Hearing:
    """The hearing of a video with these sounds. Their lengths are multiples of 10 ms."""
    levels = [level for sound in sounds for level in islice(cycle(sound.levels), sound.ms // LEVEL_HOP_MS)]
    at_each_ms = [sound for sound in sounds for _ in range(sound.ms)]
    speech = [sound.speech for sound in at_each_ms[::SPEECH_HOP_MS]]
    lufs = [sound.lufs * 10 for sound in at_each_ms[LOUDNESS_HOP_MS - 1 :: LOUDNESS_HOP_MS]]
    return Hearing(tuple(levels), tuple(speech), tuple(lufs))


def picture(seconds: Fraction | int, rate: Fraction | int = 100) -> Picture:
    """A picture of so many seconds; by default a frame lasts 10 ms."""
    frames = int(seconds * Fraction(rate))
    return Picture(
        0, "h264", 640, 360, Fraction(1), 0, Fraction(rate), frames, variable=False, interlaced=False, transfer="sdr"
    )


def source(hearing: Hearing, *, name: str = "talk.mp4", sound: bool = True) -> Source:
    """The source of a video with this hearing, and a picture of the same length."""
    ms = len(hearing.levels_db) * LEVEL_HOP_MS or 5_000
    return Source(
        "video",
        name,
        "mov",
        ms,
        picture(Fraction(ms, 1000)),
        Sound((SoundTrack(1, "aac", 48_000, 2),), (Mixed(1),)) if sound else None,
    )
