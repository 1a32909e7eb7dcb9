"""Acts as a client: uploads videos, reads the state of tasks, downloads their results and hashes them."""

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
"""The names of files and the hashes of their content."""


def upload(address: str, video: Path, **options: str) -> str:
    """Uploads a video; gives the task's id."""
    with video.open("rb") as file:
        answer = requests.post(f"{address}/upload", files={"file": (video.name, file)}, data=options, timeout=60)
    answer.raise_for_status()
    return str(answer.json()["task_id"])


def told(address: str, task: str) -> dict[str, Any]:
    """The state of a task as JSON. `state` is "LOST" if the service does not know it, "UNHEARD" if it does not respond."""
    try:
        answer = requests.get(f"{address}/task/{task}", timeout=10)
    except requests.RequestException:
        return {"state": "UNHEARD"}
    if answer.status_code == 404:
        return {"state": "LOST"}
    said: dict[str, Any] = answer.json()
    return said if answer.ok else {"state": "UNHEARD"}


def ended(address: str, task: str, *, within_s: float = _PATIENCE_S) -> dict[str, Any]:
    """The state of a task once it has ended, or after `within_s` seconds."""
    give_up = time.monotonic() + within_s
    while (said := told(address, task))["state"] not in _ENDS and time.monotonic() < give_up:
        time.sleep(_LOOK_EVERY_S)
    return said


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in a task: so many seconds after so many percent of progress."""

    percent: int
    later_s: float

    def wait(self, address: str, task: str) -> None:
        """Waits for the moment, or for the end of the task if that comes first."""
        give_up = time.monotonic() + _PATIENCE_S
        while (said := told(address, task))["state"] not in _ENDS and said.get("progress", 0) < self.percent:
            if time.monotonic() > give_up:
                break
            time.sleep(_LOOK_EVERY_S)
        time.sleep(self.later_s)


def moment(chance: Random) -> Moment:
    """A random moment, from before the start of the work until about its end."""
    return Moment(chance.randrange(95), chance.random() / 2)


def result(address: str, task: str) -> dict[str, Any]:
    """The result of a task, as JSON."""
    said: dict[str, Any] = requests.get(f"{address}/task/{task}/result", timeout=10).json()
    return said


def prints(address: str, listed: list[dict[str, Any]]) -> Prints:
    """A hash of each file: of videos by their decoded frames, of other files by their bytes; "broken" if that fails."""
    found = []
    for artifact in listed:
        if artifact["kind"] in ("log", "plan", "timeline"):
            continue  # its content differs from task to task
        content = requests.get(address + artifact["href"], timeout=60).content
        whole = hashlib.sha256(content).hexdigest() == artifact["sha256"]
        shown = frames(content) if artifact["type"] == "video/mp4" else artifact["sha256"]
        found.append((artifact["name"], shown if whole else "broken"))
    return tuple(sorted(found))


def frames(video: bytes) -> str:
    """A hash of a video's decoded pictures, sound and timestamps; "broken" if it cannot be decoded to its end."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
        file.write(video)
        file.flush()
        argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-xerror", "-i", file.name, "-map", "0", "-f", "framemd5", "-")
        ran = subprocess.run(argv, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return "broken" if ran.returncode or ran.stderr else hashlib.sha256(ran.stdout).hexdigest()
