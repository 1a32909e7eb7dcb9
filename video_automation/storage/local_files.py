"""Storage on the disks of this machine: a key is the path of its file, so that no file is copied for reading."""

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from stat import S_ISDIR

from video_automation.media.atomic_files import (
    TRASH,
    becoming,
    move,
    remove_folder,
    remove_halves,
    sync_folder,
    write_atomically,
)
from video_automation.storage.disk_use import free_on, held_bytes
from video_automation.storage.port import StoredFile


@dataclass(frozen=True, slots=True)
class LocalStorage:
    """Stores `input/...` in one folder and `output/...` in another. Its methods are those of `Storage`."""

    input: Path
    output: Path

    def local(self, key: str) -> Path:
        """The file itself."""
        return self._place(key, ending="")

    def read(self, key: str) -> bytes:
        """The content of a file."""
        return self.local(key).read_bytes()

    def find(self, key: str) -> StoredFile | None:
        """The file of a key, if there is one."""
        place = self.local(key)
        with suppress(FileNotFoundError, NotADirectoryError):
            status = place.stat()
            return None if S_ISDIR(status.st_mode) else StoredFile(key, status.st_size, status.st_mtime)
        return None

    def names(self, prefix: str) -> tuple[str, ...]:
        """What is in a folder."""
        place = self._place(prefix, ending="/")
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(place) as entries:
            shown = (entry for entry in entries if not entry.name.startswith("."))
            return tuple(sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in shown))
        return ()

    def files(self, prefix: str) -> tuple[StoredFile, ...]:
        """What is in a folder and in those in it."""
        found: list[StoredFile] = []
        for name in self.names(prefix):
            if name.endswith("/"):
                found += self.files(f"{prefix}{name}")
            elif file := self.find(f"{prefix}{name}"):
                found.append(file)
        return tuple(found)

    def write(self, key: str, content: bytes) -> None:
        """Writes a file anew."""
        write_atomically(content, self._new(key))

    def put(self, found: Path, key: str, *, moved: Callable[[], None] = lambda: None) -> None:
        """Renames a file, or copies it from another disk."""
        place = self._new(key)
        move(found, place, moved=moved)
        sync_folder(place.parent)

    def copy(self, key: str, to: str) -> None:
        """Makes a hard link, where the disk supports them."""
        place = self.local(key)
        with becoming(self._new(to)) as partial:
            try:
                os.link(place, partial)
            except OSError:
                shutil.copyfile(place, partial)

    def remove(self, key: str) -> None:
        """Removes a file or a folder; a folder disappears atomically."""
        if key.endswith("/"):
            place = self._place(key, ending="/")
            if place in (self.input, self.output):
                raise ValueError(f"No job's files alone are under this prefix: {key!r}")
            if place.is_dir():
                remove_folder(place, trash=self._place(key[: key.index("/") + 1], ending="/") / TRASH)
        else:
            with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                self.local(key).unlink()

    def tidy(self, prefix: str, *, untouched_since: float = inf) -> None:
        """Removes halves of files. The trash of both folders is emptied by the janitor, with that of the folder of work."""
        remove_halves(self._place(prefix, ending="/"), untouched_since=untouched_since)

    def held(self, prefixes: Iterable[str], *, beside: Iterable[Path] = ()) -> int:
        """The bytes on disk of the folders."""
        return held_bytes((*(self._place(prefix, ending="/") for prefix in prefixes), *beside))

    def free(self) -> float:
        """The free bytes on the fuller of the two disks."""
        return min(map(free_on, (self.input, self.output)))

    def _new(self, key: str) -> Path:
        """The path of a new file, whose folder is created."""
        place = self.local(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def _place(self, key: str, *, ending: str) -> Path:
        area, *names = key.removesuffix(ending).split("/")
        root = {"input": self.input, "output": self.output}.get(area)
        if root is None or not key.endswith(ending) or not (names or ending) or any(name[:1] in {"", "."} for name in names):
            raise ValueError(f"This is no key of a stored file: {key!r}")
        return root.joinpath(*names)
