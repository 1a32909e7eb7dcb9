"""Edit lists use the camera's timecode, and other people's readers find every frame by it."""

import io
from dataclasses import replace
from fractions import Fraction

import pycmx
import pytest
from opentimelineio.schema import Clip
from test_edit_lists import HOSTILE, SPANS, places, planned, read, source, video

from video_automation.plan.source.recording import Source
from video_automation.plan.source.timecode import DROPPING, Timecode, frames_a_day
from video_automation.plan.time import FrameSpan
from video_automation.render.edit_lists.all_formats import edit_lists
from video_automation.render.edit_lists.edl import edl
from video_automation.render.edit_lists.fcpxml import fcpxml

FCPXML = """
<!ELEMENT fcpxml (resources?, library)> <!ATTLIST fcpxml version CDATA #FIXED "1.8">
<!ELEMENT resources (asset | format)*> <!ELEMENT library (event)*>
<!ELEMENT event (project)*> <!ATTLIST event name CDATA #IMPLIED>
<!ELEMENT project (sequence)> <!ATTLIST project name CDATA #IMPLIED>
<!ELEMENT format EMPTY>
<!ATTLIST format id ID #REQUIRED frameDuration CDATA #IMPLIED width CDATA #IMPLIED height CDATA #IMPLIED>
<!ELEMENT asset (metadata?)>
<!ATTLIST asset id ID #REQUIRED src CDATA #REQUIRED name CDATA #IMPLIED start CDATA #IMPLIED duration CDATA #IMPLIED
  format IDREF #IMPLIED hasVideo CDATA #IMPLIED hasAudio CDATA #IMPLIED audioSources CDATA #IMPLIED
  audioChannels CDATA #IMPLIED audioRate CDATA #IMPLIED>
<!ELEMENT metadata (md*)> <!ELEMENT md EMPTY> <!ATTLIST md key CDATA #REQUIRED value CDATA #IMPLIED>
<!ELEMENT sequence (spine)>
<!ATTLIST sequence format IDREF #REQUIRED duration CDATA #IMPLIED tcStart CDATA #IMPLIED tcFormat (DF | NDF) #IMPLIED>
<!ELEMENT spine (asset-clip)*> <!ELEMENT asset-clip EMPTY>
<!ATTLIST asset-clip ref IDREF #REQUIRED name CDATA #IMPLIED offset CDATA #IMPLIED start CDATA #IMPLIED
  duration CDATA #IMPLIED format IDREF #IMPLIED tcFormat (DF | NDF) #IMPLIED>
"""
"""The part of FCPXML 1.8's DTD with the elements that are used here."""


def clocked(rate: Fraction, start: Timecode, reel: str = "") -> Source:
    return replace(source(rate), timecode=start, reel=reel)


@pytest.mark.parametrize("drop", [False, True])
@pytest.mark.parametrize("rate", DROPPING, ids=str)
def test_every_frame_is_found_by_the_cameras_clock(rate: Fraction, drop: bool) -> None:
    made, videoed = video(rate), clocked(rate, Timecode(60_000, drop))
    expected = [(first + 60_000, length, at) for first, length, at in planned(made)]
    for each, adapter in zip(edit_lists(videoed, made, "Talk"), ("otio_json", "cmx_3600", "fcp_xml"), strict=False):
        assert places(read(each.text, adapter, rate))[0] == expected, adapter


@pytest.mark.parametrize("rate", [Fraction(25), *DROPPING], ids=str)
def test_a_cut_over_midnight_is_read_and_what_follows_is_the_next_day(rate: Fraction) -> None:
    drop = rate in DROPPING
    day = frames_a_day(rate, drop=drop)
    made, videoed = (
        video(rate, (FrameSpan(0, 40), FrameSpan(50, 120), FrameSpan(130, 140))),
        clocked(rate, Timecode(day - 100, drop)),
    )
    one, edits, xml, _ = (each.text for each in edit_lists(videoed, made, "Talk"))
    counted_on = [(first + day - 100, length, at) for first, length, at in planned(made)]
    assert places(read(one, "otio_json"))[0] == places(read(xml, "fcp_xml"))[0] == counted_on
    assert places(read(edits, "cmx_3600", rate))[0] == [(day - 100, 40, 0), (day - 50, 50, 40), (0, 20, 90), (30, 10, 110)]


def test_a_recording_ending_at_midnight_is_not_split() -> None:
    rate = Fraction(25)
    videoed = clocked(rate, Timecode(frames_a_day(rate, drop=False) - 10))
    assert "23:59:59:15 24:00:00:00" in edl(videoed, video(rate, (FrameSpan(0, 10),)), "Talk")


@pytest.mark.parametrize(
    ("told", "reel"), [("A001", "A001"), ("A001C003_210101_R1AB", "A001C003_210101_R1AB"), ("bl", "bl000000")]
)
def test_the_cameras_reel_is_kept_and_is_never_a_reserved_word(told: str, reel: str) -> None:
    text = edl(clocked(Fraction(25), Timecode(), told), video(Fraction(25)), "Talk")
    assert {edit.source for event in pycmx.parse_cmx3600(io.StringIO(text)).events for edit in event.edits} == {reel}
    clips = read(text, "cmx_3600").find_children(descended_from_type=Clip)
    assert {clip.metadata["cmx_3600"]["reel"] for clip in clips} == {reel}


@pytest.mark.parametrize("reel", HOSTILE)
def test_a_hostile_reel_stays_one_reel(reel: str) -> None:
    texts = {
        each.suffix: each.text for each in edit_lists(clocked(Fraction(25), Timecode(), reel), video(Fraction(25)), "Talk")
    }
    for suffix, adapter in ((".otio", "otio_json"), (".edl", "cmx_3600"), (".xml", "fcp_xml"), (".fcpxml", "fcpx_xml")):
        assert len(read(texts[suffix], adapter).tracks[0]) == len(SPANS), suffix


@pytest.mark.parametrize("reel", ["", "A001", *HOSTILE])
def test_fcpxml_is_valid(reel: str) -> None:
    etree = pytest.importorskip("lxml.etree")
    text = fcpxml(clocked(DROPPING[0], Timecode(900_000, True), reel), video(DROPPING[0]), "Talk")
    etree.DTD(io.StringIO(FCPXML)).assertValid(etree.fromstring(text.encode()))
