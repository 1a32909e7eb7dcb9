"""Runs ffmpeg: to a file that appears whole or not at all, as a stream to read, or as a stream to write."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

import imageio_ffmpeg

from video_automation.errors import ToolError
from video_automation.media.command import Command
from video_automation.media.program import LeftEarlyError, Tools, read_from, running_program

_LONGEST_LINE = 2000


def run(tools: Tools, command: Command, *, on_frames: Callable[[int], None] = lambda _: None) -> Path:
    """Runs ffmpeg; gives the path of its output, which appears whole and on disk or not at all.

    `on_frames` receives the number of video frames done, a few times a second.

    Raises:
        ToolError: ffmpeg failed, or made another number of frames than `command.frames`.
        PipelineError: as `media.program.running_program`.
    """
    partial = tools.folder / f"{command.output}.part"
    args = ("-progress", "pipe:1", "-stats_period", "0.25", *command.args, "-y", f"file:{partial.name}")
    done = 0
    try:
        with _ffmpeg(tools, args, stdin=subprocess.DEVNULL) as program:
            said = program.stdout
            assert said is not None
            for line in iter(lambda: said.readline(_LONGEST_LINE), b""):
                if line.startswith(b"frame="):
                    done = int(line[6:])
                    on_frames(done)
        if command.frames and done != command.frames:
            raise ToolError("ffmpeg", 0, f"it made {done} frames of {command.output} instead of {command.frames}")
        return _publish(partial, tools.folder / command.output)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def ffmpeg_output(tools: Tools, args: tuple[str, ...], *, given: IO[bytes] | None = None) -> Iterator[BinaryIO]:
    """The stream ffmpeg writes to `pipe:1` with these arguments; ffmpeg is killed if the block ends before the stream does.

    `given`, another program's output, is what ffmpeg reads from `pipe:0`.

    Raises: as `run`.
    """
    with (
        suppress(LeftEarlyError),
        _ffmpeg(tools, (*args, "pipe:1"), stdin=given or subprocess.DEVNULL) as program,
        read_from(program) as stream,
    ):
        yield stream


@contextmanager
def writing(tools: Tools, command: Command) -> Iterator[BinaryIO]:
    """A stream into ffmpeg's `pipe:0`; the output file appears, whole, when the block ends without an error.

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


def ffmpeg_release(tools: Tools) -> str:
    """The version of ffmpeg in use, such as "n9.0.2-10-g2f2ec7f"."""
    with running_program(tools, (imageio_ffmpeg.get_ffmpeg_exe(), "-version"), stdin=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        words = program.stdout.read().decode(errors="replace").split()
    return words[2] if words[:2] == ["ffmpeg", "version"] else "unknown"


@contextmanager
def _ffmpeg(tools: Tools, args: tuple[str, ...], *, stdin: int | IO[bytes]) -> Iterator["subprocess.Popen[bytes]"]:
    quiet = ("-nostdin",) if stdin == subprocess.DEVNULL else ()
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", *quiet, "-v", "warning", *args)
    with running_program(tools, argv, stdin=stdin) as program:
        yield program


def _publish(partial: Path, final: Path) -> Path:
    """Syncs a finished file to disk and moves it to its final name."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.rename(final)
    return final
