"""Writes files that appear whole and on disk, or not at all."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from uuid import uuid4

_HALF = ".*.part"
_BLOCK, _SYNCED_AFTER = 1 << 20, 128 << 20
"""Bytes of a copy written at a time, and bytes after which a copy is synced to disk, so that the last sync is short."""


def write_atomically(content: bytes, file: Path) -> None:
    """Replaces the content of a file in one act."""
    with becoming(file) as partial:
        partial.write_bytes(content)


def move(found: Path, file: Path, *, moved: Callable[[], None] = lambda: None) -> None:
    """Moves a file in one act, also to another disk: then it is copied, and `moved` is called after each block."""
    with becoming(file) as partial:
        try:
            found.rename(partial)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy(found, partial, moved)
    found.unlink(missing_ok=True)


def _copy(found: Path, into: Path, moved: Callable[[], None]) -> None:
    with found.open("rb") as source, into.open("wb", buffering=0) as copy:
        while block := source.read(_BLOCK):
            left = memoryview(block)
            while left:  # a disk that is filling up takes the first part of a block and fails only at the next
                left = left[copy.write(left) :]
            if copy.tell() % _SYNCED_AFTER == 0:
                os.fsync(copy.fileno())
            moved()


@contextmanager
def becoming(file: Path) -> Iterator[Path]:
    """A temporary path to write to; it becomes the file at the end of the block, and is removed if the block fails.

    Several processes may write the same file at a time: each has a temporary path of its own, and the last to finish wins.
    `remove_halves` removes what a killed writer leaves.
    """
    partial = file.with_name(f".{file.name}.{uuid4().hex}.part")
    try:
        yield partial
        with partial.open("rb") as stream:
            os.fsync(stream.fileno())
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)


def remove_halves(folder: Path, *, untouched_since: float = inf) -> None:
    """Removes killed writers' temporary files from a folder and its subfolders, if older than this Unix time in seconds."""
    for half in folder.rglob(_HALF):
        with suppress(OSError):  # it has just become whole, or another process has removed it
            if half.stat().st_ctime <= untouched_since:
                half.unlink()
