"""Measures the run of a program: its wall-clock seconds, and the peak memory of it and all its children together."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Run:
    """The seconds and the peak memory of a run; `peak_mb` is the sampled sum of the proportional set sizes of its processes."""

    wall_s: float
    peak_mb: float
    output: str


def measured(argv: list[str]) -> Run:
    """Runs a program to its end. Raises SystemExit if it fails."""
    began = time.monotonic()
    program = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    peak, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY_S):
            peak[0] = max(peak[0], tree_mb(program.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = program.communicate()
    wall_s = time.monotonic() - began
    over.set()
    watcher.join()
    if program.returncode:
        raise SystemExit(f"{argv[0]} ended with status {program.returncode}")
    return Run(wall_s, peak[0], output)


def tree_mb(pid: int) -> float:
    """The memory of a process and its children in megabytes: private memory, and each one's share of shared memory."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(_parent(entry), []).append(int(entry.name))
    total, open_pids = 0.0, [pid]
    while open_pids:
        current = open_pids.pop()
        total += _pss_mb(current)
        open_pids += children.get(current, [])
    return total


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return -1


def _pss_mb(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0))
