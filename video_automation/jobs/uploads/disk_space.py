"""Disk space: how much is free, how much is used, and the error if there is none."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from video_automation.errors import NoSpaceError
from video_automation.jobs.workspace import Folders
from video_automation.storage.disk_use import free_on

ROOM_PER_BYTE = 2.5
"""Disk space a job may come to use for each byte of its source: the source, its units, its outputs."""


def free_bytes(folders: Folders) -> int:
    """The free bytes on the fullest disk among those of uploads, work and storage."""
    return int(min(free_on(folders.input), free_on(folders.work), folders.storage.free()))


@contextmanager
def full_disk_told() -> Iterator[None]:
    """Turns the error of a full disk in the block into ours.

    Raises:
        NoSpaceError: the disk is full.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpaceError from error
        raise
