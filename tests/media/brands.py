"""Fonts and pictures as owners upload them, and as nobody should."""

import struct
import subprocess
import zlib
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import imageio_ffmpeg
from fontTools.ttLib import TTFont


@cache
def roboto() -> bytes:
    """A real font."""
    return (Path(str(files("font_roboto"))) / "files" / "Roboto-BlackItalic.ttf").read_bytes()


@cache
def font(family: str = "Acme Sans", style: str = "Bold", flavor: str | None = None) -> bytes:
    """A real font under another name."""
    with TTFont(BytesIO(roboto())) as opened:
        opened["name"].names = []
        for kind, text in ((1, family), (2, style), (4, f"{family} {style}"), (6, "Acme")):
            opened["name"].setName(text, kind, 3, 1, 0x409)
        opened.flavor = flavor
        written = BytesIO()
        opened.save(written)
        return written.getvalue()


@cache
def logo(size: str = "200x100", colour: str = "red", kind: str = "png") -> bytes:
    """A picture of one colour."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", f"color={colour}:s={size},format=rgba")
    output = ("-frames:v", "1", "-f", "image2pipe", "-c:v", {"png": "png", "jpeg": "mjpeg", "webp": "libwebp"}[kind])
    pixels = ("-pix_fmt", "yuvj420p") if kind == "jpeg" else ()
    return subprocess.run([*argv, *output, *pixels, "-"], check=True, capture_output=True, timeout=60).stdout


@cache
def card(size: str = "320x180") -> bytes:
    """A picture of many colours, as PNG."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", f"testsrc2=s={size}:r=1,format=rgb24")
    output = ("-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-")
    return subprocess.run([*argv, *output], check=True, capture_output=True, timeout=60).stdout


def bomb(side: int = 60_000) -> bytes:
    """A PNG of some kilobytes that claims to have billions of pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000)) + chunk(b"IEND", b"")
    )


def woff_bomb() -> bytes:
    """A WOFF of one table that unpacks to two gigabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(2048)) + packer.flush()
    table = struct.pack(">4sIIII", b"head", 44 + 20, len(packed), (2 << 30) - 1, 0)
    head = struct.pack(">4sIIHHIHHIIIII", b"wOFF", 0x10000, 64 + len(packed), 1, 0, 12 + 16 + 64, 1, 0, 0, 0, 0, 0, 0)
    return head + table + packed
