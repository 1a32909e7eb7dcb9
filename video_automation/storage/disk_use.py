"""Disk space of this machine: what files use, and what is free."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path


def free_on(folder: Path) -> int:
    """The free bytes on the disk of a folder, which need not exist yet."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def held_bytes(folders: Iterable[Path]) -> int:
    """The bytes on disk of all files in these folders; a file with two links is counted once."""
    walks = chain.from_iterable(os.walk(folder) for folder in folders)
    files = (Path(place, name) for place, _, names in walks for name in names)
    return sum({(status.st_dev, status.st_ino): 512 * status.st_blocks for status in statuses(files)}.values())


def statuses(paths: Iterable[Path]) -> Iterator[os.stat_result]:
    """The status of those files that still exist."""
    for path in paths:
        with suppress(FileNotFoundError):
            yield path.lstat()
