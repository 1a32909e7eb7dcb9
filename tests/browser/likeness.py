"""How alike two pictures are, and pictures of videos and pages as colours: uint8 of shape (height, width, 3)."""

import io
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np


def frames_of(video: Path, size: tuple[int, int]) -> np.ndarray:
    """All frames of a video of this width and height: of shape (frames, height, width, 3)."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(video), "-fps_mode", "passthrough")
    raw = subprocess.run((*argv, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"), capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, size[1], size[0], 3)


def png(colours: np.ndarray) -> bytes:
    encoder = av.CodecContext.create("png", "w")
    encoder.height, encoder.width = colours.shape[:2]
    encoder.pix_fmt, encoder.time_base = "rgb24", Fraction(1)
    return b"".join(bytes(packet) for packet in encoder.encode(av.VideoFrame.from_ndarray(colours, format="rgb24")))


def from_png(content: bytes) -> np.ndarray:
    with av.open(io.BytesIO(content)) as opened:
        return next(opened.decode(video=0)).to_ndarray(format="rgb24")


def similarity(one: np.ndarray, other: np.ndarray) -> float:
    """The structural similarity (SSIM) of the brightness of two pictures, 1 for equal ones, by windows of 7 x 7 pixels."""
    a, b = (colours.astype(float) @ (0.299, 0.587, 0.114) for colours in (one, other))

    def mean(values: np.ndarray) -> np.ndarray:
        return np.lib.stride_tricks.sliding_window_view(values, (7, 7)).mean(axis=(2, 3))

    mean_a, mean_b = mean(a), mean(b)
    var_a, var_b, both = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2, mean(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return float(((2 * mean_a * mean_b + c1) * (2 * both + c2) / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))).mean())


def around(changed: np.ndarray) -> tuple[slice, slice]:
    """The box around what is true in a picture of truths."""
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
