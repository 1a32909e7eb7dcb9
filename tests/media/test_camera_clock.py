"""All edit lists use the timecode that the camera wrote: real videos, read by other programs."""

import io
import os
import shutil
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pycmx
import pytest
from media.probing import ffmpeg, probed
from thorough import few
from unit.render.test_edit_lists import read, video

from video_automation.plan.source.recording import Source
from video_automation.plan.source.timecode import NO_CLOCK, Timecode, label
from video_automation.plan.time import FrameSpan
from video_automation.render.edit_lists.all_formats import edit_lists

CASE = Path(os.environ.get("MEDIA_CORPUS", Path(__file__).parents[3] / "shared/media")).resolve() / "cases/22_timecode_10h.mov"


def recorded(path: Path, timecode: str, rate: str = "25", *options: str) -> Source:
    pictures = ("-f", "lavfi", "-i", f"testsrc2=s=64x64:r={rate}:d=1")
    ffmpeg(*pictures, "-c:v", "libx264", "-preset", "ultrafast", *options, "-timecode", timecode, path)
    return probed(path)


@pytest.mark.parametrize("suffix", few(["mov", "mp4", "mkv"], "mov", "mkv"))
@pytest.mark.parametrize(
    ("rate", "shown"),
    few(
        [
            ("25", "10:00:00:00"),
            ("30000/1001", "00:59:59;28"),
            ("60000/1001", "00:59:59;58"),
            ("24000/1001", "01:00:00:23"),
            ("50", "23:59:59:40"),
        ],
        *(("30000/1001", "00:59:59;28"), ("24000/1001", "01:00:00:23")),
    ),
)
def test_all_edit_lists_begin_where_the_camera_did(tmp_path: Path, suffix: str, rate: str, shown: str) -> None:
    source = recorded(tmp_path / f"a.{suffix}", shown, rate)
    assert label(source.timecode.frame, Fraction(rate), drop=source.timecode.drop) == shown
    check_start(source, shown)


def check_start(source: Source, shown: str) -> None:
    """Checks that each list has the start of the recording, and points to its sixth frame."""
    rate, start = source.picture.rate, source.timecode.frame
    made = video(rate, (FrameSpan(0, 5), FrameSpan(6, 9)))
    one, edits, xml, apple = (each.text for each in edit_lists(source, made, "Talk"))
    for text, adapter in ((one, "otio_json"), (xml, "fcp_xml")):
        clips = list(read(text, adapter).tracks[0])
        assert [clip.source_range.start_time.value for clip in clips] == [start, start + 6], adapter
        assert clips[0].available_range().start_time.value == start, adapter
    assert next(iter(read(edits, "cmx_3600", rate).tracks[0])).source_range.start_time.value == start
    (first, _) = pycmx.parse_cmx3600(io.StringIO(edits)).events
    assert first.edits[0].source_in == shown
    root = ET.fromstring(apple)
    for place in (root.find(".//asset"), root.find(".//asset-clip")):
        assert place is not None
        assert Fraction(place.attrib["start"].removesuffix("s")) * rate == start
    clock = ET.fromstring(xml).find(".//file/timecode")
    assert clock is not None
    drop = ";" in shown
    assert (clock.findtext("string"), clock.findtext("displayformat")) == (shown, "DF" if drop else "NDF")
    assert {place.attrib["tcFormat"] for place in root.iter() if "tcFormat" in place.attrib} == {"DF" if drop else "NDF"}
    assert ("FCM: DROP FRAME" in edits) == drop


def test_the_reel_is_the_cameras(tmp_path: Path) -> None:
    source = recorded(tmp_path / "a.mov", "10:00:00:00", "25", "-metadata:s:v", "reel_name=A001C003_2101")
    assert source.reel == "A001C003_2101"
    for each in edit_lists(source, video(Fraction(25), (FrameSpan(0, 5),)), "Talk"):
        assert "A001C003_2101" in each.text, each.suffix


def test_a_recording_without_a_clock_or_with_a_wrong_one_counts_from_zero(tmp_path: Path) -> None:
    pictures = ("-f", "lavfi", "-i", "testsrc2=s=64x64:r=25:d=0.2")
    ffmpeg(*pictures, tmp_path / "none.mp4")
    ffmpeg(*pictures, "-metadata", "timecode=99:99:99:99", "-metadata", "reel_name=\n", tmp_path / "wrong.mkv")
    for name in ("none.mp4", "wrong.mkv"):
        assert (probed(tmp_path / name).timecode, probed(tmp_path / name).reel) == (NO_CLOCK, ""), name


@pytest.mark.thorough
@pytest.mark.skipif(not CASE.exists(), reason="the corpus is not here")
def test_the_corpus_tells_ten_o_clock(tmp_path: Path) -> None:
    source = probed(Path(shutil.copy(CASE, tmp_path)))
    assert source.timecode == Timecode(round(source.picture.rate) * 36_000)
    check_start(source, "10:00:00:00")
