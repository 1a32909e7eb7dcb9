"""One log format for all processes: `pipeline.log`, which they share, and each task's own, the task's id in each line."""

import fcntl
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from io import TextIOWrapper
from logging.handlers import WatchedFileHandler
from pathlib import Path

ROTATE_AT = 10_000_000
"""Bytes of a log after which another is begun."""
_KEPT = 5
_FORMAT = "%(asctime)s %(levelname)-7s %(task)s %(name)s: %(message)s"
_CONTROL = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What colours, moves or turns a terminal's writing, or cannot be written: not for a file, least of all where a video's own
text says it."""
_FOLDER = re.compile(r'(?<=File ")[^"\n]*/')
_task: ContextVar[str] = ContextVar("task", default="-")


class _FileHandler(WatchedFileHandler):
    """Appends to a file; lines that this has no room for are lost to it, and to nobody else: no work ends over its log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one line."""
        with suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging calls it so
        """Says nothing about a full disk, line for line; the work that fills it will."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)

    def close(self) -> None:
        """Lets go of the file."""
        with suppress(OSError):
            super().close()


class SharedFileHandler(_FileHandler):
    """Appends to a file many processes write to, and rotates it: whoever finds it large renames it, the others follow."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one line, into a fresh file where the old one has grown too large."""
        with suppress(OSError):
            self._rotate_if_large()
        super().emit(record)

    def _rotate_if_large(self) -> None:
        path = Path(self.baseFilename)
        if path.exists() and path.stat().st_size >= ROTATE_AT:
            self._rotate(path)

    @staticmethod
    def _rotate(path: Path) -> None:
        with path.with_name(f".{path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists() or path.stat().st_size < ROTATE_AT:
                return  # another process was quicker
            for number in range(_KEPT - 1, 0, -1):
                older = path.with_name(f"{path.name}.{number}")
                if older.exists():
                    older.rename(path.with_name(f"{path.name}.{number + 1}"))
            path.rename(path.with_name(f"{path.name}.1"))

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(mode=0o600)  # it tells of videos, which are not for other users of the machine
        return super()._open()


class _OneLine(logging.Formatter):
    """Keeps a record on the lines that are its own: text from outside cannot begin a line that looks like one of ours."""

    def format(self, record: logging.LogRecord) -> str:
        record.task = _task.get()
        first, *rest = _CONTROL.sub("", without_folders(super().format(record))).splitlines() or [""]
        return "\n".join([first, *(f"    {line}" for line in rest)])


def without_folders(text: str) -> str:
    """The same text, its tracebacks without the folders that programs are installed in: users read it too."""
    return _FOLDER.sub("", text)


def start_logging(file: Path | None, *, level: int = logging.INFO) -> None:
    """Sends this process's log to standard error and, if one is named, to a file that other processes write to as well."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(SharedFileHandler(file, encoding="utf-8"))
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    logging.getLogger("video_automation").setLevel(logging.DEBUG)
    root.handlers = handlers
    for handler in handlers:
        handler.setLevel(level)
        handler.setFormatter(_OneLine(_FORMAT))


@contextmanager
def task_log(task_id: str, file: Path) -> Iterator[None]:
    """Marks this context's lines with a task's id, and keeps all of them, DEBUG included, in the task's own file too."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    handler = _FileHandler(file, encoding="utf-8", delay=True)
    handler.setFormatter(_OneLine(_FORMAT))
    handler.addFilter(lambda _: _task.get() == task_id)
    logger = logging.getLogger("video_automation")
    token = _task.set(task_id)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
        _task.reset(token)
