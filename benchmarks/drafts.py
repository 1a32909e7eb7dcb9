"""Measures how long deciding the cuts of a long talk takes: it must grow with the length, not with its square."""

import random
import time
from fractions import Fraction
from pathlib import Path

from video_automation.editing.speech.fillers import fillers, removals
from video_automation.editing.speech.silence_removal import kept_spans
from video_automation.editing.time_range import TimeRange
from video_automation.plan.params import SpeechParams, TrimParams
from video_automation.plan.source.recording import Picture
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.timeline import Timeline

_RATE = Fraction(30)


def cuts(_folder: Path) -> list[str]:
    """The cuts of three and of twelve hours of talk in which every third word is a filler."""
    short_s, long_s = _seconds(hours=3), _seconds(hours=12)
    return [f"cuts of 3 and 12 h of talk: {short_s:.1f} and {long_s:.1f} s, {long_s / short_s:.1f} x"]


def _seconds(*, hours: int) -> float:
    words, heard = _talk(hours * 3_600_000)
    frames = int(hours * 3_600 * _RATE)
    picture = Picture(0, "h264", 64, 36, Fraction(1), 0, _RATE, frames, variable=False, interlaced=False, transfer="sdr")
    began = time.monotonic()
    unwanted = fillers(Transcript("en", words), SpeechParams(remove_fillers=True))
    cut = frozenset(unwanted)
    wanted = [word for word in words if word not in cut]
    spans = kept_spans(heard, picture, TrimParams(), words=wanted, fillers=unwanted)
    removals(unwanted, Timeline("talk", _RATE, spans))
    return time.monotonic() - began


def _talk(length_ms: int) -> tuple[tuple[Word, ...], list[TimeRange]]:
    chance, words, heard, now = random.Random(1), [], [], 0
    while now < length_ms - 8_000:
        begun = now
        for _ in range(chance.randint(3, 12)):
            end = now + chance.randint(120, 500)
            words.append(Word(now, end, chance.choice(["um", "the", "talk", "goes", "on", "uh"]), 90))
            now = end + chance.choice([0, 0, 30, 120])
        heard.append(TimeRange(begun, now))
        now += chance.choice([100, 300, 700, 2_500])
    return tuple(words), heard
