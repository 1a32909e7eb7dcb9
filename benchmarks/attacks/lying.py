"""Videos with false headers, videos that are cut off, files of two types at once, and files that are no video."""

import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.attacks.attack import Attack, video
from benchmarks.attacks.boxes import box, found, replaced

PAGE = b"--><html><body><script>document.title='taken over'</script><img src=x onerror=alert(1)>"
_LIES = {  # type of box: where in it numbers of four bytes begin
    "mvhd": (20, 24),  # ticks a second, length
    "tkhd": (28, 84, 88),  # length, width, height
    "mdhd": (20, 24),
    "elst": (12, 16, 20, 24),
    "stsd": (12, 16, 48),  # number of entries, size, width and height
    "stts": (12, 16, 20),
    "stss": (12, 16),
    "stsc": (12, 16, 20),
    "stsz": (12, 16, 20),  # size of all samples, number of samples
    "stco": (12, 16),
    "dref": (12, 16),
    "ctts": (12, 16, 20),
}
_NUMBERS = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def lying(folder: Path) -> Iterator[Attack]:
    """An MP4 with each number of its tables set to an extreme value, and some with two that contradict each other."""
    source = video(folder / "source.mp4", "-c:v", "libx264", "-preset", "fast", "-bf", "2", "-g", "10")
    data = source.read_bytes()
    source.unlink()
    for name, offsets in _LIES.items():
        start, end = found(data, name.encode())
        for at in offsets:
            for number in _NUMBERS if start + at + 4 <= end else ():
                lie = bytearray(data)
                struct.pack_into(">I", lie, start + at, number)
                (folder / f"{name}-{at}-{number:x}.mp4").write_bytes(lie)
                yield Attack(folder / f"{name}-{at}-{number:x}.mp4")
    for count in (1 << 24, 1 << 28, 0xFFFFFFFF):
        (folder / f"samples-{count:x}.mp4").write_bytes(_samples(data, count))
        yield Attack(folder / f"samples-{count:x}.mp4")


def _samples(data: bytes, count: int) -> bytes:
    """A video whose small tables claim `count` samples of one byte."""
    tables = {
        b"stsz": struct.pack(">4xII", 1, count),
        b"stts": struct.pack(">4xIII", 1, count, 1),
        b"stsc": struct.pack(">4xIIII", 1, 1, count, 1),
        b"ctts": struct.pack(">4xIII", 1, count, 1),
    }
    for kind, content in tables.items():
        data = replaced(data, found(data, kind), box(kind, content))
    return data


def cut_off(videos: tuple[Path, ...], folder: Path) -> Iterator[Attack]:
    """Each video cut off after each hundredth of its bytes."""
    for source in videos:
        data = source.read_bytes()
        for percent in range(100):
            file = folder / f"{percent:02}-{source.name}"
            file.write_bytes(data[: len(data) * percent // 100])
            yield Attack(file)


def no_videos(folder: Path) -> Iterator[Attack]:
    """Files that are no video."""
    contents = {
        "empty.mp4": b"",
        "one-byte.mp4": b"\0",
        "text.mp4": b"Dear diary,\n" * 1000,
        "zip.mp4": b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18),
        "page.mp4": PAGE,
        "program.mp4": Path(sys.executable).resolve().read_bytes()[: 1 << 20],
        "zeros.mp4": bytes(1 << 20),
        "endless-boxes.mp4": box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", box(b"trak", b"")) * 20_000,
        "nested-boxes.mp4": _nested(b"moov", b"trak"),
        "nested-elements.mkv": b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01" + b"\xff" * 7 + b"\xae\x01" + b"\xff" * 7,
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
        yield Attack(folder / name, "refused")


def two_in_one(folder: Path) -> Iterator[Attack]:
    """Videos that are also a page, a script or an archive."""
    source = video(folder / "source.mp4", "-movflags", "+frag_keyframe+empty_moov+default_base_moof")
    data = source.read_bytes()
    source.unlink()
    _, after = found(data, b"ftyp")
    archive = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)
    files = {
        "page-too.mp4": box(b"ftyp", b"isom" + PAGE) + data[after:],
        "script-too.mp4": box(b"ftyp", b"isom/*  ") + data[after:] + box(b"free", b"*/=alert(1)//"),
        "archive-too.mp4": data + archive,
        "page-behind.mp4": data + PAGE,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
        yield Attack(folder / name)


def _nested(*kinds: bytes, depth: int = 5_000) -> bytes:
    content = b""
    for i in range(depth):
        content = box(kinds[i % len(kinds)], content)
    return content
