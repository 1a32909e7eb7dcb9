"""Opens an untrusted recording, even one that breaks off inside the header of its last fragment. Used only in children."""

from __future__ import annotations

import struct
from io import FileIO
from pathlib import Path

import av
from av.container import InputContainer
from av.error import FFmpegError

from video_automation.media.command import OPEN_OPTIONS

_FRAGMENT = b"moof"


class _Beginning:
    """The first bytes of a file, as a file object."""

    def __init__(self, file: FileIO, size: int) -> None:
        self._file, self._size = file, size

    def read(self, count: int) -> bytes:
        """At most this many bytes."""
        return self._file.read(max(0, min(count, self._size - self._file.tell())))

    def seek(self, place: int, whence: int = 0) -> int:
        """Goes to a position; positions from the end count from the end of these bytes."""
        return self._file.seek(self._size + place) if whence == 2 else self._file.seek(place, whence)

    def tell(self) -> int:
        """The current position."""
        return self._file.tell()


def opened(path: str) -> InputContainer:
    """The recording. FFmpeg refuses an MP4 that ends inside a `moof` box; then it gets only what is before that box.

    In that case its `file` is not None: no other program can open the file.

    Raises:
        FFmpegError, MemoryError: it cannot be opened.
    """
    try:
        return av.open(f"file:{path}", container_options=OPEN_OPTIONS, metadata_errors="replace")
    except FFmpegError:
        end = _broken_box(Path(path))
        if end is None:
            raise
    beginning = _Beginning(FileIO(path), end)
    return av.open(beginning, "r", container_options=OPEN_OPTIONS, metadata_errors="replace")


def _broken_box(path: Path) -> int | None:
    """The start of the last box of an MP4, if that is an incomplete `moof`; else None."""
    size, place = path.stat().st_size, 0
    with path.open("rb") as file:
        while place + 8 <= size:
            file.seek(place)
            length, kind = struct.unpack(">I4s", file.read(8))
            if length == 1:
                length = int.from_bytes(file.read(8))
            if length < 8:
                return None
            if place + length > size:
                return place if kind == _FRAGMENT and place else None
            place += length
    return None
