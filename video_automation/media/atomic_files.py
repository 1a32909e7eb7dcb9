"""Files that are there whole and on disk, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from uuid import uuid4

_HALF = ".*.part"


def put(content: bytes, file: Path) -> None:
    """Makes this the content of a file, in one act."""
    with becoming(file) as partial:
        partial.write_bytes(content)


def move(found: Path, file: Path) -> None:
    """Moves a file to its place in one act, also from another disk."""
    with becoming(file) as partial:
        shutil.move(found, partial)


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
