"""Runs Python files of this package, each in a restricted process: for its output, or to ask it questions."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, BinaryIO

from video_automation.errors import ToolError
from video_automation.media.program import PACKAGE_PARENT, LeftEarlyError, Tools, read_from, running_program

_PIPEFUL = 1 << 16
_LONGEST_ANSWER = 16 << 20
"""Bytes; our answers are a thousandth of that. A process under an attacker's control must not fill its parent's memory."""


def run_python(tools: Tools, module: Path, *args: str) -> bytes:
    """The output of a Python file run as a program. `tools.moved` is called with each piece of it: see `signs_of_life`.

    The program starts with the right to read Python's own files and this package; it should `sandbox.confine` itself further
    before it opens what `args` name.

    Raises: as `media.program.running_program`.
    """
    with _python(tools, module, args, stdin=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        answer = bytearray()
        while said := os.read(program.stdout.fileno(), _PIPEFUL):
            tools.moved()
            answer += said
            if len(answer) > _LONGEST_ANSWER:
                program.kill()  # `running_program` then raises
                break
        return bytes(answer)


@contextmanager
def reading_python(tools: Tools, module: Path, told: bytes) -> Iterator[BinaryIO]:
    """The output, as a stream, of a Python file that gets `told` on its standard input; otherwise as `run_python`.

    The program must read all its input before it prints. It is killed if the block ends before its output does.

    Raises: as `media.program.running_program`.
    """
    with suppress(LeftEarlyError), _python(tools, module, (), stdin=subprocess.PIPE) as program:
        assert program.stdin is not None
        with suppress(BrokenPipeError), program.stdin as to:  # the program ended early: its exit status says why
            to.write(told)
        with read_from(program) as stream:
            yield stream


@contextmanager
def listening_python(tools: Tools, module: Path, *args: str, given: BinaryIO) -> Iterator[BinaryIO]:
    """The output, as a stream, of a Python file that reads `given`, another program's output; otherwise as `run_python`.

    It is killed if the block ends before its output does.

    Raises: as `media.program.running_program`.
    """
    with suppress(LeftEarlyError), _python(tools, module, args, stdin=given) as program, read_from(program) as stream:
        yield stream


@contextmanager
def conversing(tools: Tools, module: Path, *args: str) -> Iterator[Callable[[bytes], bytes]]:
    """A function to ask a Python file run as a program: it writes the question and returns the next line the program prints.

    An empty question waits for a line the program prints unasked. The program's input ends with the block.

    Raises:
        ToolError: the program failed, or ended before it answered.
        PipelineError: as `media.program.running_program`.
    """
    with _python(tools, module, args, stdin=subprocess.PIPE) as program:
        to, answers = program.stdin, program.stdout
        assert to is not None
        assert answers is not None

        def ask(question: bytes) -> bytes:
            try:
                to.write(question)
                to.flush()
            except BrokenPipeError:
                raise _EndedEarlyError from None
            line = answers.readline(_LONGEST_ANSWER)
            if line.endswith(b"\n"):
                return line
            if line:
                program.kill()
            raise _EndedEarlyError

        with suppress(_EndedEarlyError):  # its exit status and log say why
            yield ask
            to.close()
            return
    raise ToolError("python", 0, "it ended before it answered")


class _EndedEarlyError(Exception):
    """The program has ended, so it will not answer."""


@contextmanager
def _python(
    tools: Tools, module: Path, args: tuple[str, ...], *, stdin: int | IO[bytes]
) -> Iterator["subprocess.Popen[bytes]"]:
    wider = replace(tools, readable=(*tools.readable, Path(sys.prefix), Path(sys.base_prefix), PACKAGE_PARENT))
    with running_program(wider, (sys.executable, "-s", "-P", str(module), *args), stdin=stdin) as program:
        yield program
