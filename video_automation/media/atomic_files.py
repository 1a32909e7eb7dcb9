"""Files that are there whole and on disk, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
    """Where to write what becomes the file at the end of the block; nothing remains of it if that is left with an error."""
    partial = file.with_name(f".{file.name}.part")
    try:
        yield partial
        with partial.open("rb") as stream:
            os.fsync(stream.fileno())
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
