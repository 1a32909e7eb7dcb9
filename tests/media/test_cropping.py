"""ffmpeg crops each frame exactly as the plan says, in whole videos and in chunks."""

import subprocess

import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from video_automation.plan.crop import CropKey, CropPath
from video_automation.plan.time import FrameSpan
from video_automation.render.encode.cropping import crop_filter

SIZE = (512, 256)
"""The size of a picture in which red and green give a pixel's column, and blue its row."""
PLACES = ((0, 10, 0), (7, 10, 0), (31, 442, 80), (32, 0, 224), (40, 0, 224), (52, 432, 6))
MOVING = CropPath(64, 32, tuple(CropKey(*place) for place in PLACES))


def shown_at(path: CropPath, part: FrameSpan) -> list[tuple[int, int]]:
    """The column and row of the pixel in the upper left corner of each frame of a chunk."""
    columns, rows = np.arange(SIZE[0]), np.arange(SIZE[1])
    picture = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    picture[:, :, 0], picture[:, :, 1], picture[:, :, 2] = columns // 256, columns % 256, rows[:, None]
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}")
    chain = f"format=gbrp,loop={part.length}:1,{crop_filter(path, part)},crop=2:2:0:0:exact=1"
    out = ("-i", "-", "-vf", chain, "-frames:v", str(part.length), "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    raw = subprocess.run([*argv, *out], input=picture.tobytes(), capture_output=True, check=True).stdout
    corners = np.frombuffer(raw, np.uint8).reshape(-1, 2, 2, 3)[:, 0, 0].astype(int)
    return [(256 * red + green, blue) for red, green, blue in corners.tolist()]


@pytest.mark.parametrize("part", [(0, 60), (3, 20), (20, 40), (31, 33), (32, 60), (52, 60), (100, 101)])
def test_a_chunk_is_cropped_as_the_plan_says(part: tuple[int, int]) -> None:
    span = FrameSpan(*part)
    assert shown_at(MOVING, span) == [MOVING.at(frame) for frame in range(span.start, span.end)]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_path_is_followed(data: st.DataObject) -> None:
    frames = [0, *sorted(data.draw(st.sets(st.integers(1, 150), max_size=6)))]
    keys = tuple(CropKey(n, 2 * data.draw(st.integers(0, 240)), 2 * data.draw(st.integers(0, 120))) for n in frames)
    path = CropPath(32, 16, keys)
    start = data.draw(st.integers(0, 149))
    span = FrameSpan(start, data.draw(st.integers(start + 1, 160)))
    assert shown_at(path, span) == [path.at(frame) for frame in range(span.start, span.end)]


def test_hundreds_of_moves_are_not_too_many_for_ffmpeg() -> None:
    path = CropPath(64, 32, tuple(CropKey(5 * i, 100 * (i % 4), 50 * (i % 3)) for i in range(400)))
    span = FrameSpan(0, 2000)
    assert shown_at(path, span) == [path.at(frame) for frame in range(2000)]


def test_pictures_with_halved_colours_move_by_single_pixels_too() -> None:
    path, span = CropPath(64, 32, (CropKey(0, 0, 0), CropKey(30, 20, 0))), FrameSpan(0, 31)
    ramp = f"color=s={SIZE[0]}x{SIZE[1]},format=yuv420p,geq=lum=X/2:cb=128:cr=128,{crop_filter(path, span)}"
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", ramp, "-frames:v", "31")
    raw = subprocess.run([*argv, "-f", "rawvideo", "-"], capture_output=True, check=True).stdout
    lumas = np.frombuffer(raw, np.uint8).reshape(31, -1)[:, 63]
    assert lumas.tolist() == [(path.at(frame)[0] + 63) // 2 for frame in range(31)]
    assert len({path.at(frame)[0] % 2 for frame in range(31)}) == 2
