"""Measures transcription in many languages: the language found, the word errors, the words invented without speech."""

import csv
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from benchmarks.speech import transcribed
from benchmarks.talks import CORPUS
from benchmarks.words import errors, plain
from video_automation.analysis.models.speech_model import SpeechModel, folder_of
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.text.script import joined

RATE = 16_000
Sound = NDArray[np.float32]
_BY_LETTER = ("ja", "ko", "th", "zh")
"""Languages whose errors are counted by letter, not by word."""
_OURS = Path(__file__).parents[1] / "tests" / "recordings"


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording of speech, its language, and what is said."""

    file: Path
    language: str
    text: str


def found(folder: Path) -> Iterator[str]:
    """The language found in each recording, and its word errors against those of plain faster-whisper."""
    for recording in recordings():
        said = written(folder, sound(recording.file))
        ours, alone = wrong(recording, text(said)), wrong(recording, _alone(recording.file))
        yield (
            f"{recording.file.stem} ({recording.language}): {said.language} {said.certainty} %; {ours:.1%} wrong, "
            f"faster-whisper as it comes {alone:.1%}: {100 * (ours - alone):+.1f} points"
        )


def behind(folder: Path) -> Iterator[str]:
    """The language found in each recording after 40 s of music, or after an English greeting."""
    greeting = sound(_OURS / "en.ogg")[: 4 * RATE]
    for recording in recordings():
        speech = sound(recording.file)
        for name, before in (("music", music(40)), ("an English greeting", greeting)):
            said = written(folder, np.concatenate((before, np.zeros(RATE // 2, np.float32), speech)))
            yield f"{recording.file.stem} ({recording.language}) behind {name}: {said.language} {said.certainty} %"


def invented(folder: Path) -> Iterator[str]:
    """The words that are transcribed from a minute without intelligible speech."""
    for name, heard in nothing_said().items():
        said = written(folder, heard)
        yield f"{name}: {len(said.words)} words{f' ({text(said)[:80]})' if said.words else ''}"


def recordings() -> tuple[Recording, ...]:
    """The recordings of the tests and those of the corpus."""
    ours = [Recording(_OURS / f"{row['language']}.ogg", row["language"], row["text"]) for row in _rows(_OURS / "texts.tsv")]
    folder = CORPUS / "asr" / "languages"
    rows = _rows(folder / "TRUTH.tsv") if folder.exists() else []
    return (*ours, *(Recording(folder / row["file"], row["language"], row["transcript"]) for row in rows))


def nothing_said() -> dict[str, Sound]:
    """Sounds of a minute each, by name: noise, music, a crowd, speech played backwards, silence."""
    rng = np.random.default_rng(1)
    white = rng.normal(0, 0.1, 60 * RATE).astype(np.float32)
    rain = np.convolve(white, np.ones(4) / 4, "same").astype(np.float32) * (1 + np.sin(np.arange(60 * RATE) / RATE))
    voices = [sound(one.file) for one in recordings()]
    parts = (np.roll(np.resize(voice, 60 * RATE), rng.integers(60 * RATE)) * 0.12 for _ in range(2) for voice in voices)
    crowd = np.sum(list(parts), axis=0)
    backwards = {f"{one.file.stem}, backwards": np.resize(sound(one.file)[::-1], 60 * RATE) for one in recordings()}
    return {
        "silence": np.zeros(60 * RATE, np.float32),
        "noise": white,
        "rain": rain.astype(np.float32),
        "music": music(60),
        "a crowd": crowd.astype(np.float32),
        **backwards,
    }


def music(seconds: int) -> Sound:
    """Chords with a bass and a beat."""
    at = np.arange(seconds * RATE) / RATE
    chords = ((220, 277, 330), (196, 247, 294), (175, 220, 262), (165, 208, 247))
    bar = (at // 2).astype(int) % len(chords)
    notes = np.array(chords)[bar].T
    harmony = sum(np.sin(2 * np.pi * note * at * over) / over for note in notes for over in (1, 2, 3))
    beat = np.random.default_rng(2).normal(0, 1, len(at)) * np.exp(-30 * (at % 0.5))
    return (0.06 * harmony + 0.1 * np.sin(np.pi * notes[0] * at) + 0.1 * beat).astype(np.float32)


def sound(file: Path) -> Sound:
    """The samples of a recording, mono at 16 kHz."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(file), "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-")
    return np.frombuffer(subprocess.run(argv, capture_output=True, check=True).stdout, "<f4")


def written(folder: Path, heard: Sound) -> Transcript:
    """The transcript that our own transcription makes of a video with this sound."""
    return transcribed(filmed(folder, heard), folder)


def filmed(folder: Path, heard: Sound) -> Path:
    """A video with this sound."""
    video = folder / "speech.mkv"
    argv = (
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "f32le", "-ar", str(RATE), "-ac", "1", "-i", "-"),
        *("-f", "lavfi", "-i", f"color=size=64x36:rate=10:duration={len(heard) / RATE:.3f}"),
        *("-c:a", "flac", "-c:v", "libx264", "-preset", "ultrafast", str(video)),
    )
    subprocess.run(argv, input=np.clip(heard, -1, 1).astype("<f4").tobytes(), check=True)
    return video


def text(said: Transcript) -> str:
    """All words of a transcript as one text."""
    return joined(word.text for word in said.words)


def wrong(recording: Recording, said: str) -> float:
    """The share of words (or letters) that are wrong."""
    truth, heard = (_units(recording.language, written) for written in (recording.text, said))
    return errors(truth, heard) / len(truth)


def _units(language: str, said: str) -> list[str]:
    words = plain(said)
    return list("".join(words)) if language in _BY_LETTER else words


@cache
def _alone(file: Path) -> str:
    from faster_whisper import WhisperModel  # noqa: PLC0415

    model = WhisperModel(str(folder_of(SpeechModel().model)), device="cpu", compute_type="int8")
    return "".join(part.text for part in model.transcribe(str(file))[0])


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))
