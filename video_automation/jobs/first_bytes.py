"""Refuses by its first bytes what is evidently no video, before all of it has been sent."""

from collections.abc import Iterable, Iterator
from typing import Final

from video_automation.errors import UnsupportedError

_ARCHIVE: Final = "a {} archive, not a video. Unpack it and send the video itself"
_OTHERS: Final = {
    b"PK\x03\x04": _ARCHIVE.format("ZIP"),
    b"Rar!\x1a\x07": _ARCHIVE.format("RAR"),
    b"7z\xbc\xaf\x27\x1c": _ARCHIVE.format("7z"),
    b"\x1f\x8b\x08": _ARCHIVE.format("gzip"),
    b"%PDF-": "a PDF document, not a video",
    b"\x7fELF": "a program, not a video",
    b"MZ\x90\x00": "a program, not a video",
    b"\x89PNG\r\n\x1a\n": "a picture, not a video",
    b"\xff\xd8\xff": "a picture, not a video",
    b"<!DOCTYPE": "a web page, not a video",
    b"<html": "a web page, not a video",
}
"""What files that are no videos begin with, and what they are."""


def as_video(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks of a file, from its first byte on.

    Raises:
        UnsupportedError: it begins as no video does.
    """
    first = True
    for block in blocks:
        if first:
            _check(block)
        first = False
        yield block


def _check(block: bytes) -> None:
    for beginning, kind in _OTHERS.items():
        if block.startswith(beginning):
            raise UnsupportedError(f"This is {kind}.", code="not_a_film")
