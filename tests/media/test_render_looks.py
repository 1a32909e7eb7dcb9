"""A rendered picture looks as a player shows the source: upright, undistorted, in its colours."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from plans import picture, pixels, plan_of, rendered
from videos import make_video, read_numbers

from video_automation.media.command import Command
from video_automation.media.ffmpeg import run
from video_automation.media.program import Tools


def bars(folder: Path, *encoder: str, filters: str = "null", size: str = "320x180", name: str = "bars.mp4") -> Path:
    """Two seconds of colour bars with these encoder arguments."""
    source = ("-f", "lavfi", "-i", f"smptehdbars=s={size}:r=30:d=2", "-vf", filters)
    return run(Tools(folder, ()), Command((*source, *encoder, "-f", "mov" if name.endswith("mov") else "mp4"), name))


def stream_of(path: Path) -> av.VideoCodecContext:
    with av.open(str(path)) as video:
        return video.streams.video[0].codec_context


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_source_comes_out_upright(tmp_path: Path, rotation: int) -> None:
    video = make_video(tmp_path / "a.mp4", frames=30, size=(192, 108), rotation=rotation)
    out = rendered(plan_of(video, [(5, 25)], picture(frames=30, size=(192, 108), rotation=rotation)), video, tmp_path / "work")
    assert read_numbers(out) == list(range(5, 25))  # numbers can only be read upright
    context = stream_of(out)
    assert (context.width, context.height) == ((192, 108) if rotation == 180 else (108, 192))


@pytest.mark.parametrize(("aspect", "width"), [("4/3", 256), ("2/3", 128)])
def test_wide_and_narrow_pixels_become_square(tmp_path: Path, aspect: str, width: int) -> None:
    video = make_video(tmp_path / "a.mp4", frames=20, size=(192, 108), pixel_aspect=Fraction(aspect))
    shown = picture(frames=20, size=(192, 108), pixel_aspect=Fraction(aspect))
    out = rendered(plan_of(video, [(0, 20)], shown), video, tmp_path / "work")
    context = stream_of(out)
    assert (context.width, context.height, context.sample_aspect_ratio) == (width, 108, 1)
    assert read_numbers(out) == list(range(20))


def test_odd_sizes_lose_a_line_and_are_not_squeezed(tmp_path: Path) -> None:
    codec = ("-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", "-pix_fmt", "yuv444p")
    video = make_video(tmp_path / "a.mp4", frames=10, size=(161, 91), codec=codec)
    out = rendered(plan_of(video, [(0, 10)], picture(frames=10, size=(161, 91))), video, tmp_path / "work")
    before = pixels(video, size=(161, 91))[:90, :160].astype(int)
    assert np.abs(before - pixels(out, size=(160, 90))).mean() < 3


@pytest.mark.parametrize(
    "encoder",
    [
        ("-pix_fmt", "yuv420p10le", "-profile:v", "high10"),
        ("-pix_fmt", "yuvj420p", "-color_range", "pc"),
        ("-pix_fmt", "yuv422p"),
        ("-pix_fmt", "yuv444p"),
    ],
    ids=["10 bit", "full range", "4:2:2", "4:4:4"],
)
def test_colours_stay_and_the_result_plays_everywhere(tmp_path: Path, encoder: tuple[str, ...]) -> None:
    video = bars(tmp_path, "-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", *encoder)
    out = rendered(plan_of(video, [(3, 33)], picture(frames=60, matrix="smpte170m")), video, tmp_path / "work")
    context = stream_of(out)
    assert (context.profile, context.pix_fmt, context.color_range) == ("High", "yuv420p", 1)
    before, after = pixels(video, size=(320, 180), frame=3), pixels(out, size=(320, 180))
    assert np.abs(before.astype(int) - after).mean() < 4


@pytest.mark.parametrize(("transfer", "tag"), [("pq", "smpte2084"), ("hlg", "arib-std-b67")])
def test_high_dynamic_range_is_mapped_to_what_every_screen_shows(tmp_path: Path, transfer: str, tag: str) -> None:
    marked = f"setparams=color_primaries=bt2020:color_trc={tag}:colorspace=bt2020nc:range=limited"
    encoder = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:crf=8", "-tag:v", "hvc1")
    video = bars(tmp_path, *encoder, filters=f"format=yuv420p10le,{marked}")
    shown = picture(frames=60, codec="hevc", transfer=transfer)
    out = rendered(plan_of(video, [(0, 10)], shown), video, tmp_path / "work")
    context = stream_of(out)
    assert (context.pix_fmt, context.color_primaries, context.color_trc, context.colorspace) == ("yuv420p", 1, 1, 1)
    seen = pixels(out, size=(320, 180))[30].astype(int)
    grey, yellow, blue = seen[10], seen[75], seen[245]
    assert np.ptp(grey) < 12
    assert yellow[0] > 90
    assert yellow[1] > 90
    assert yellow[2] < 70
    assert blue[2] > blue[0] + 60


def test_interlaced_pictures_lose_their_combs(tmp_path: Path) -> None:
    moving = "color=black:s=320x180:r=60:d=2[b];color=white:s=20x180:r=60:d=2[w];[b][w]overlay=x='mod(n*12,300)',interlace=tff"
    encoder = (
        "-c:v",
        "libx264",
        "-preset",
        "superfast",
        "-flags",
        "+ilme+ildct",
        "-x264-params",
        "tff=1",
        "-pix_fmt",
        "yuv420p",
    )
    video = run(Tools(tmp_path, ()), Command(("-f", "lavfi", "-i", moving, *encoder, "-f", "mp4"), "a.mp4"))
    out = rendered(plan_of(video, [(10, 20)], picture(frames=60, interlaced=True)), video, tmp_path / "work")

    def combs(path: Path, frame: int) -> float:
        lines = pixels(path, size=(320, 180), frame=frame)[..., 1].astype(int)
        return float(np.abs(2 * lines[1:-1] - lines[:-2] - lines[2:]).mean())

    assert combs(out, 3) < 0.3 * combs(video, 13)


def test_a_picture_that_changes_its_size_midway_keeps_its_frames(tmp_path: Path) -> None:
    for name, size in (("large", (192, 108)), ("small", (96, 54))):
        make_video(tmp_path / f"{name}.ts", frames=40, size=size)
    video = tmp_path / "a.ts"
    video.write_bytes((tmp_path / "large.ts").read_bytes() + (tmp_path / "small.ts").read_bytes())
    out = rendered(plan_of(video, [(10, 35)], picture(frames=80, size=(192, 108))), video, tmp_path / "work")
    assert read_numbers(out) == list(range(10, 35))


def test_nothing_of_the_source_but_its_picture_is_carried_over(tmp_path: Path) -> None:
    marks = ("-metadata", "title=secret", "-metadata", "location=+52.5+13.4/", "-metadata:s:v", "language=eng")
    video = make_video(tmp_path / "a.mp4", frames=10, options=marks)
    out = rendered(plan_of(video, [(0, 10)], picture(frames=10)), video, tmp_path / "work")
    assert b"secret" not in out.read_bytes()
    with av.open(str(out)) as made:
        assert set(made.metadata) <= {"major_brand", "minor_version", "compatible_brands", "encoder"}
        assert made.streams.video[0].metadata.get("language") in (None, "und")
