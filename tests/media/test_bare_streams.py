"""H.264 and HEVC streams without a container get times: every frame once, in order, at the rate in the stream."""

from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from plans import B_FRAMES
from probing import ffmpeg
from thorough import few
from videos import H264, click_times, clicks, make_video, read_numbers, read_sound

from video_automation.editing.deciding import decide
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.media.repair.footage import take_in
from video_automation.plan.params import Params
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.observations import Observations
from video_automation.plan.source.recording import Source

SIZE = (128, 72)
X265 = ("-c:v", "libx265", "-preset", "medium", "-x265-params", "keyint=50:log-level=error")
STREAMS = [
    ("a.h264", B_FRAMES, "30"),
    ("a.h264", H264, "60000/1001"),
    ("a.264", (*B_FRAMES, "-x264-params", "open-gop=1"), "25"),
    ("a.h264", (*B_FRAMES, "-x264-params", "bframes=0"), "24000/1001"),
    ("a.h264", (*B_FRAMES, "-x264-params", "tff=1"), "25"),
    ("a.hevc", X265, "30000/1001"),
    ("a.hevc", X265, "50"),
]


def taken_in(video: Path) -> tuple[Source, Path]:
    """The source that a recording becomes, and the copy with times that it refers to."""
    copy = video.parent / "source.copy"
    tools = Tools(video.parent, ())
    probed = partial(probe, tools, name=video.name, limits=MediaLimits())
    source = take_in(tools, video, copy, probed=probed, on_progress=lambda _: None)
    return source, copy


@pytest.mark.parametrize(("name", "codec", "rate"), few(STREAMS, STREAMS[0], STREAMS[2], STREAMS[5]))
def test_each_frame_comes_once_in_order_at_its_rate(tmp_path: Path, name: str, codec: tuple[str, ...], rate: str) -> None:
    video = make_video(
        tmp_path / name,
        frames=200,
        rate=Fraction(rate),
        size=SIZE,
        codec=codec,
        options=("-f", name[2:].replace("264", "h264").replace("hh", "h")),
    )
    source, copy = taken_in(video)
    assert (source.picture.rate, source.picture.frames, source.picture.variable) == (Fraction(rate), 200, False)
    assert (source.mended, source.picture.rate_assumed) == (True, False)
    assert read_numbers(copy) == list(range(200))


def test_a_stream_that_tells_no_rate_is_taken_for_one_of_25_and_a_remark_says_so(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=100, size=SIZE)
    ffmpeg("-i", video, "-c:v", "libopenh264", "-b:v", "2M", tmp_path / "b.h264")
    source, _ = taken_in(tmp_path / "b.h264")
    assert (source.picture.rate, source.picture.frames, source.picture.rate_assumed) == (25, 100, True)
    told = decide(source, Observations((Hearing(),)), Params()).document.remarks
    assert any("25 a second were taken" in remark for remark in told)


def test_a_stream_that_begins_midway_and_is_damaged_gives_what_can_be_decoded(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.h264", frames=200, size=SIZE, codec=B_FRAMES)
    data = bytearray(video.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = bytes(400)
    video.write_bytes(data[len(data) // 8 :])
    source, _ = taken_in(video)
    assert 40 < source.picture.frames <= 200


def test_an_mxf_that_says_its_pictures_are_shown_as_they_are_decoded_is_put_right(tmp_path: Path) -> None:
    video = make_video(
        tmp_path / "a.mxf",
        frames=150,
        rate=Fraction(25),
        size=(320, 176),
        codec=("-c:v", "libx264", "-bf", "2", "-g", "25", "-pix_fmt", "yuv422p10le"),
        sound=clicks([2, 4], 6),
        sound_codec=("-c:a", "pcm_s24le"),
        options=("-timecode", "10:00:00:00"),
    )
    source, copy = taken_in(video)
    assert (source.picture.rate, source.picture.frames, source.timecode.frame) == (25, 150, 36_000 * 25)
    assert read_numbers(copy) == list(range(150))
    assert click_times(read_sound(copy)) == pytest.approx([2, 4], abs=0.001)
