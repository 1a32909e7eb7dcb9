"""Measures uploads in pieces: their speed and memory, and what they lose when the web process is killed at random moments."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import requests

from benchmarks.chaos.processes import processes
from benchmarks.service import enlarge, running, uploaded
from benchmarks.talks import talk

_PIECE = 8 << 20
_VERSION = {"Tus-Resumable": "1.0.0"}
_KILLED = 6


def speed(folder: Path) -> list[str]:
    """1 GiB in pieces of 8 MiB against `POST /upload`, three times each by turns; the peak memory of the web processes."""
    video = talk(folder, minutes=0.2, size="320x180").video
    large = enlarge(video, folder / "large.mp4", 1 << 30)
    ratios, shown = [], []
    with running(folder) as (address, _, _):
        _sent(address, video)
        before = _most_mb(folder)
        for _ in range(3):
            pieces_s = _seconds(lambda: _sent(address, large))
            if not shown:
                growth = _most_mb(folder) - before
            post_s = _seconds(lambda: uploaded(address, large))
            ratios.append(pieces_s / post_s)
            shown.append(f"{pieces_s:.1f}/{post_s:.1f}")
    told = f"1 GiB in pieces / in one request: {sorted(ratios)[1]:.2f} (seconds {', '.join(shown)})"
    return [f"{told}; the web processes grew by {growth:.0f} MB at most"]


def killed(folder: Path) -> list[str]:
    """256 MiB in pieces while the web process is killed again and again."""
    large = enlarge(talk(folder, minutes=0.2, size="320x180").video, folder / "large.mp4", 256 << 20)
    chance, over, kills = random.Random(7), Event(), [0]
    with running(folder) as (address, _, _):

        def strike() -> None:
            while kills[0] < _KILLED and not over.wait(chance.uniform(0.2, 1.5)):
                for process in processes():
                    if "serve" in process.words and process.touches(str(folder)):
                        process.kill()
                        kills[0] += 1
                _back(address)

        striker = Thread(target=strike)
        striker.start()
        rewound = [0]
        task = ""
        while kills[0] < _KILLED:
            task = _sent(address, large, rewound)
        over.set()
        striker.join()
        whole = (folder / "data" / "input" / task / "source").read_bytes() == large.read_bytes()
        known = requests.get(f"{address}/task/{task}", timeout=10).status_code
    return [f"killed {kills[0]} times; acknowledged bytes lost: {rewound[0]}; the video is whole: {whole}; its task: {known}"]


def _sent(address: str, video: Path, rewound: list[int] | None = None) -> str:
    """Sends a video in pieces, and continues after each failure where the service stands; gives the task's id."""
    size, said = video.stat().st_size, {"Upload-Metadata": "filename bGFyZ2UubXA0"}
    place = ""
    acknowledged = 0
    with video.open("rb") as file:
        while True:
            try:
                if not place:
                    answer = requests.post(
                        f"{address}/files", headers=_VERSION | said | {"Upload-Length": str(size)}, timeout=60
                    )
                    answer.raise_for_status()
                    place = address + answer.headers["Location"]
                told = requests.head(place, headers=_VERSION, timeout=600)
                told.raise_for_status()
                if rewound is not None:
                    rewound[0] += max(0, acknowledged - int(told.headers["Upload-Offset"]))
                while "Location" not in told.headers:
                    acknowledged = int(told.headers["Upload-Offset"])
                    file.seek(acknowledged)
                    told = _piece(place, acknowledged, file.read(_PIECE))
                return told.headers["Location"].rpartition("/")[2]
            except requests.RequestException:
                time.sleep(0.2)


def _piece(place: str, offset: int, body: bytes) -> requests.Response:
    kind = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    answer = requests.patch(place, data=body, headers=_VERSION | kind, timeout=600)
    answer.raise_for_status()
    return answer


def _most_mb(folder: Path) -> float:
    """The peak memory of the web processes in megabytes."""
    serving = [process.pid for process in processes() if "serve" in process.words and process.touches(str(folder))]
    return sum(int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0]) for pid in serving) / 1024


def _back(address: str) -> None:
    while True:
        try:
            requests.get(f"{address}/health/live", timeout=5).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return


def _seconds(act: Callable[[], str]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began
