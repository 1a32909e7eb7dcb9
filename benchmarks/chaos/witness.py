"""Watches which processes work on each task: never two at the same time."""

import re
import threading
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Self

from benchmarks.chaos.processes import processes
from benchmarks.chaos.rows import note

_EVERY_S = 0.05
_TASK = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Witness:
    """Looks 20 times a second, in a thread of its own, while its block runs."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="witness", daemon=True)
        self._doubled: dict[str, str] = {}
        self.looks = 0

    @property
    def doubled(self) -> tuple[str, ...]:
        """The tasks that two processes worked on at the same time, and which processes."""
        return tuple(f"{task} by {who}" for task, who in self._doubled.items())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY_S):
            self.looks += 1
            first = at_work(self._data)
            if any(len(pids) > 1 for pids in first.values()):
                second = at_work(self._data)  # one may have ended before the other was seen
                for task, pids in first.items():
                    if len(both := pids & second[task]) > 1:
                        self._doubled.setdefault(task, " and ".join(map(_shown, sorted(both))))
                        note(f"at {datetime.now().astimezone()}: {task} by {self._doubled[task]}")


def at_work(data: Path) -> dict[str, set[int]]:
    """The processes that work on each task: those that write its log, and the parents of the programs started in its folders.

    A program whose parent is dead counts itself. A program that is just starting still looks like its parent, and counts as it.
    """
    running = processes()
    workers = {process.pid for process in running if process.is_worker}
    found: dict[str, set[int]] = defaultdict(set)
    for process in running:
        if process.pid in workers:
            logs = (path for path in process.opened() if path.startswith(f"{data}/output/") and path.endswith("/task.log"))
            for log in logs:
                found[Path(log).parent.name].add(process.pid)
        elif process.parent in workers or process.parent == 1:
            places = " ".join(word for word in process.words if str(data) in word)
            for task in _TASK.findall(places):
                found[task].add(process.pid if process.parent == 1 else process.parent)
    parents = {process.pid: process.parent for process in running}
    return defaultdict(set, {task: {pid for pid in pids if parents[pid] not in pids} for task, pids in found.items()})


def _shown(pid: int) -> str:
    """The command line of a process, for people."""
    words = next((process.words for process in processes() if process.pid == pid), ("ended",))
    return f"{pid} ({' '.join(Path(word).name for word in words)[:60]})"
