"""Recordings whose clock starts late, wraps, restarts or jumps are rendered completely, in order and in sync."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from plans import B_FRAMES
from probing import ffmpeg
from taken import taken
from thorough import few
from videos import clicks, make_video, read_numbers

from video_automation.jobs.ports import Rules
from video_automation.local import process_file
from video_automation.media.probing import probe
from video_automation.media.program import Tools
from video_automation.media.python import run_python
from video_automation.media.repair import mend

SIZE = (128, 72)
CLICKS = [0.5, 1.5, 2.5, 3.5]
MPEG2 = ("-c:v", "mpeg2video", "-q:v", "3", "-bf", "2", "-g", "15")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=none:keyint=60")
KINDS = {
    "h264.ts": (B_FRAMES, ("-c:a", "aac")),
    "hevc.ts": (HEVC, ("-c:a", "ac3")),
    "mpeg2.ts": (MPEG2, ("-c:a", "mp2")),
    "mpeg2.mpg": (MPEG2, ("-c:a", "mp2")),
    "h264.flv": (B_FRAMES, ("-c:a", "aac")),
    "h264.mkv": (B_FRAMES, ("-c:a", "aac")),
    "h264.mp4": (B_FRAMES, ("-c:a", "aac")),
}
DAY_AND_A_BIT = 95_443.7
"""Seconds after which the clock of MPEG streams (33 bits at 90 kHz) wraps around."""


def video(path: Path, kind: str, *, frames: int = 120, sound: bool = True) -> Path:
    codec, sound_codec = KINDS[kind]
    heard = clicks([click for click in CLICKS if click < frames / 30], frames / 30) if sound else None
    return make_video(path, frames=frames, size=SIZE, codec=codec, sound=heard, sound_codec=sound_codec)


def late(path: Path, seconds: float) -> Path:
    """A copy of a video whose clock is so many seconds later."""
    copy = path.with_name(f"late_{seconds}_{path.name}")
    ffmpeg("-i", path, "-c", "copy", "-copyts", "-output_ts_offset", str(seconds), "-muxdelay", "0", "-muxpreload", "0", copy)
    return copy


def joined(path: Path, *parts: Path) -> Path:
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def parts(tmp_path: Path, kind: str, seconds: float) -> Path:
    """A recording of two parts of four seconds, each from frame 0 on; the clock jumps between them by so many seconds."""
    one = video(tmp_path / f"one.{kind}", kind)
    return joined(tmp_path / f"both.{kind}", one, late(one, seconds) if seconds else one)


@pytest.mark.parametrize("kind", few(KINDS, "h264.mp4", "mpeg2.mpg"))
def test_a_recording_that_starts_at_13_h_is_as_long_as_what_is_in_it(tmp_path: Path, kind: str) -> None:
    source = taken(late(video(tmp_path / f"a.{kind}", kind), 46_800))
    assert source.source.duration_ms == pytest.approx(4000, abs=70)
    assert not source.source.mended
    frames, heard = source.frames_and_clicks()
    assert frames == list(range(120))
    assert heard == pytest.approx(CLICKS, abs=0.02)


@pytest.mark.parametrize("kind", few(["h264.ts", "mpeg2.ts", "mpeg2.mpg"], "h264.ts"))
def test_a_clock_that_wraps_after_26_hours_runs_on(tmp_path: Path, kind: str) -> None:
    wrapping = taken(late(video(tmp_path / f"a.{kind}", kind), DAY_AND_A_BIT - 2))
    assert wrapping.source.duration_ms == pytest.approx(4000, abs=70)
    frames, heard = wrapping.frames_and_clicks()
    assert frames == list(range(120))
    assert heard == pytest.approx(CLICKS, abs=0.02)
    assert wrapping.frames((100, 110)) == list(range(100, 110))


@pytest.mark.parametrize(
    ("kind", "seconds"),
    few(
        [
            *((kind, seconds) for kind in ("h264.ts", "hevc.ts", "mpeg2.ts") for seconds in (0, 3600, 30, 3.5)),
            *(("mpeg2.mpg", seconds) for seconds in (0, 3600, 30)),
        ],
        *(("h264.ts", 3.5), ("mpeg2.mpg", 0)),
    ),
)
def test_after_a_leap_everything_follows_directly_and_is_called_as_the_original(
    tmp_path: Path, kind: str, seconds: float
) -> None:
    both = taken(parts(tmp_path, kind, seconds))
    assert both.source.name == f"both.{kind}"
    assert both.source.picture.rate == Fraction(30)
    assert both.source.mended
    assert [one.closed for one in both.source.breaks] == [True]
    assert both.source.breaks[0].at_ms == pytest.approx(4000, abs=50)
    assert both.source.breaks[0].by_ms == pytest.approx(1000 * seconds - 4000, abs=100)
    frames, heard = both.frames_and_clicks()
    assert frames == [*range(120), *range(120)]
    assert heard == pytest.approx([*CLICKS, *(4 + click for click in CLICKS)], abs=0.06)


def test_a_clock_that_starts_over_again_and_again(tmp_path: Path) -> None:
    one = video(tmp_path / "one.ts", "h264.ts", frames=60)
    many = taken(joined(tmp_path / "many.ts", *[one] * 5))
    frames, heard = many.frames_and_clicks()
    assert frames == [*range(60)] * 5
    assert len(many.source.breaks) == 4
    assert heard == pytest.approx([2 * n + click for n in range(5) for click in CLICKS[:2]], abs=0.1)


def test_a_pause_of_some_seconds_stays_and_is_told(tmp_path: Path) -> None:
    both = taken(parts(tmp_path, "h264.ts", 9))
    assert not both.source.mended
    (pause,) = both.source.breaks
    assert (pause.closed, pause.at_ms, pause.by_ms) == (False, pytest.approx(4000, abs=60), pytest.approx(5000, abs=60))
    assert both.frames() == [*range(120), *[119] * 150, *range(120)]


def test_a_picture_that_stands_while_somebody_speaks_is_no_pause(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mkv", times=[0, 0.1, 20, 20.1], size=SIZE, sound=clicks([1, 19], 21))
    found = taken(video).source
    assert (found.mended, found.breaks) == (False, ())


def test_a_slide_without_sound_stands_as_long_as_the_file_says(tmp_path: Path) -> None:
    found = taken(make_video(tmp_path / "a.mp4", times=[0, 0.1, 700, 701], size=SIZE)).source
    assert (found.mended, found.breaks) == (False, ())
    assert found.duration_ms > 700_000


def test_a_whole_job_reads_the_mended_copy_and_tells_of_it(tmp_path: Path) -> None:
    made = process_file(parts(tmp_path, "h264.ts", 3600), tmp_path / "out", Rules(), report=lambda _: None)
    assert any("jumps ahead by 59 minutes 56 seconds at 0:04" in remark for remark in made.remarks)
    assert read_numbers(tmp_path / "out" / made.output_filename) == [*range(120), *range(120)]


def test_whoever_reads_gigabytes_shows_that_it_gets_further_before_it_tells_what_it_found(tmp_path: Path) -> None:
    video, copy, signs = parts(tmp_path, "h264.ts", 30), tmp_path / "folder" / "copy", []
    copy.parent.mkdir()
    tools = Tools(copy.parent, (video,), moved=lambda: signs.append(1))
    said = run_python(tools, Path(mend.__file__).with_name("mend_child.py"), str(video), str(copy))
    assert (said[:1], [one["closed"] for one in json.loads(said)]) == (b"\n", [True])
    said = run_python(
        tools, Path(probe.__file__).with_name("probe_child.py"), str(copy), "", *("1000000", "9", "99", "999", "0")
    )
    assert (said[:1], json.loads(said)["container"]) == (b"\n", "mpegts")
    assert signs
