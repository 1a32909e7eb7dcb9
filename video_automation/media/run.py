"""Starts programs: the only place that does. Restricted, stoppable, and with whole files or none as their output."""

import logging
import os
import shlex
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

import imageio_ffmpeg

from video_automation.errors import LimitError, NoSpaceError, ToolError
from video_automation.media import sandbox
from video_automation.media.command import Command
from video_automation.media.stop import Stop

log = logging.getLogger(__name__)

_TAIL_LINES = 40


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
        ToolError: it failed.
        LimitError: it took longer than `tools.limits` allow; NoSpaceError: the disk is full.
        PipelineError: the reason of `tools.stop`, if that was set.
    """
    partial = tools.folder / f"{command.output}.part"
    args = ("-progress", "pipe:1", "-stats_period", "0.25", *command.args, "-y", f"file:{partial.name}")
    try:
        with _ffmpeg(tools, args, stdin=subprocess.DEVNULL) as program:
            assert program.stdout is not None
            for line in program.stdout:
                if line.startswith(b"frame="):
                    on_frames(int(line[6:]))
        return _publish(partial, tools.folder / command.output)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def reading(tools: Tools, args: tuple[str, ...]) -> Iterator[BinaryIO]:
    """What ffmpeg writes to `pipe:1` with these arguments, as a stream; killed if the block is left before its end.

    Raises: as `run`.
    """
    with _ffmpeg(tools, (*args, "pipe:1"), stdin=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        yield program.stdout  # type: ignore[misc]  # a BufferedReader is what it is


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
    """What a Python file prints when run as a program, in a restricted process of its own.

    It begins with the right to read Python's own files; it should `sandbox.confine` itself further before it opens `args`.

    Raises: as `run`.
    """
    python_readable = (Path(sys.prefix), Path(sys.base_prefix), module.parent)
    wider = Tools(tools.folder, (*tools.readable, *python_readable), tools.stop, tools.limits)
    with _program(wider, (sys.executable, "-I", str(module), *args), stdin=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        return program.stdout.read()


@contextmanager
def _ffmpeg(tools: Tools, args: tuple[str, ...], *, stdin: int) -> Iterator["subprocess.Popen[bytes]"]:
    quiet = () if stdin == subprocess.PIPE else ("-nostdin",)
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", *quiet, "-v", "warning", *args)
    with _program(tools, argv, stdin=stdin) as program:
        yield program


@contextmanager
def _program(tools: Tools, argv: tuple[str, ...], *, stdin: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A restricted program; on leaving, it has ended, and well, or the error that tells why not is raised."""
    tools.stop.check()
    name = Path(argv[0]).name.split("-")[0]
    log.debug("run: %s", shlex.join((name, *argv[1:])))
    limits = tools.limits
    rights = [part for path in tools.readable for part in ("-r", str(path))] + ["-w", str(tools.folder)]
    numbers = (os.getpid(), limits.memory, limits.file_size, limits.cpu_s)
    launcher = (sys.executable, "-I", "-S", sandbox.__file__, *map(str, numbers), *rights, "--")
    program = subprocess.Popen(
        [*launcher, *argv],
        cwd=tools.folder,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(tools.folder)},
    )
    assert program.stderr is not None
    tail: deque[str] = deque(maxlen=_TAIL_LINES)
    listener = threading.Thread(target=_listen, args=(program.stderr, tail), daemon=True)
    listener.start()
    overdue = threading.Event()

    def end_overdue() -> None:
        overdue.set()
        program.kill()

    timer = threading.Timer(limits.wall_s or 0, end_overdue)
    if limits.wall_s:
        timer.start()
    try:
        with tools.stop.kills(program):
            yield program
            status = program.wait()
    except BaseException:
        program.kill()
        program.wait()
        tools.stop.check()
        raise
    finally:
        timer.cancel()
        listener.join()
        for stream in (program.stdin, program.stdout, program.stderr):
            _close(stream)
    tools.stop.check()
    if overdue.is_set():
        raise LimitError(f"{name} took longer than {limits.wall_s:.0f} seconds.", code="too_slow")
    if status:
        text = "\n".join(tail)
        if "No space left on device" in text:
            raise NoSpaceError("The disk is full.")
        raise ToolError(name, status, text)


def _listen(stream: IO[bytes], tail: "deque[str]") -> None:
    for line in iter(lambda: stream.readline(2000), b""):
        text = line.decode(errors="replace").rstrip()
        tail.append(text)
        log.debug("said: %s", text)


def _close(stream: IO[bytes] | None) -> None:
    if stream:
        with suppress(BrokenPipeError):
            stream.close()


def _publish(partial: Path, final: Path) -> Path:
    """Puts a finished file under its name, after its bytes are on disk."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.rename(final)
    return final
