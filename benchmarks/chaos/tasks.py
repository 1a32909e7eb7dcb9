"""Tasks as a client sees them: uploads them, hears how they stand, takes what they made and hashes it."""

import hashlib
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import imageio_ffmpeg
import requests

_ENDS = ("SUCCESS", "FAILURE", "REVOKED")
_LOOK_EVERY_S = 0.1
_PATIENCE_S = 120
Prints = tuple[tuple[str, str], ...]
"""Names of files and hashes of what they show or say."""


def upload(address: str, video: Path, **options: str) -> str:
    """Uploads a video; gives its task."""
    with video.open("rb") as file:
        answer = requests.post(f"{address}/upload", files={"file": (video.name, file)}, data=options, timeout=60)
    answer.raise_for_status()
    return str(answer.json()["task_id"])


def told(address: str, task: str) -> dict[str, Any]:
    """What is told of a task; a state of "LOST" where nobody knows it, of "UNHEARD" where nobody answers."""
    try:
        answer = requests.get(f"{address}/task/{task}", timeout=10)
    except requests.RequestException:
        return {"state": "UNHEARD"}
    if answer.status_code == 404:
        return {"state": "LOST"}
    said: dict[str, Any] = answer.json()
    return said if answer.ok else {"state": "UNHEARD"}


def ended(address: str, task: str, *, within_s: float = _PATIENCE_S) -> dict[str, Any]:
    """What is told of a task once it has ended, or in the end of one that has not."""
    give_up = time.monotonic() + within_s
    while (said := told(address, task))["state"] not in _ENDS and time.monotonic() < give_up:
        time.sleep(_LOOK_EVERY_S)
    return said


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a task's way: so many seconds after so many percent of it."""

    percent: int
    later_s: float

    def wait(self, address: str, task: str) -> None:
        """Returns when it has come, or when the task has ended before."""
        give_up = time.monotonic() + _PATIENCE_S
        while (said := told(address, task))["state"] not in _ENDS and said.get("progress", 0) < self.percent:
            if time.monotonic() > give_up:
                break
            time.sleep(_LOOK_EVERY_S)
        time.sleep(self.later_s)


def moment(chance: Random) -> Moment:
    """A moment by chance, from before the work is begun until about when it ends."""
    return Moment(chance.randrange(95), chance.random() / 2)


def result(address: str, task: str) -> dict[str, Any]:
    """What a task came to."""
    said: dict[str, Any] = requests.get(f"{address}/task/{task}/result", timeout=10).json()
    return said


def prints(address: str, listed: list[dict[str, Any]]) -> Prints:
    """Videos frame for frame as decoded, pictures, captions and transcripts byte for byte; "broken" is what is otherwise."""
    found = []
    for artifact in listed:
        if artifact["kind"] in ("log", "plan", "timeline"):
            continue  # they tell of this very task
        content = requests.get(address + artifact["href"], timeout=60).content
        whole = hashlib.sha256(content).hexdigest() == artifact["sha256"]
        shown = frames(content) if artifact["type"] == "video/mp4" else artifact["sha256"]
        found.append((artifact["name"], shown if whole else "broken"))
    return tuple(sorted(found))


def frames(video: bytes) -> str:
    """A hash of a video's decoded pictures and sound, and of their times; "broken" if it cannot be decoded to its end."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        file.write(video)
        file.flush()
        argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-xerror", "-i", file.name, "-map", "0", "-f", "framemd5", "-")
        ran = subprocess.run(argv, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return "broken" if ran.returncode or ran.stderr else hashlib.sha256(ran.stdout).hexdigest()
