"""Measures the running service: its start, uploads of large videos, requests for a task's state, many uploads at once."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from benchmarks.measured import tree_mb
from benchmarks.talks import talk

_GIB = 1 << 30


@contextmanager
def running(folder: Path, **more: str) -> Iterator[tuple[str, "subprocess.Popen[str]", float]]:
    """Runs the whole service with its data in a folder; gives its address, its process, the seconds until it was ready."""
    port, redis_port = free_port(), free_port()
    own = {"PORT": str(port), "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0", "DATA_FOLDER": str(folder / "data")} | more
    began = time.monotonic()
    with (folder / "service.log").open("w") as log:
        program = subprocess.Popen(
            [sys.executable, "start_services.py"], env=os.environ | own, stdout=subprocess.PIPE, stderr=log, text=True
        )
    assert program.stdout is not None
    try:
        line = program.stdout.readline()
        if "ready" not in line:
            raise SystemExit(f"the service did not start: {(folder / 'service.log').read_text()[-2000:]}")
        yield f"http://127.0.0.1:{port}", program, time.monotonic() - began
    finally:
        program.terminate()
        program.wait()


def start(folder: Path) -> list[str]:
    """Seconds until the service is ready; seconds from an upload's response to the start of its task on an idle worker."""
    video = talk(folder, minutes=0.2, size="320x180").video
    with running(folder) as (address, _, seconds):
        waits = []
        for _ in range(3):
            task = ended(address, uploaded(address, video))
            waits.append((_moment(task["started_at"]) - _moment(task["created_at"])) * 1000)
    return [f"ready in {seconds:.1f} s; work began {', '.join(f'{wait:.0f}' for wait in waits)} ms after each upload"]


def upload(folder: Path) -> list[str]:
    """2 GiB by `POST /upload` against `dd conv=fsync` of the same bytes, three times by turns; the web process's memory."""
    video = talk(folder, minutes=0.2, size="320x180").video
    large = folder / "large.mp4"
    enlarge(video, large, 2 * _GIB)
    ratios, shown = [], []
    with running(folder) as (address, program, _):
        before = tree_mb(program.pid)
        growth = 0.0
        for _ in range(3):
            copy = ("dd", f"if={large}", f"of={folder / 'copy'}", "bs=1M", "conv=fsync", "status=none")
            dd_s = _timed(copy)
            (folder / "copy").unlink()
            post_s = _timed(("curl", "-sS", "--fail", "-o", os.devnull, "-F", f"file=@{large}", f"{address}/upload"))
            growth = max(growth, tree_mb(program.pid) - before)
            ratios.append(post_s / dd_s)
            shown.append(f"{post_s:.1f}/{dd_s:.1f}")
    return [f"2 GiB upload / dd: {sorted(ratios)[1]:.2f} (seconds {', '.join(shown)}); all processes grew by {growth:.0f} MB"]


def status(folder: Path) -> list[str]:
    """`GET /task/<id>` by wrk over 16 connections, with an idle worker."""
    if not shutil.which("wrk"):
        return ["not measured: there is no wrk here"]
    with running(folder) as (address, _, _):
        task = uploaded(address, talk(folder, minutes=0.2, size="320x180").video)
        ended(address, task)
        argv = ("wrk", "-t1", "-c16", "-d10s", "--latency", f"{address}/task/{task}")
        text = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    rate, p99 = re.search(r"Requests/sec:\s+(\S+)", text), re.search(r"99%\s+(\S+)", text)
    assert rate
    assert p99
    return [f"/task/<id>, 16 connections: {float(rate[1]):.0f} /s, 99 % within {p99[1]}"]


def many(folder: Path) -> list[str]:
    """Twenty uploads at once to one worker: each task must give the result of its own video."""
    videos = [talk(folder, minutes=0.1, size="160x90", seed=seed).video for seed in range(1, 5)]
    wanted = [videos[i % len(videos)] for i in range(20)]
    with running(folder) as (address, _, _):
        with ThreadPoolExecutor(20) as pool:
            tasks = list(pool.map(lambda video: uploaded(address, video), wanted))
        states = [ended(address, task)["state"] for task in tasks]
        results = [requests.get(f"{address}/task/{task}/result", timeout=10).json() for task in tasks]
    right = sum(
        result["output_filename"] == f"processed_{video.stem}.mp4" for result, video in zip(results, wanted, strict=True)
    )
    lengths = {video.name: set[int]() for video in videos}
    for video, result in zip(wanted, results, strict=True):
        lengths[video.name].add(result["stats"]["kept_ms"])
    same = all(len(kept) == 1 for kept in lengths.values())
    return [f"20 uploads at once: {states.count('SUCCESS')} succeeded, {right} named rightly, equal videos equal: {same}"]


def free_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bearer(key: str) -> dict[str, str]:
    """The header with a key."""
    return {"Authorization": f"Bearer {key}"}


def uploaded(address: str, video: Path, key: str = "") -> str:
    """Uploads a video; gives the task's id."""
    with video.open("rb") as file:
        files = {"file": (video.name, file)}
        answer = requests.post(f"{address}/upload", files=files, headers=bearer(key), timeout=600)
    answer.raise_for_status()
    return str(answer.json()["task_id"])


def ended(address: str, task: str, key: str = "") -> dict[str, Any]:
    """Waits until a task has ended; gives its state as JSON."""
    while True:
        told: dict[str, Any] = requests.get(f"{address}/task/{task}", headers=bearer(key), timeout=10).json()
        if told["state"] in ("SUCCESS", "FAILURE", "REVOKED"):
            return told
        time.sleep(0.2)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _timed(argv: tuple[str, ...]) -> float:
    began = time.monotonic()
    subprocess.run(argv, check=True)
    return time.monotonic() - began


def enlarge(video: Path, large: Path, size: int) -> Path:
    """Copies a video to `large`, followed by a box of random bytes, which players skip."""
    block = os.urandom(1 << 20)
    with large.open("wb") as out:
        out.write(video.read_bytes())
        left = size - out.tell()
        out.write((1).to_bytes(4) + b"free" + left.to_bytes(8))
        while (left := size - out.tell()) > 0:
            out.write(block[:left])
    return large
