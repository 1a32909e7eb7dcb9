"""Files that are there whole and on disk, or not at all; folders that go in one act."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from uuid import uuid4

_HALF = ".*.part"
_BLOCK, _SYNCED_AFTER = 1 << 20, 128 << 20
"""Bytes of a copy that are written at a time, and that are sent to the disk together, so that its end is no long wait."""
TRASH = ".trash"
"""The folder that removed folders are moved to, before their files are removed one by one."""


def write_atomically(content: bytes, file: Path) -> None:
    """Replaces the content of a file in one act."""
    with becoming(file) as partial:
        partial.write_bytes(content)


def move(found: Path, file: Path, *, moved: Callable[[], None] = lambda: None) -> None:
    """Moves a file to its place in one act, also from another disk: then `moved` is called with each block of the copy."""
    with found.open("rb") as stream:
        os.fsync(stream.fileno())
    try:
        found.rename(file)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with becoming(file) as partial:
            _copy(found, partial, moved)
    found.unlink(missing_ok=True)  # it is still there where it was copied, or was a second link to the very same file


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


def sync_folder(folder: Path) -> None:
    """Has the names of the files in a folder on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_folder(folder: Path, *, trash: Path | None = None) -> None:
    """Removes a folder with all it holds: out of sight in one act, whatever happens next. Nothing where there is none.

    It is moved to the trash first, which has to be on the same disk; where none is named, to the one beside it.
    """
    trash = trash or folder.parent / TRASH
    away = trash / str(uuid4())
    try:
        trash.mkdir(parents=True, exist_ok=True)
        folder.rename(away)
    except FileNotFoundError:
        return
    except OSError:  # a full disk may have no room for the trash either
        away = folder
    shutil.rmtree(away, ignore_errors=True)


def empty_trash(folder: Path) -> None:
    """Removes what `remove_folder` was cut off at among the folders in here."""
    with suppress(FileNotFoundError):
        for away in (folder / TRASH).iterdir():
            shutil.rmtree(away, ignore_errors=True)
