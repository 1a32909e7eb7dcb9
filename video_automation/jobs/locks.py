"""Locks on files; they end with the process that holds them, whatever becomes of it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Shares a file's lock with others that read while in the block; a missing file has none."""
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        yield
        return
    with stream:
        fcntl.flock(stream, fcntl.LOCK_SH)
        yield


@contextmanager
def alone(file: Path) -> Iterator[bool]:
    """Whether nobody else holds a file's lock; it is ours then while in the block. A missing file is nobody's."""
    try:
        stream = file.open("r+b")
    except FileNotFoundError:
        yield True
        return
    with stream:
        yield _taken(stream.fileno())


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
