"""Makes videos whose picture changes midway, and measures the frames that are made of them."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from plans import plan_of, rendered
from probing import ffmpeg, probed

from video_automation.media.pictures.combs import combing
from video_automation.plan.source.recording import Picture

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25")
MPEG2 = ("-c:v", "mpeg2video", "-q:v", "4", "-pix_fmt", "yuv420p", "-g", "12")
FIELDS = "testsrc2=s=320x240:r=60000/1001"


def joined(path: Path, parts: list[tuple[int, int, str, int]], codec: tuple[str, ...] = H264) -> Path:
    """A transport stream of a round circle at 25 frames a second; each part has a width, a height, a pixel aspect, seconds."""
    data, start = b"", 0
    for wide, high, aspect, length in parts:
        round_ = f"lt(hypot((X-W/2)*({aspect}),Y-H/2),0.35*min(W*({aspect}),H))"
        source = f"color=black:s={wide}x{high}:r=25:d={length},format=gray,geq=lum='16+219*{round_}',setsar={aspect}"
        data += piece(path.with_name("part.ts"), source, start, codec)
        start += length
    path.write_bytes(data)
    return path


def piece(path: Path, source: str, start: float, codec: tuple[str, ...] = H264) -> bytes:
    """A transport stream of an ffmpeg test source, whose clock begins at `start` seconds."""
    clock = ("-muxpreload", "0", "-muxdelay", "0", "-output_ts_offset", str(start))
    ffmpeg("-f", "lavfi", "-i", source, *codec, *clock, path)
    return path.read_bytes()


def made(video: Path, found: Picture | None = None) -> tuple[Picture, list[np.ndarray]]:
    """What the probe finds about a video, and all its frames after rendering, in grey."""
    found = found or probed(video).picture
    out = rendered(plan_of(video, [(0, found.frames)], found), video, video.parent / "work")
    return found, frames_of(out)


def frames_of(path: Path) -> list[np.ndarray]:
    """All frames of a video, or the one of a picture, in grey."""
    with av.open(str(path)) as opened:
        return [frame.to_ndarray(format="gray") for frame in opened.decode(video=0)]


def circle(frame: np.ndarray) -> tuple[float, float, float]:
    """The white circle in a frame: its width divided by its height, and its middle (x, y) as shares of the frame."""
    rows, columns = np.nonzero(frame > 128)
    wide, high = np.ptp(columns) + 1, np.ptp(rows) + 1
    assert np.count_nonzero(frame > 128) > 0.9 * np.pi / 4 * wide * high, "not whole"
    return wide / high, columns.mean() / frame.shape[1], rows.mean() / frame.shape[0]


def assert_round_in_the_middle(frames: list[np.ndarray]) -> None:
    for number, frame in enumerate(frames):
        aspect, x, y = circle(frame)
        assert 0.97 < aspect < 1.03, number
        assert abs(x - 0.5) < 0.01, number
        assert abs(y - 0.5) < 0.01, number


def combed(frames: list[np.ndarray]) -> int:
    """How many frames show interlacing combs."""
    return combing(frames).combed


def sharpness(frames: list[np.ndarray]) -> Fraction:
    """How much each line differs from the next one, on average."""
    return Fraction(float(np.mean([np.abs(np.diff(frame.astype(int), axis=0)).mean() for frame in frames])))
