"""Locks on files. They end with the process that holds them."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_LOOK_EVERY_S = 0.02


@contextmanager
def shared_lock(file: Path) -> Iterator[None]:
    """Holds a shared lock on a file in the block; a missing file has none."""
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        yield
        return
    with stream:
        fcntl.flock(stream, fcntl.LOCK_SH)
        yield


@contextmanager
def try_lock(file: Path) -> Iterator[bool]:
    """Whether a file's lock was free; if so, we hold it in the block. A missing file counts as free."""
    try:
        stream = file.open("r+b")
    except FileNotFoundError:
        yield True
        return
    with stream:
        yield taken(stream)


@contextmanager
def folder_held(folder: Path) -> Iterator[None]:
    """Waits for a folder's lock and holds it in the block."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def exclusive_lock(stream: IO[bytes]) -> Iterator[None]:
    """Waits for an open file's lock and holds it in the block."""
    fcntl.flock(stream, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(stream, fcntl.LOCK_UN)


def taken(stream: IO[bytes], *, within_s: float = 0) -> bool:
    """Whether we got an open file's lock, which we then hold until the file is closed."""
    until = time.monotonic() + within_s
    while True:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK_EVERY_S)
        else:
            return True
