"""Recordings of speech in several languages, and videos of them."""

import csv
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from videos import make_video

RATE = 48_000
_FOLDER = Path(__file__).parents[1] / "recordings"


@cache
def texts() -> dict[str, str]:
    """The text that is spoken in each language's recording."""
    with (_FOLDER / "texts.tsv").open(encoding="utf-8") as file:
        return {row["language"]: row["text"] for row in csv.DictReader(file, delimiter="\t")}


@cache
def spoken(language: str) -> NDArray[np.float32]:
    """The recording in a language: mono at 48 kHz, between -1 and 1."""
    argv = (
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-i",
        str(_FOLDER / f"{language}.ogg"),
        "-ac",
        "1",
        "-ar",
        str(RATE),
    )
    raw = subprocess.run([*argv, "-f", "f32le", "-"], capture_output=True, check=True).stdout
    return np.frombuffer(raw, "<f4")


def silence(seconds: float) -> NDArray[np.float32]:
    """Silence of so many seconds: mono at 48 kHz."""
    return np.zeros(round(seconds * RATE), np.float32)


def video_of(*sounds: NDArray[np.float32], path: Path) -> Path:
    """A small video with these sounds, one after the other."""
    sound = np.concatenate(sounds)
    frames = len(sound) * 10 // RATE
    return make_video(path, frames=frames, rate=Fraction(10), size=(64, 36), sound=sound[:, None].astype(np.float32))


@dataclass(frozen=True, slots=True)
class Score:
    """The errors in a transcribed text, and the length of the true text."""

    wrong: int
    units: int

    @property
    def share(self) -> float:
        """The share of errors."""
        return self.wrong / max(1, self.units)


def score(truth: str, said: str, language: str) -> Score:
    """Counts errors (Levenshtein) by word, or by letter for Chinese and Japanese."""
    expected, found = (_units(text, language) for text in (truth, said))
    row = list(range(len(found) + 1))
    for i, unit in enumerate(expected, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (unit != other))
    return Score(row[-1], len(expected))


def _units(text: str, language: str) -> list[str]:
    words = "".join(char if char.isalnum() or (not char.isascii() and not char.isspace()) else " " for char in text.casefold())
    bare = "".join(char for char in words if char not in "。、，！？；：«»¿¡।")
    return list(bare.replace(" ", "")) if language in ("zh", "ja") else bare.split()
