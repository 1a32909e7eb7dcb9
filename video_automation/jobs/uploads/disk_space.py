"""Room on the disk: how much is left, how much is held, and the error that says there is none."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from video_automation.errors import NoSpaceError
from video_automation.jobs.workspace import Folders

ROOM_PER_BYTE = 2.5
"""Disk space a job may come to use for each byte of its source: the source, its units, its outputs."""


def free_bytes(folders: Folders) -> int:
    """What is free where the fullest of the folders is, or will be."""
    return min(shutil.disk_usage(_existing(folder)).free for folder in (folders.input, folders.work, folders.output))


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


@contextmanager
def full_disk_told() -> Iterator[None]:
    """Has a disk that is full in the block told as such.

    Raises:
        NoSpaceError: the disk is full.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpaceError from error
        raise


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
