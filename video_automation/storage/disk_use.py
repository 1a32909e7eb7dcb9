"""What files take on the disks of this machine, and what is free there."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path


def free_on(folder: Path) -> int:
    """The free bytes of the disk that a folder is on, or will be on."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def held_bytes(folders: Iterable[Path]) -> int:
    """What all files in these folders take on disk; one that two results share is counted once."""
    walks = chain.from_iterable(os.walk(folder) for folder in folders)
    files = (Path(place, name) for place, _, names in walks for name in names)
    return sum({(status.st_dev, status.st_ino): 512 * status.st_blocks for status in statuses(files)}.values())


def statuses(paths: Iterable[Path]) -> Iterator[os.stat_result]:
    """What the file system says about those of the files that are still there."""
    for path in paths:
        with suppress(FileNotFoundError):
            yield path.lstat()
