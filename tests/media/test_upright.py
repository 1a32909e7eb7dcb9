"""If the picture changes its size, pixel aspect or rotation midway, it is fitted into one size, complete and upright."""

from fractions import Fraction
from pathlib import Path

import pytest
from changing import H264, MPEG2, assert_round_in_the_middle, circle, frames_of, joined, made, piece
from plans import picture, plan_of, rendered
from probing import ffmpeg, probed
from thorough import few
from videos import make_video, read_numbers

from video_automation.media.program import Tools
from video_automation.plan.source.recording import Otherwise
from video_automation.plan.still import Still
from video_automation.plan.time import FrameSpan
from video_automation.render.encode.stills import make_stills

SIZES = [(160, 96, "1", 1), (96, 96, "1", 1), (96, 160, "1", 2), (320, 192, "1", 1), (160, 96, "1", 2)]


@pytest.mark.parametrize("suffix", few([".ts", ".mkv", ".mp4", ".flv"], ".mp4"))
def test_changing_sizes_are_fitted_into_the_one_shown_for_longest(tmp_path: Path, suffix: str) -> None:
    video = joined(tmp_path / "a.ts", SIZES)
    if suffix != ".ts":
        ffmpeg("-i", video, "-c", "copy", video.with_suffix(suffix))
    found, frames = made(video.with_suffix(suffix))
    assert (found.width, found.height, found.frames, len(frames)) == (160, 96, 175, 175)
    assert_round_in_the_middle(frames)


def test_a_turned_telephone_keeps_the_shape_it_has_for_longest(tmp_path: Path) -> None:
    video = joined(tmp_path / "a.ts", [(96, 160, "1", 1), (160, 96, "1", 1), (96, 160, "1", 1)])
    found, frames = made(video)
    assert (found.display_width, found.display_height, len(frames)) == (96, 160, 75)
    assert_round_in_the_middle(frames)


@pytest.mark.parametrize("codec", few(["h264", "mpeg2"], "mpeg2"))
def test_a_pixel_aspect_that_changes_midway_keeps_circles_round(tmp_path: Path, codec: str) -> None:
    video = joined(
        tmp_path / "a.ts",
        [(180, 144, "16/15", 1), (180, 144, "64/45", 3), (180, 144, "16/15", 1)],
        {"h264": H264, "mpeg2": MPEG2}[codec],
    )
    found, frames = made(video)
    assert found.pixel_aspect == Fraction(64, 45)
    assert [other.pixel_aspect for other in found.others] == [Fraction(16, 15)] * 2
    assert_round_in_the_middle(frames)


def test_a_picture_that_is_turned_midway_is_upright_all_along(tmp_path: Path) -> None:
    disc = "16+219*lt(hypot(X-{},Y-{}),12)"
    up = f"color=black:s=96x160:r=25:d=1,format=gray,geq=lum='{disc.format(48, 30)}'"
    lying = f"color=black:s=96x160:r=25:d=1,format=gray,geq=lum='{disc.format(66, 80)}'"
    video = tmp_path / "a.ts"
    video.write_bytes(piece(tmp_path / "up.ts", up, 0) + piece(tmp_path / "lying.ts", lying, 1))
    turned = Otherwise(FrameSpan(25, 50), Fraction(1), 270, flipped=False)
    _, frames = made(video, picture(frames=50, size=(96, 160), rate=Fraction(25), others=(turned,)))
    assert len(frames) == 50
    for frame in frames:
        aspect, x, y = circle(frame)
        assert abs(aspect - 1) < 0.1
        assert abs(x - 0.5) < 0.02
        assert y < 0.45


@pytest.mark.parametrize("rotation", few([0, 90, 180, 270], 90))
def test_a_mirrored_source_comes_out_as_players_show_it(tmp_path: Path, rotation: int) -> None:
    plain = make_video(tmp_path / "plain.mp4", frames=4, size=(192, 108))
    video = tmp_path / "a.mp4"
    ffmpeg("-display_rotation", str(-rotation), "-display_hflip", "-i", plain, "-c", "copy", video)
    found, frames = made(video)
    ffmpeg("-i", video, "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo", tmp_path / "shown")
    shown = (tmp_path / "shown").read_bytes()
    assert found.flipped
    assert frames[0].size == len(shown)
    differing = sum((a > 128) != (b > 128) for a, b in zip(frames[0].tobytes(), shown, strict=True))
    assert differing < 0.02 * len(shown)


def test_a_turned_source_is_not_turned_again_by_players(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=10, size=(192, 108), rotation=90)
    out = rendered(plan_of(video, [(0, 10)], picture(frames=10, size=(192, 108), rotation=90)), video, tmp_path / "work")
    assert probed(out).picture.rotation == 0
    assert read_numbers(out) == list(range(10))


@pytest.mark.parametrize(("width", "height"), few([(161, 91), (160, 91), (161, 90)], (161, 91)))
def test_odd_sizes_lose_a_line_alone(tmp_path: Path, width: int, height: int) -> None:
    video = tmp_path / "a.mp4"
    shape = f"crop={width}:{height}:exact=1"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=164x94:r=25:d=0.4", "-vf", shape, "-c:v", "mpeg4", "-q:v", "2", video)
    found, frames = made(video)
    before = frames_of(video)[0][:90, :160].astype(int)
    assert (found.width, found.height) == (width, height)
    assert abs(before - frames[0]).mean() < 4


def test_stills_are_fitted_and_upright_too(tmp_path: Path) -> None:
    video = joined(tmp_path / "a.ts", [(160, 96, "1", 2), (96, 160, "1", 1)])
    source = probed(video)
    still = Still("a.jpg", 60, 160, 96)
    (path,) = make_stills(source, (still,), video, Tools(tmp_path, (video,)))
    assert_round_in_the_middle(frames_of(path))
