"""Small files that become large when they are decoded: huge pictures, sound, lengths, numbers of tracks, tables."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.attacks.attack import Attack, Wanted, ffmpeg, video
from benchmarks.attacks.boxes import element, found, matroska, picture_track, replaced

_SIDE = 16_384
_TRACKS = 10_000
_RECORDERS = (
    *(
        b"tscc",
        b"tsc2",
        b"CSCD",
        b"G2M2",
        b"G2M3",
        b"G2M4",
        b"G2M5",
        b"VMnc",
        b"ZMBV",
        b"FPS1",
        b"CLLC",
        b"FICV",
        b"MSS1",
        b"MSS2",
    ),
    *(
        b"MSA1",
        b"MTS2",
        b"ISCC",
        b"SPV1",
        b"CFHD",
        b"LAGS",
        b"ULY0",
        b"ULRG",
        b"M8RG",
        b"M8Y0",
        b"v210",
        b"mrle",
        b"CRAM",
        b"ZLIB",
    ),
)
"""The names of screen-recording and editing codecs in AVI and Matroska."""
_SIDES: Final[tuple[tuple[int, Wanted], ...]] = ((_SIDE, "refused"), (160, "answered"))


def heavy(folder: Path) -> Iterator[Attack]:
    """One attack for each way to be large."""
    yield from _pictures(folder)
    yield from _recorders(folder)
    yield from _tracks(folder)
    yield from _times(folder)


def _pictures(folder: Path) -> Iterator[Attack]:
    png = _png(_SIDE)
    files = {
        "png-bomb.mkv": matroska(picture_track(1, b"V_MS/VFW/FOURCC", _SIDE, _SIDE, _bitmap(b"MPNG", _SIDE)), (png,) * 3),
        "png-bomb-lying.mkv": matroska(picture_track(1, b"V_MS/VFW/FOURCC", 160, 90, _bitmap(b"MPNG", 160)), (png,) * 50),
        "zlib-bomb.mkv": matroska(
            picture_track(1, b"V_MJPEG", 160, 90, _zlib_packed()), (zlib.compress(bytes(256 << 20), 9),) * 20
        ),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
        yield Attack(folder / name, "refused")
    ffmpeg("-f", "lavfi", "-i", "color=black:size=160x90", "-frames:v", "1", "-pix_fmt", "yuvj420p", folder / "small.jpg")
    small = (folder / "small.jpg").read_bytes()
    (folder / "small.jpg").unlink()
    size = small.index(b"\xff\xc0") + 5  # the height and width of a JPEG picture
    large = small[:size] + struct.pack(">HH", _SIDE, _SIDE) + small[size + 4 :]
    grown = matroska(picture_track(1, b"V_MJPEG", 160, 90), ((small,) * 25 + (large,)) * 3)
    (folder / "grows-16384.mkv").write_bytes(grown)
    yield Attack(folder / "grows-16384.mkv")
    (folder / "jpeg-16384.mkv").write_bytes(matroska(picture_track(1, b"V_MJPEG", _SIDE, _SIDE), (large,) * 3))
    yield Attack(folder / "jpeg-16384.mkv", "refused")
    parts = [video(folder / f"{size}.ts", size=size) for size in ("160x90", "640x360", "64x64")]
    (folder / "changes.ts").write_bytes(b"".join(part.read_bytes() for part in parts))
    for part in parts:
        part.unlink()
    yield Attack(folder / "changes.ts")


def _recorders(folder: Path) -> Iterator[Attack]:
    """Each codec with a huge picture, and with packets that are random, empty, or that decompress to much."""
    chance, bomb = Random(1), zlib.compress(bytes(64 << 20), 9)
    for kind in _RECORDERS:
        name = kind.decode()
        for side, wanted in _SIDES:
            blocks = (bomb, b"\x11\x01" + bomb, *(chance.randbytes(chance.randint(1, 3000)) for _ in range(40)), bytes(5000))
            track = picture_track(1, b"V_MS/VFW/FOURCC", side, side, _bitmap(kind, side))
            (folder / f"{name}-{side}.mkv").write_bytes(matroska(track, blocks))
            yield Attack(folder / f"{name}-{side}.mkv", wanted)


def _tracks(folder: Path) -> Iterator[Attack]:
    tracks = b"".join(picture_track(i, b"V_MJPEG", 160, 90) for i in range(1, _TRACKS + 1))
    (folder / "tracks.mkv").write_bytes(matroska(tracks, (b"x",)))
    yield Attack(folder / "tracks.mkv", "refused")
    source = video(folder / "one.mp4", sound=False)
    data = source.read_bytes()
    start, end = found(data, b"trak")
    (folder / "tracks.mp4").write_bytes(replaced(data, (start, end), data[start:end] * _TRACKS))
    yield Attack(folder / "tracks.mp4", "refused")
    ffmpeg("-i", source, *(("-map", "0:v") * 100), "-c", "copy", folder / "hundred.mkv")
    source.unlink()
    yield Attack(folder / "hundred.mkv", "refused")


def _times(folder: Path) -> Iterator[Attack]:
    black = ("-f", "lavfi", "-i", "color=black:size=64x64:rate={rate}:duration={seconds}")
    x264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
    lengths = {"ten-hours.mp4": ("1", 36_000), "thousand-hours.mp4": ("1/100", 3_600_000), "no-index.ts": ("1/100", 3_600_000)}
    for name, (rate, seconds) in lengths.items():
        ffmpeg(*(word.format(rate=rate, seconds=seconds) for word in black), *x264, folder / name)
        yield Attack(folder / name, "answered" if name.startswith("ten") else "refused")
    silence = ("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono:d=36000", "-c:a", "flac")
    ffmpeg(*(word.format(rate="1", seconds=100) for word in black), *silence, *x264, folder / "ten-hours-of-silence.mkv")
    yield Attack(folder / "ten-hours-of-silence.mkv")
    for rate in ("1", "1000", "90000"):
        yield Attack(
            video(
                folder / f"rate-{rate}.mp4",
                rate=rate,
                seconds=3 if rate == "1" else 1000 / int(rate),
                size="32x32",
                sound=False,
            ),
            "refused" if int(rate) >= 1000 else "answered",
        )


def _png(side: int) -> bytes:
    """A black PNG with one bit a pixel: 32 MiB, compressed to about 30 KB."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _bitmap(kind: bytes, side: int) -> bytes:
    """The Matroska element that names a track's Video for Windows codec."""
    return element(0x63A2, struct.pack("<IiiHH4sIiiII", 40, side, side, 1, 24, kind, 0, 0, 0, 0, 0))


def _zlib_packed() -> bytes:
    """The Matroska element that says that a track's blocks are compressed."""
    return element(0x6D80, element(0x6240, element(0x5034, element(0x4254, 0))))
