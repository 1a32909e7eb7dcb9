"""Edit lists, read by others: pycmx, an XML parser, a JSON parser. What they say has to be the plan, frame for frame."""

import json
from fractions import Fraction
from io import StringIO
from xml.etree import ElementTree as ET

import pycmx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.source import Picture, Sound, Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.edit_lists import edl, fcp_xml, otio_json

RATES = ("24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60")
rates = st.sampled_from(RATES).map(Fraction)
lengths = st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 5000)), min_size=1, max_size=12)


def source(rate: Fraction, name: str = "My talk.mov", *, sound: bool = True) -> Source:
    shown = Picture(0, "h264", 640, 360, Fraction(1), 0, rate, 200_000, variable=False, interlaced=False, transfer="sdr")
    return Source("film", name, "mov", 1000, shown, Sound(1, "aac", 48_000, 2) if sound else None)


def timeline(rate: Fraction, parts: list[tuple[int, int]]) -> Timeline:
    spans, at = [], 0
    for pause, length in parts:
        spans.append(FrameSpan(at + pause, at + pause + length))
        at += pause + length
    return Timeline("film", rate, tuple(spans))


def written(film: Source, cuts: list[tuple[str, Timeline]]) -> bytes:
    text = fcp_xml(film, cuts)
    assert text
    return text


def frame(timecode: str, rate: Fraction) -> int:
    """The frame a timecode names (SMPTE ST 12-1): with a semicolon, two or four frame numbers a minute are left out."""
    hours, minutes, seconds, frames = (int(part) for part in timecode.replace(";", ":").split(":"))
    base = round(rate)
    number = ((hours * 60 + minutes) * 60 + seconds) * base + frames
    dropped = (base // 15) * (hours * 60 + minutes - (hours * 60 + minutes) // 10) if ";" in timecode else 0
    return number - dropped


@given(rates, lengths)
def test_another_reader_finds_the_cut_in_the_edl(rate: Fraction, parts: list[tuple[int, int]]) -> None:
    cut = timeline(rate, parts)
    text = edl(source(rate), ("film.mp4", cut))
    assert text
    edits = [edit for event in pycmx.parse_cmx3600(StringIO(text.decode())).events for edit in event.edits]
    found = [tuple(frame(code, rate) for code in (e.source_in, e.source_out, e.record_in, e.record_out)) for e in edits]
    wanted = [(span.start, span.end, place, place + span.length) for place, span in cut.placed()]
    assert found == wanted


def test_a_rate_without_timecode_has_neither_edl_nor_xml() -> None:
    cut = ("film.mp4", timeline(Fraction(15), [(5, 10)]))
    assert edl(source(Fraction(15)), cut) is None
    assert fcp_xml(source(Fraction(15)), [cut]) is None


@given(rates, lengths)
def test_the_xml_has_the_cut_of_picture_and_sound(rate: Fraction, parts: list[tuple[int, int]]) -> None:
    cut = timeline(rate, parts)
    sequences = ET.fromstring(written(source(rate), [("film.mp4", cut), ("clip.mp4", cut)])).findall(".//sequence")
    wanted = [(span.start, span.end, place, place + span.length) for place, span in cut.placed()]
    for sequence in sequences:
        for track in sequence.findall("media/*/track"):
            items = track.findall("clipitem")
            assert [tuple(int(item.findtext(tag, "")) for tag in ("in", "out", "start", "end")) for item in items] == wanted
        assert len(sequence.findall("media/*/track")) == 2
    assert [sequence.findtext("name") for sequence in sequences] == ["film.mp4", "clip.mp4"]


@pytest.mark.parametrize(("rate", "base", "ntsc"), [("30000/1001", "30", "TRUE"), ("25", "25", "FALSE")])
def test_the_xml_names_the_rate(rate: str, base: str, ntsc: str) -> None:
    document = ET.fromstring(written(source(Fraction(rate)), [("film.mp4", timeline(Fraction(rate), [(0, 9)]))]))
    assert document.findtext(".//sequence/rate/timebase") == base
    assert document.findtext(".//sequence/rate/ntsc") == ntsc


@given(rates, lengths)
def test_opentimelineio_has_all_cuts(rate: Fraction, parts: list[tuple[int, int]]) -> None:
    cut = timeline(rate, parts)
    told = json.loads(otio_json(source(rate, sound=False), [("film.mp4", cut), ("clip.mp4", cut)]))
    assert [film["name"] for film in told["children"]] == ["film.mp4", "clip.mp4"]
    for film in told["children"]:
        (track,) = film["tracks"]["children"]
        ranges = [clip["source_range"] for clip in track["children"]]
        spans = [(one["start_time"]["value"], one["start_time"]["value"] + one["duration"]["value"]) for one in ranges]
        assert spans == [(span.start, span.end) for span in cut.spans]
        assert {one["start_time"]["rate"] for one in ranges} == {float(rate)}


@given(st.text(min_size=1, max_size=60))
def test_no_name_breaks_a_list(name: str) -> None:
    cut = timeline(Fraction(25), [(5, 10), (7, 20)])
    film = source(Fraction(25), name)
    ET.fromstring(written(film, [("film.mp4", cut)]))
    json.loads(otio_json(film, [("film.mp4", cut)]))
    text = edl(film, ("film.mp4", cut))
    assert text
    edits = [edit for event in pycmx.parse_cmx3600(StringIO(text.decode())).events for edit in event.edits]
    assert [edit.source_in for edit in edits] == ["00:00:00:05", "00:00:00:22"]
