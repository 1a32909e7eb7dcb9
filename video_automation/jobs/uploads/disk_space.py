"""Room on the disk: how much is left, how much is held, and the error that says there is none."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from video_automation.errors import NoSpaceError
from video_automation.jobs.workspace import Folders
from video_automation.storage.disk_use import free_on

ROOM_PER_BYTE = 2.5
"""Disk space a job may come to use for each byte of its source: the source, its units, its outputs."""


def free_bytes(folders: Folders) -> int:
    """What is free where there is least room: of what is arriving, of the work on it, of what is stored."""
    return int(min(free_on(folders.input), free_on(folders.work), folders.storage.free()))


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
