"""A file of JSON values, one a line, that only grows: notes stay, even if the process that writes them is killed."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO


class Notes:
    """The values in order. A value that was only partly written is removed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        file.truncate(sum(len(line) for line, _ in _whole(file)))

    def __iter__(self) -> Iterator[Any]:
        """The values so far, read lazily; add none meanwhile."""
        self._file.seek(0)
        return (value for _, value in _whole(self._file))

    def add(self, value: object) -> None:
        """Adds a value: it is on disk when this returns."""
        self._file.write(json.dumps(value).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def notes_in(path: Path) -> Iterator[Notes]:
    """The notes in a file, within the block; the file is made if it is missing."""
    with path.open("a+b") as file:
        yield Notes(file)


def _whole(file: BinaryIO) -> Iterator[tuple[bytes, Any]]:
    for line in file:
        try:
            value = json.loads(line)
        except ValueError:
            return
        if not line.endswith(b"\n"):
            return
        yield line, value
