"""What a storage of files does: recordings, decisions and results are kept under keys, such as `input/<id>/source`."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What a storage says of a file; it is another value once the file has another content."""

    key: str
    bytes: int
    written_at: float
    """In Unix seconds."""


class Storage(Hashable, Protocol):
    """Keeps files under keys. A file is there whole and durable, or not at all; of several writers, the last one has it.

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
        """What there is under a key; None where there is nothing."""

    def names(self, prefix: str) -> tuple[str, ...]:
        """The names that follow a prefix directly, in order; a "/" ends those that are prefixes of others themselves."""

    def files(self, prefix: str) -> tuple[StoredFile, ...]:
        """All files whose keys begin with a prefix, in the order of their keys."""

    def write(self, key: str, content: bytes) -> None:
        """Makes this the content of a file."""

    def put(self, found: Path, key: str, *, moved: Callable[[], None] = lambda: None) -> None:
        """Makes a local file a stored one: it is gone from its place then, and its name is durable too.

        `moved` is called with each block, where blocks are copied or sent.
        """

    def copy(self, key: str, to: str) -> None:
        """Makes a file also one of another key, without its content passing through here. Raises FileNotFoundError."""

    def remove(self, key: str) -> None:
        """Removes a file, or of a prefix all files under it. Where there is none, nothing happens."""

    def tidy(self, prefix: str, *, untouched_since: float = inf) -> None:
        """Removes what writers that died have left under a prefix, and nobody has touched since then, in Unix seconds."""

    def held(self, prefixes: Iterable[str], *, beside: Iterable[Path] = ()) -> int:
        """The bytes that all files under these prefixes, and in local folders beside them, take; what they share, once."""

    def free(self) -> float:
        """How many bytes there is room for; infinite where nothing bounds it."""
