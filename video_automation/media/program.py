"""Starts programs: the only place that does. Each is restricted, can be stopped, and is watched to its end."""

import logging
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import IO, BinaryIO

from video_automation.errors import LimitError, NoSpaceError, ToolError
from video_automation.logs import without_folders
from video_automation.media import sandbox
from video_automation.media.cancellation import Stop

log = logging.getLogger(__name__)

PACKAGE_PARENT = Path(__file__).parents[2]
"""The folder this package is imported from."""
_TAIL_LINES = 40
_LOGGED_LINES = 50
"""Lines logged per program: for a damaged video ffmpeg logs a line per packet, many times the size of the video itself."""
_LONGEST_LINE = 2000


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one run of a program: bytes of address space, bytes of one written file, processor seconds, wall seconds."""

    memory: int = 4 << 30
    file_size: int = 1 << 40
    cpu_s: int = 24 * 3600
    wall_s: float | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the programs of one job run and what they may touch: `folder` to write, `readable` to read, nothing else."""

    folder: Path
    readable: tuple[Path, ...]
    stop: Stop = field(default_factory=Stop)
    limits: Limits = field(default_factory=Limits)
    saved: Callable[[], None] = lambda: None
    """Called whenever a piece of the work is finished and on disk, so that no later attempt repeats it; from any thread."""
    moved: Callable[[], None] = lambda: None
    """Called whenever a long step makes progress that nothing else shows; from any thread."""
    sounds: Path | None = None
    """The folder for what is made of sound once for later steps; None if none is kept."""
    brand_file: Callable[[str], Path] = Path
    """The place of a font or a logo of the owner's brand, by the hash of its content."""

    def within(self, folder: Path) -> "Tools":
        """The same tools, with another folder to write into."""
        return replace(self, folder=folder)


@contextmanager
def running_program(tools: Tools, argv: tuple[str, ...], *, stdin: int | IO[bytes]) -> Iterator["subprocess.Popen[bytes]"]:
    """A restricted program; when the block ends, the program has ended well, or the error that tells why not is raised.

    Raises:
        ToolError: the program failed.
        LimitError: it exceeded `tools.limits`; NoSpaceError: the disk is full.
        PipelineError: the reason of `tools.stop`, if that was set.
    """
    tools.stop.check()
    name = Path(argv[0]).name.split("-")[0]
    log.debug("run: %s", _shown((name, *argv[1:]), tools.folder.absolute()))
    program = subprocess.Popen(
        [*_launcher(tools), *argv],
        cwd=tools.folder,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(tools.folder), "PYTHONPATH": str(PACKAGE_PARENT)},
        process_group=0,  # Ctrl-C on a terminal is for us, not for the program
    )
    with (
        _closed(program),
        _last_lines(program) as tail,
        _overdue(program, tools.limits.wall_s) as overdue,
        _ended(program, tools.stop),
    ):
        yield program
    tools.stop.check()
    if program.returncode and overdue.is_set():
        sentence = (
            f"{name} took longer than the {tools.limits.wall_s:.0f} seconds it may. Convert the video to MP4 and try again."
        )
        raise LimitError(sentence, code="too_slow")
    if program.returncode:
        raise _failure(name, program.returncode, "\n".join(tail))


@contextmanager
def read_from(program: "subprocess.Popen[bytes]") -> Iterator[BinaryIO]:
    """The output of a `running_program` as a stream; leaving the block early kills the program, which is no error."""
    said = program.stdout
    assert said is not None
    yield said  # type: ignore[misc]  # a BufferedReader is what it is
    if said.read(1):
        raise LeftEarlyError


class LeftEarlyError(Exception):
    """The reader of a program's output needs no more of it."""


def _launcher(tools: Tools) -> tuple[str, ...]:
    limits = tools.limits
    rights = [part for path in tools.readable for part in ("-r", str(path.absolute()))] + ["-w", str(tools.folder.absolute())]
    numbers = (os.getpid(), limits.memory, limits.file_size, limits.cpu_s)
    return (sys.executable, "-I", "-S", sandbox.__file__, *map(str, numbers), *rights, "--")


@contextmanager
def _ended(program: "subprocess.Popen[bytes]", stop: Stop) -> Iterator[None]:
    """Waits for the program's end; ends it if the block fails, or if `stop` is set, whose reason is then raised."""
    try:
        with stop.kills(program):
            yield
            program.wait()
    except BaseException:
        program.kill()
        program.wait()
        stop.check()
        raise


@contextmanager
def _overdue(program: "subprocess.Popen[bytes]", wall_s: float | None) -> Iterator[threading.Event]:
    """Kills the program after this many seconds, and then sets the event."""
    event = threading.Event()

    def end() -> None:
        event.set()
        program.kill()

    timer = threading.Timer(wall_s or 0, end)
    timer.daemon = True
    if wall_s:
        timer.start()
    try:
        yield event
    finally:
        timer.cancel()


@contextmanager
def _last_lines(program: "subprocess.Popen[bytes]") -> Iterator["deque[str]"]:
    """The program's stderr: its first lines go to the log, its last lines are kept. Leaving waits for the end of stderr."""
    tail: deque[str] = deque(maxlen=_TAIL_LINES)
    stream = program.stderr

    def listen() -> None:
        assert stream is not None
        for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b"")):
            tail.append(without_folders(line.decode(errors="replace").rstrip()))
            if number < _LOGGED_LINES:
                log.debug("said: %s", tail[-1])

    listener = threading.Thread(target=copy_context().run, args=(listen,), daemon=True)
    listener.start()
    try:
        yield tail
    finally:
        listener.join()


@contextmanager
def _closed(program: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        for stream in (program.stdin, program.stdout, program.stderr):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()


def _failure(name: str, status: int, text: str) -> ToolError | LimitError:
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return NoSpaceError()
    if status == -signal.SIGXFSZ:
        sentence = f"{name} made a larger file than it may. Upload the recording in parts, or export it smaller."
        return LimitError(sentence, code="output_too_large")
    if status == -signal.SIGKILL:
        sentence = (
            f"The system ended {name}: it took too much memory or processor time. Try again, or export the video smaller."
        )
        return LimitError(sentence, code="killed")
    return ToolError(name, status, text)


def _shown(argv: tuple[str, ...], folder: Path) -> str:
    """The command as a shell would take it, without the lists common to all commands and without installation paths."""
    words = (Path(word).name if word.startswith("/") and not Path(word).is_relative_to(folder) else word for word in argv)
    return shlex.join("..." if before.endswith("_whitelist") else word for before, word in pairwise(("", *words)))


@cache
def warn_once() -> None:
    """Logs which sandbox protections are missing here; once for this process and those it forks afterwards."""
    for sentence in sandbox.missing_protection():
        log.warning(sentence)
