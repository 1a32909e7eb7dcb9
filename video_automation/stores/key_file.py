"""Keeps the hashes of keys, and the secret that signs share links, in files that only the service's user may read."""

import fcntl
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from video_automation.access.keys import Key
from video_automation.errors import SettingsError

_KEYS = TypeAdapter(tuple[Key, ...])


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The keys in a file. Every process sees a change the next time it reads."""

    path: Path

    def keys(self) -> tuple[Key, ...]:
        """The keys.

        Raises:
            SettingsError: the file is damaged.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return ()
        return _read(self.path, status.st_mtime_ns, status.st_ino)

    def change(self, step: Callable[[tuple[Key, ...]], tuple[Key, ...]]) -> None:
        """Replaces the keys by the result of `step`, atomically; if it raises, nothing changes."""
        with file_lock(self.path):
            put_private(_KEYS.dump_json(step(self.keys()), indent=2), self.path)


def secret(path: Path) -> bytes:
    """The secret in this file, which is created if it is missing."""
    with file_lock(path):
        if not path.exists():
            put_private(secrets.token_bytes(32), path)
        return path.read_bytes()


def put_private(content: bytes, path: Path) -> None:
    """Writes a private file atomically."""
    partial = path.with_name(f".{path.name}.part")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        now = time.time_ns()
        os.utime(file.fileno(), ns=(now, now))  # many kernels' own times of files are too coarse to tell two changes apart
        os.fsync(file.fileno())
    partial.rename(path)


@lru_cache(4)
def _read(path: Path, _written_at: int, _inode: int) -> tuple[Key, ...]:
    try:
        return _KEYS.validate_json(path.read_bytes())
    except ValidationError as error:
        raise SettingsError(f"{path}: is not as this program writes it: {error.errors()[0]['msg']}") from None


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Keeps other processes from changing the file in the block."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # the data folder, where a key is made before the first start
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
