"""Files that are there whole and on disk, or not at all."""

import os
from pathlib import Path


def put(content: bytes, file: Path) -> None:
    """Makes this the content of a file, in one act."""
    partial = file.with_name(f".{file.name}.part")
    with partial.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.rename(file)
