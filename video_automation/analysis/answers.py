"""What a speech model has answered about a recording, written down as it comes: who goes on from there asks nothing twice."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

Asked = Sequence[str | int | None]
"""What an answer was to: plain values."""


class OtherQuestionError(Exception):
    """What is asked now is not what was asked before: these answers are of no use."""


class Answers:
    """Answers in the order of their questions: first those written down before, one after the other, then new ones.

    The file has a line of JSON for each, a list of what was asked and the answer; and a number where so many windows are done
    with: nothing is asked about those again.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.windows, self.count = _repaired(file)
        """Windows that are done with, and answers there are, in the file at first."""
        self._before = self._read()

    def next(self, asked: Asked) -> Any:
        """The answer written down to this question, the next one; None where there are no more.

        Raises:
            OtherQuestionError: the next answer is to something else.
        """
        question, answer = next(self._before, (None, None))
        if question not in (None, list(asked)):
            raise OtherQuestionError
        return answer

    def add(self, asked: Asked, answer: object) -> None:
        """Writes an answer down, after all that are there: on disk when this returns."""
        self._write([list(asked), answer])

    def done_with(self, windows: int) -> None:
        """Notes that the first so many windows are done with."""
        if windows > self.windows:
            self._write(windows)

    def _write(self, entry: object) -> None:
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self) -> Iterator[tuple[Any, Any]]:
        self._file.seek(0)
        for line in self._file:
            entry = json.loads(line)
            if isinstance(entry, list):
                yield entry[0], entry[1]


@contextmanager
def answers_in(path: Path) -> Iterator[Answers]:
    """The answers in a file, within the block; made where there is none."""
    with path.open("a+b") as file:
        yield Answers(file)


def _repaired(file: BinaryIO) -> tuple[int, int]:
    """Cuts off what was written in part; gives how many windows are done with, and how many answers there are."""
    whole, windows, count = 0, 0, 0
    file.seek(0)
    for line in file:
        try:
            entry = json.loads(line)
        except ValueError:
            break
        if not line.endswith(b"\n"):
            break
        whole += len(line)
        if isinstance(entry, int):
            windows = entry
        else:
            count += 1
    file.truncate(whole)
    return windows, count
