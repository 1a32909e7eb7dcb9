"""Identifies a file that could not be read as a video, by its bytes: what is wrong with it, and what to do."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from video_automation.media.refusing.signatures import SIGNATURES, WEAK_SIGNATURES
from video_automation.media.refusing.written_files import is_page, text_explained

HEAD: Final = 64 << 10
"""How many bytes of a file are examined, from its beginning."""
_MOST_BOXES: Final = 256
_LARGE_BOX: Final = 1
"""The size of a box whose true size follows its type."""
_PACKET, _SYNC = 188, 0x47
"""The size of a packet of an MPEG transport stream, and its first byte."""
_ZIPS: Final = (
    (b"word/", "a Word document, not a video", "Upload the video itself."),
    (
        b"ppt/",
        "a PowerPoint presentation, not a video",
        "Export it as a video (File > Export > Create a Video) and upload that.",
    ),
    (b"xl/", "an Excel document, not a video", "Upload the video itself."),
    (b"mimetypeapplication/epub", "an e-book, not a video", "Upload the video itself."),
    (b"mimetypeapplication/vnd.oasis", "an office document (OpenDocument), not a video", "Upload the video itself."),
    (b"AndroidManifest.xml", "a program, not a video", "Upload the video itself."),
    (b"META-INF/", "a program, not a video", "Upload the video itself."),
    (b"", "a ZIP archive, not a video", "Unpack it and upload the video inside."),
)
"""Zip-based files by what their first part contains; the first match counts."""


def at_once(head: bytes) -> str:
    """Identifies a file that certainly is no video by its first bytes, with what to do; empty if it may be a video."""
    if head.startswith(b"PK\x03\x04"):
        return next(f"This is {what}. {remedy}" for mark, what, remedy in _ZIPS if mark in head)
    known = next((signature.sentence for signature in SIGNATURES if signature.fits(head)), "")
    return known or (text_explained(head) if is_page(head) else "")


def identified(head: bytes) -> str:
    """As `at_once`, for a file that could not be read as a video: weaker signs count too."""
    if not head.strip(b"\0"):
        return "This file begins with nothing but zeros: copying or downloading it was broken off. Copy it again."
    weak = next((signature.sentence for signature in WEAK_SIGNATURES if signature.fits(head)), "")
    return at_once(head) or text_explained(head) or weak


def broken_off(path: Path) -> str:
    """Why an MP4 or MOV is incomplete, and what to do; empty if it is complete, or another kind of file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        found = list(_boxes(file, size))
    names = {name for name, _ in found}
    if not names & {b"ftyp", b"mdat", b"moov", b"moof", b"styp", b"wide"}:
        return ""
    if names & {b"moof", b"styp"} and b"moov" not in names:
        return (
            "This is a piece of a stream without its beginning, as a player fetches them one by one. Download the whole video "
            "and upload that."
        )
    end = max(end for _, end in found)
    if end > size:
        return (
            f"This file breaks off: at most {100 * size // end} % of it is here. Copy or download it again; if it is no longer "
            "elsewhere, a program such as untrunc may repair it."
        )
    if b"moov" not in names:
        return (
            "This MP4 or MOV has no index (moov): the recording was broken off, or the file was not copied to its end. Copy it "
            "again; if the camera or program broke off, have a program such as untrunc repair it, and upload the result."
        )
    if not names & {b"mdat", b"moof"}:
        return (
            "This MP4 or MOV holds its index alone, no picture and no sound. Download or copy the whole video and upload that."
        )
    return ""


def is_scrambled(head: bytes) -> bool:
    """Whether most packets of an MPEG transport stream are encrypted, as in pay television and on Blu-ray discs."""
    packets = [head[at : at + 4] for at in range(0, len(head) - 3, _PACKET)]
    if not packets or any(packet[0] != _SYNC for packet in packets):
        return False
    return 2 * sum(packet[3] >> 6 != 0 for packet in packets) > len(packets)


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """The types and ends of the outermost boxes of an ISO media file, as far as they are plausible."""
    place = 0
    for _ in range(_MOST_BOXES):
        file.seek(place)
        head = file.read(16)
        if len(head) < 8:
            return
        length, name = struct.unpack_from(">I4s", head)
        if length == _LARGE_BOX and len(head) == 16:
            (length,) = struct.unpack_from(">Q", head, 8)
        length = size - place if length == 0 else length
        if length < 8 or not name.isalnum():
            return
        place += length
        yield name, place
