"""Runs Python files of this package, each in a restricted process of its own: to what it prints, or as a partner to ask."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from video_automation.errors import ToolError
from video_automation.media.program import PACKAGE_PARENT, LeftEarlyError, Tools, read_from, running_program

_PIPEFUL = 1 << 16
_LONGEST_ANSWER = 16 << 20
"""Ours are a thousandth of that; one that has been taken over must not fill the memory of the process that asks."""


def run_python(tools: Tools, module: Path, *args: str) -> bytes:
    """What a Python file prints when run as a program. With all it prints, `tools.moved` is called: see `signs_of_life`.

    It begins with the right to read Python's own files and this package; it should `sandbox.confine` itself further before
    it opens what `args` name.

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
    """What a Python file prints that is told something on its standard input, as a stream; as `run_python` otherwise.

    It must read all it is told before it prints. It is killed if the block is left before its end.

    Raises: as `media.program.running_program`.
    """
    with suppress(LeftEarlyError), _python(tools, module, (), stdin=subprocess.PIPE) as program:
        assert program.stdin is not None
        with suppress(BrokenPipeError), program.stdin as to:  # it ended early: its exit status says why
            to.write(told)
        with read_from(program) as stream:
            yield stream


@contextmanager
def conversing(tools: Tools, module: Path, *args: str) -> Iterator[Callable[[bytes], bytes]]:
    """How to ask a Python file that runs as a program: a question is written to it, the next line it prints is the answer.

    An empty question waits for what it says of its own accord. The program's input ends with the block.

    Raises:
        ToolError: it failed, or ended before it answered.
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
    """The program has ended, and so will not answer."""


@contextmanager
def _python(tools: Tools, module: Path, args: tuple[str, ...], *, stdin: int) -> Iterator["subprocess.Popen[bytes]"]:
    wider = replace(tools, readable=(*tools.readable, Path(sys.prefix), Path(sys.base_prefix), PACKAGE_PARENT))
    with running_program(wider, (sys.executable, "-s", "-P", str(module), *args), stdin=stdin) as program:
        yield program
