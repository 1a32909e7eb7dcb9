"""Lists and kills processes by /proc."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A running process: its id, its parent's id, its command line."""

    pid: int
    parent: int
    words: tuple[str, ...]

    @property
    def is_worker(self) -> bool:
        """Whether it is one of our workers, or a process of its pool."""
        names = {Path(word).name for word in self.words}
        return "start_worker.py" in names or {"video_automation", "worker"} <= names

    def touches(self, place: str) -> bool:
        """Whether this path is in its command line or environment, or is its working folder."""
        if any(place in word for word in self.words):
            return True
        with suppress(OSError):
            if place in str(Path(f"/proc/{self.pid}/cwd").readlink()):
                return True
            return os.fsencode(place) in Path(f"/proc/{self.pid}/environ").read_bytes()
        return False

    def opened(self) -> Iterator[str]:
        """The paths of its open files."""
        with suppress(OSError):
            for handle in Path(f"/proc/{self.pid}/fd").iterdir():
                with suppress(OSError):
                    yield str(handle.readlink())

    def kill(self) -> None:
        """Sends it SIGKILL."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


def processes() -> tuple[Process, ...]:
    """All running processes, without zombies and those that only begin or end."""
    return tuple(process for entry in Path("/proc").iterdir() if entry.name.isdigit() and (process := _process(entry)))


def _process(entry: Path) -> Process | None:
    try:
        state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        words = (entry / "cmdline").read_text(errors="replace").split("\0")
    except OSError:
        return None
    return None if state in "ZX" or not words[:-1] else Process(int(entry.name), int(parent), tuple(words[:-1]))
