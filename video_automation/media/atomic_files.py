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
    """Makes this the content of a file, in one act."""
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
    """Where to write what becomes the file at the end of the block; nothing remains of it if that is left with an error.

    Several may write the same file at a time: each writes a place of its own, and who ends last has the file. What a writer
    leaves that dies is for `remove_halves`.
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
    """Removes what dead writers have left in a folder and those in it: what nobody has touched since then, in Unix seconds."""
    for half in folder.rglob(_HALF):
        with suppress(OSError):  # it has become whole just now, or another has removed it
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
