"""Interlacing is found by content and removed only where it is; telecine is undone, so that each picture is shown once."""

from fractions import Fraction
from pathlib import Path

import pytest
from changing import FIELDS, H264, combed, made, piece, sharpness
from plans import plan_of, rendered
from probing import ffmpeg, probed
from thorough import few
from videos import make_video, read_numbers

FLAGGED = (*H264, "-flags", "+ilme+ildct")
VIDEO = Fraction(24_000, 1001)


@pytest.mark.parametrize("first", few(["top", "bottom"], "top"))
def test_combs_that_are_flagged_nowhere_are_removed_where_they_are(tmp_path: Path, first: str) -> None:
    video = tmp_path / "a.ts"
    plain = piece(tmp_path / "plain.ts", f"{FIELDS}:d=3.003,fps=30000/1001", 0)
    video.write_bytes(plain + piece(tmp_path / "combed.ts", f"{FIELDS}:d=4.004,tinterlace=interleave_{first}", 3.003))
    found, frames = made(video)
    assert (found.combs.kind, found.combs.top_first) == ("found", first == "top")
    (span,) = found.combs.spans
    assert 45 < span.start <= 91
    assert span.end == found.frames == len(frames)
    assert combed(frames) < 0.02 * len(frames)


def test_flags_that_tell_of_fields_later_on_are_heard(tmp_path: Path) -> None:
    video = tmp_path / "a.ts"
    plain = piece(tmp_path / "plain.ts", f"{FIELDS}:d=2.002,fps=30000/1001", 0)
    fields = f"{FIELDS}:d=2.002,tinterlace=interleave_bottom,setfield=bff"
    video.write_bytes(plain + piece(tmp_path / "combed.ts", fields, 2.002, (*FLAGGED, "-x264-params", "bff=1")))
    found, frames = made(video)
    assert found.combs.kind == "flagged"
    assert not combed(frames)


def test_whole_pictures_that_say_they_are_of_two_fields_lose_nothing(tmp_path: Path) -> None:
    video = tmp_path / "a.mp4"
    ffmpeg(
        "-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=4,setfield=tff,split[a][b];[b]negate[c];[a][c]hstack", *FLAGGED, video
    )
    found, frames = made(video)
    assert found.interlaced
    assert found.combs.kind == "none"
    plain = tmp_path / "plain"
    plain.mkdir()
    ffmpeg("-i", video, "-vf", "setfield=prog", "-c:v", "libx264", "-qp", "1", "-preset", "ultrafast", plain / "a.mp4")
    assert sharpness(frames) > 0.98 * sharpness(made(plain / "a.mp4")[1])


@pytest.mark.parametrize("suffix", few([".mp4", ".mpg"], ".mpg"))
def test_video_on_sixty_fields_has_no_combs(tmp_path: Path, suffix: str) -> None:
    video = tmp_path / f"a{suffix}"
    codec = H264 if suffix == ".mp4" else ("-c:v", "mpeg2video", "-q:v", "3", "-flags", "+ilme+ildct")
    ffmpeg("-f", "lavfi", "-i", f"testsrc2=s=320x240:r={VIDEO}:d=4,telecine=pattern=23", *codec, video)
    found, frames = made(video)
    assert found.combs.kind == "telecine"
    assert len(frames) == found.frames
    assert combed(frames) < 0.02 * len(frames)


@pytest.mark.parametrize("suffix", few([".mkv", ".ts", ".mp4"], ".mkv"))
@pytest.mark.parametrize("first", few([2, 3], 3))
@pytest.mark.parametrize("late", few([0, 0.0104, 0.0209, 0.0313], 0, 0.0209))
def test_pictures_of_two_and_three_fields_come_out_once_each(tmp_path: Path, suffix: str, first: int, late: float) -> None:
    fields = [n * 5 // 2 + (n % 2 if first == 3 else 0) for n in range(100)]
    times = [field * Fraction(1001, 60_000) + Fraction(late) for field in fields]
    video = make_video(tmp_path / f"a{suffix}", times=times, size=(128, 72))
    found = probed(video).picture
    assert (found.rate, found.variable) == (VIDEO, False)
    numbers = read_numbers(rendered(plan_of(video, [(0, found.frames)], found), video, tmp_path / "work"))
    assert sorted(set(numbers)) == list(range(100))
    assert numbers == sorted(numbers)
    assert numbers[numbers.index(1) :] == list(range(1, 100))
