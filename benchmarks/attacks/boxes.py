"""Reads and writes the boxes of ISO media files (MP4, MOV), and Matroska elements, in order to falsify them."""

import struct
from collections.abc import Iterator

_PARENTS = (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts")


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, bytes]]:
    """The boxes from a place on, and those inside them: the start and end of each in bytes, and its type."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if size < 8 or start + size > end:
            return
        yield start, start + size, kind
        if kind in _PARENTS:
            yield from boxes(data, start + 8, start + size)
        start += size


def found(data: bytes, kind: bytes) -> tuple[int, int]:
    """The start and end of the first box of a type, in bytes."""
    return next((start, end) for start, end, name in boxes(data) if name == kind)


def replaced(data: bytes, place: tuple[int, int], new: bytes) -> bytes:
    """The file with other bytes in this place, and the sizes of the boxes around it adapted.

    Offsets of media data are not adapted, so no media data may follow.
    """
    start, end = place
    result = bytearray(data)
    for outer, outer_end, _ in boxes(data):
        if outer < start and end <= outer_end:
            (size,) = struct.unpack_from(">I", data, outer)
            struct.pack_into(">I", result, outer, size + len(new) - (end - start))
    return bytes(result[:start] + new + result[end:])


def box(kind: bytes, content: bytes) -> bytes:
    """A box of this type, as bytes."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def element(number: int, content: bytes | int) -> bytes:
    """A Matroska (EBML) element with its length in eight bytes."""
    if isinstance(content, int):
        content = content.to_bytes(8)
    name = number.to_bytes((number.bit_length() + 7) // 8)
    return name + b"\x01" + len(content).to_bytes(7) + content


def matroska(tracks: bytes, blocks: tuple[bytes, ...], *, info: bytes = b"") -> bytes:
    """A Matroska file with these track entries, and a block of the first track every 40 ms."""
    head = element(0x1A45DFA3, element(0x4282, b"matroska") + element(0x4287, 4) + element(0x4285, 2))
    simple = (element(0xA3, b"\x81" + (40 * i).to_bytes(2) + b"\x80" + block) for i, block in enumerate(blocks))
    cluster = element(0x1F43B675, element(0xE7, 0) + b"".join(simple))
    about = element(0x1549A966, element(0x2AD7B1, 1_000_000) + info)
    return head + element(0x18538067, about + element(0x1654AE6B, tracks) + cluster)


def picture_track(number: int, codec: bytes, width: int, height: int, more: bytes = b"") -> bytes:
    """The Matroska track entry of a video track."""
    size = element(0xB0, width) + element(0xBA, height)
    named = element(0xD7, number) + element(0x73C5, number) + element(0x83, 1) + element(0x86, codec)
    return element(0xAE, named + element(0xE0, size) + more)
