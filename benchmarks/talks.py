"""The talks that measurements use: real speech, pauses, a moving face, and what is known to be in them."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(os.environ.get("MEDIA_CORPUS", "../shared/media")).absolute()


@dataclass(frozen=True, slots=True)
class Talk:
    """A video of somebody talking, the times of its sentences and pauses in seconds, and the text of the sentences."""

    video: Path
    sentences: tuple[tuple[float, float], ...]
    pauses: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]


def talk(folder: Path, *, minutes: float, seed: int = 1, size: str = "1280x720", rate: str = "30") -> Talk:
    """A talk, made unless the folder has it already."""
    video = folder / f"talk-{minutes}-{seed}-{size}-{rate.replace('/', '_')}.mp4"
    truth = video.with_suffix(".json")
    if not truth.exists():
        maker = CORPUS / "make_talk.py"
        if not maker.exists():
            raise SystemExit(f"Benchmarks need the corpus of recordings: set MEDIA_CORPUS (there is no {maker}).")
        arguments = ("--minutes", str(minutes), "--seed", str(seed), "--size", size, "--rate", rate)
        subprocess.run([sys.executable, str(maker), str(video), *arguments], check=True, stdout=subprocess.DEVNULL)
    told = json.loads(truth.read_text())
    sentences = tuple((s["start_s"], s["end_s"]) for s in told["sentences"])
    pauses = tuple((p["start_s"], p["end_s"]) for p in told["pauses"])
    return Talk(video, sentences, pauses, tuple(s["text"] for s in told["sentences"]))
