"""The port to a storage of files: recordings, decisions and results by keys such as `input/<id>/source`."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The status of a stored file. It changes whenever the content does."""

    key: str
    bytes: int
    written_at: float
    """In Unix seconds."""


class Storage(Hashable, Protocol):
    """Stores files by keys. A file is whole and durable, or absent; of several writers, the last one wins.

    A key is a path of names joined by "/": its first name is `input` or `output`, and no name is empty or begins with ".".
    A prefix is the same with a "/" at its end. Every method raises ValueError for anything else, and OSError where the
    storage fails.
    """

    def local(self, key: str) -> Path:
        """A file of this machine with the content of a stored one. It is for reading only.

        Raises FileNotFoundError where there is none, here or when it is opened.
        """

    def read(self, key: str) -> bytes:
        """The content of a file. Raises FileNotFoundError."""

    def find(self, key: str) -> StoredFile | None:
        """The file with this key, or None."""

    def names(self, prefix: str) -> tuple[str, ...]:
        """The names directly under a prefix, in order; those of further prefixes end in "/"."""

    def files(self, prefix: str) -> tuple[StoredFile, ...]:
        """All files under a prefix, in the order of their keys."""

    def write(self, key: str, content: bytes) -> None:
        """Writes a file."""

    def put(self, found: Path, key: str, *, moved: Callable[[], None] = lambda: None) -> None:
        """Moves a local file into the storage, durably.

        `moved` is called with each block, where blocks are copied or sent.
        """

    def copy(self, key: str, to: str) -> None:
        """Copies a file to another key without reading it here. Raises FileNotFoundError."""

    def remove(self, key: str) -> None:
        """Removes a file, or all files under a prefix, if there are any."""

    def tidy(self, prefix: str, *, untouched_since: float = inf) -> None:
        """Removes the leftovers of dead writers under a prefix that nobody has touched since a time, in Unix seconds."""

    def held(self, prefixes: Iterable[str], *, beside: Iterable[Path] = ()) -> int:
        """The bytes of all files under these prefixes and in these local folders; shared files count once."""

    def free(self) -> float:
        """The free bytes; infinite if there is no limit."""
