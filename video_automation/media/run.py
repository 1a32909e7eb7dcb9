"""Starts programs: the only place that does. Restricted, stoppable, and with whole files or none as their output."""

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
from typing import BinaryIO

import imageio_ffmpeg

from video_automation.errors import LimitError, NoSpaceError, ToolError
from video_automation.media import sandbox
from video_automation.media.command import Command
from video_automation.media.stop import Stop

log = logging.getLogger(__name__)

_TAIL_LINES = 40
_LONGEST_LINE = 2000
_PACKAGE_PARENT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run of a program may use: bytes of address space, bytes of one written file, processor seconds, wall seconds."""

    memory: int = 4 << 30
    file_size: int = 1 << 40
    cpu_s: int = 24 * 3600
    wall_s: float | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """Where programs of one job run and what they may touch: `folder` to write, `readable` to read, nothing else."""

    folder: Path
    readable: tuple[Path, ...]
    stop: Stop = field(default_factory=Stop)
    limits: Limits = field(default_factory=Limits)


def run(tools: Tools, command: Command, *, on_frames: Callable[[int], None] = lambda _: None) -> Path:
    """Runs ffmpeg; gives the path of its output, which appears whole and on disk or not at all.

    `on_frames` hears how many video frames are done, a few times a second.

    Raises:
        ToolError: it failed, or made another number of frames than `command.frames`.
        LimitError: it took more than `tools.limits` allow; NoSpaceError: the disk is full.
        PipelineError: the reason of `tools.stop`, if that was set.
    """
    partial = tools.folder / f"{command.output}.part"
    args = ("-progress", "pipe:1", "-stats_period", "0.25", *command.args, "-y", f"file:{partial.name}")
    done = 0
    try:
        with _ffmpeg(tools, args, stdin=subprocess.DEVNULL) as program:
            assert program.stdout is not None
            for line in program.stdout:
                if line.startswith(b"frame="):
                    done = int(line[6:])
                    on_frames(done)
        if command.frames and done != command.frames:
            raise ToolError("ffmpeg", 0, f"it made {done} frames of {command.output} instead of {command.frames}")
        return _publish(partial, tools.folder / command.output)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def reading(tools: Tools, args: tuple[str, ...]) -> Iterator[BinaryIO]:
    """What ffmpeg writes to `pipe:1` with these arguments, as a stream; killed if the block is left before its end.

    Raises: as `run`.
    """
    with suppress(_LeftEarlyError), _ffmpeg(tools, (*args, "pipe:1"), stdin=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        yield program.stdout  # type: ignore[misc]  # a BufferedReader is what it is
        if program.stdout.read(1):
            raise _LeftEarlyError


@contextmanager
def writing(tools: Tools, command: Command) -> Iterator[BinaryIO]:
    """A stream into ffmpeg's `pipe:0`; its output appears, whole, when the block ends without an error.

    Raises: as `run`.
    """
    partial = tools.folder / f"{command.output}.part"
    try:
        with _ffmpeg(tools, (*command.args, "-y", f"file:{partial.name}"), stdin=subprocess.PIPE) as program:
            assert program.stdin is not None
            try:
                yield program.stdin  # type: ignore[misc]
                program.stdin.close()
            except BrokenPipeError:
                pass  # it ended early: its exit status and log say why
        _publish(partial, tools.folder / command.output)
    finally:
        partial.unlink(missing_ok=True)


def run_python(tools: Tools, module: Path, *args: str) -> bytes:
    """What a Python file of this package prints when run as a program, in a restricted process of its own.

    It begins with the right to read Python's own files and this package; it should `sandbox.confine` itself further before
    it opens what `args` name.

    Raises: as `run`.
    """
    python_readable = (Path(sys.prefix), Path(sys.base_prefix), _PACKAGE_PARENT)
    wider = replace(tools, readable=(*tools.readable, *python_readable))
    with _program(wider, (sys.executable, "-s", "-P", str(module), *args), stdin=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        return program.stdout.read()


def version(tools: Tools) -> str:
    """The version of ffmpeg that is used, such as "n9.0.2-10-g2f2ec7f"."""
    with _program(tools, (imageio_ffmpeg.get_ffmpeg_exe(), "-version"), stdin=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        words = program.stdout.read().decode(errors="replace").split()
    return words[2] if words[:2] == ["ffmpeg", "version"] else "unknown"


class _LeftEarlyError(Exception):
    """The reader of a stream has enough of it."""


@contextmanager
def _ffmpeg(tools: Tools, args: tuple[str, ...], *, stdin: int) -> Iterator["subprocess.Popen[bytes]"]:
    quiet = () if stdin == subprocess.PIPE else ("-nostdin",)
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", *quiet, "-v", "warning", *args)
    with _program(tools, argv, stdin=stdin) as program:
        yield program


@contextmanager
def _program(tools: Tools, argv: tuple[str, ...], *, stdin: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A restricted program; on leaving, it has ended, and well, or the error that tells why not is raised."""
    _warn_without_landlock()
    tools.stop.check()
    name = Path(argv[0]).name.split("-")[0]
    log.debug("run: %s", _shown((name, *argv[1:])))
    program = subprocess.Popen(
        [*_launcher(tools), *argv],
        cwd=tools.folder,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(tools.folder), "PYTHONPATH": str(_PACKAGE_PARENT)},
        process_group=0,  # Ctrl-C on a terminal is ours to hear, not the program's
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
        raise LimitError(f"{name} took longer than {tools.limits.wall_s:.0f} seconds.", code="too_slow")
    if program.returncode:
        raise _failure(name, program.returncode, "\n".join(tail))


def _launcher(tools: Tools) -> tuple[str, ...]:
    limits = tools.limits
    rights = [part for path in tools.readable for part in ("-r", str(path.absolute()))] + ["-w", str(tools.folder.absolute())]
    numbers = (os.getpid(), limits.memory, limits.file_size, limits.cpu_s)
    return (sys.executable, "-I", "-S", sandbox.__file__, *map(str, numbers), *rights, "--")


@contextmanager
def _ended(program: "subprocess.Popen[bytes]", stop: Stop) -> Iterator[None]:
    """Waits for the program's end; brings it about if the block fails or `stop` is set, whose reason then is what is raised."""
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
    """Kills the program after so many seconds, and then sets the event."""
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
    """What the program says on stderr, to the log; the last lines stay. Leaving waits for the end of it."""
    tail: deque[str] = deque(maxlen=_TAIL_LINES)
    stream = program.stderr

    def listen() -> None:
        assert stream is not None
        for line in iter(lambda: stream.readline(_LONGEST_LINE), b""):
            tail.append(line.decode(errors="replace").rstrip())
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
    if "No space left on device" in text:
        return NoSpaceError("The disk is full.")
    if status == -signal.SIGXFSZ:
        return LimitError(f"{name} wrote a larger file than it may.", code="output_too_large")
    if status == -signal.SIGKILL:
        return LimitError(f"{name} was ended by the system: it took too much memory or processor time.", code="killed")
    return ToolError(name, status, text)


def _shown(argv: tuple[str, ...]) -> str:
    """The command as a shell would take it, without the lists that are the same in each."""
    return shlex.join("..." if before.endswith("_whitelist") else word for before, word in pairwise(("", *argv)))


@cache
def _warn_without_landlock() -> None:
    if not sandbox.landlock_version():
        log.warning("this kernel has no Landlock: ffmpeg can read all files that this program can")


def _publish(partial: Path, final: Path) -> Path:
    """Puts a finished file under its name, after its bytes are on disk."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.rename(final)
    return final
