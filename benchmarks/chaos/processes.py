"""Processes as /proc shows them."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A process that runs: its number, its parent's, its command line."""

    pid: int
    parent: int
    words: tuple[str, ...]

    @property
    def is_worker(self) -> bool:
        """Whether it is a worker of ours, or a process of its pool."""
        names = {Path(word).name for word in self.words}
        return "start_worker.py" in names or {"video_automation", "worker"} <= names

    def touches(self, place: str) -> bool:
        """Whether it was started with this place's name, or for it, or works in it."""
        if any(place in word for word in self.words):
            return True
        with suppress(OSError):
            if place in str(Path(f"/proc/{self.pid}/cwd").readlink()):
                return True
            return os.fsencode(place) in Path(f"/proc/{self.pid}/environ").read_bytes()
        return False

    def opened(self) -> Iterator[str]:
        """The files it has open."""
        with suppress(OSError):
            for handle in Path(f"/proc/{self.pid}/fd").iterdir():
                with suppress(OSError):
                    yield str(handle.readlink())

    def kill(self) -> None:
        """Ends it without a warning."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


def processes() -> tuple[Process, ...]:
    """All that run; one that has ended and waits for its parent to notice does not."""
    return tuple(process for entry in Path("/proc").iterdir() if entry.name.isdigit() and (process := _process(entry)))


def _process(entry: Path) -> Process | None:
    try:
        state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        words = (entry / "cmdline").read_text(errors="replace").split("\0")
    except OSError:
        return None
    return None if state in "ZX" else Process(int(entry.name), int(parent), tuple(words[:-1]))
