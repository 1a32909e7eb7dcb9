"""Edit lists have the right frames in other programs: they are read back by other people's readers."""

import io
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import PurePath
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import opentimelineio
import pycmx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentimelineio.schema import Clip, Timeline
from unit.plan.drawn import timelines

from video_automation.plan import timeline as plan
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Mixed, Picture, Sound, SoundTrack, Source, picture_of_sound
from video_automation.plan.time import FrameSpan
from video_automation.render.edit_lists.all_formats import edit_lists
from video_automation.render.edit_lists.edl import edl
from video_automation.render.edit_lists.fcpxml import fcpxml
from video_automation.render.edit_lists.final_cut_7 import final_cut_7_xml
from video_automation.render.edit_lists.otio import otio

RATES = [
    Fraction(r) for r in ("15", "24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60", "11939/1000")
]
TIMECODE_RATES = [rate for rate in RATES if rate not in (15, Fraction(11939, 1000))]
SPANS = (FrameSpan(0, 10), FrameSpan(50, 120), FrameSpan(1799, 1801), FrameSpan(107_892, 108_101))
"""Spans across the places where drop-frame timecode skips numbers."""
HOSTILE = [
    'He said "no" & <left>.mp4',
    "]]><clipitem/>.mp4",
    "x\n002  BL V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\r\x00\x1b.mp4",
    "\u202egnp.4pm",
    "Vortrag über Öl #3?.mp4",
    "שלום\u200f.mp4",
    "\ud800\uffff.mp4",
    "100%.mp4",
    "12:30 talk.mp4",
]


def source(rate: Fraction, *, name: str = "talk.mp4", channels: int | None = 2, frames: int = 200_000) -> Source:
    picture = Picture(0, "h264", 1280, 720, Fraction(1), 0, rate, frames, False, False, "sdr")
    sound = Sound((SoundTrack(1, "aac", 44_100, channels),), (Mixed(1),)) if channels else None
    return Source("video", name, "mov", int(frames * 1000 / rate), picture, sound)


def video(rate: Fraction, spans: tuple[FrameSpan, ...] = SPANS) -> Rendition:
    return Rendition("x.mp4", plan.Timeline("video", rate, spans), 1080, 1920, None, -2.0, EncodeParams())


def read(text: str, adapter: str, rate: Fraction = Fraction(25)) -> Timeline:
    settings = {"rate": float(rate)} if adapter == "cmx_3600" else {}
    held = opentimelineio.adapters.read_from_string(text, adapter, **settings)
    (timeline,) = [held] if isinstance(held, Timeline) else held.find_children(descended_from_type=Timeline)
    return timeline


def places(timeline: Timeline) -> list[list[tuple[float, float, float]]]:
    """For each track and clip: its first frame in the source, its length, its place in the video."""
    return [
        [(c.source_range.start_time.value, c.source_range.duration.value, c.range_in_parent().start_time.value) for c in track]
        for track in timeline.tracks
    ]


def planned(made: Rendition) -> list[tuple[int, int, int]]:
    return [(span.start, span.length, start) for start, span in made.timeline.placed()]


def names(timeline: Timeline) -> set[str]:
    return {clip.name for clip in timeline.find_children(descended_from_type=Clip)}


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_opentimelineio_reads_every_frame_where_it_was_planned(rate: Fraction) -> None:
    timeline = read(otio(source(rate), video(rate), "Talk"), "otio_json")
    assert places(timeline) == [planned(video(rate))] * 2
    assert [track.kind for track in timeline.tracks] == ["Video", "Audio"]
    assert timeline.duration() == opentimelineio.opentime.RationalTime(video(rate).timeline.frames, float(rate))
    assert timeline.name == "Talk"


@pytest.mark.parametrize("rate", TIMECODE_RATES, ids=str)
def test_an_edl_reader_finds_every_frame_where_it_was_planned(rate: Fraction) -> None:
    timeline = read(edl(source(rate), video(rate), "Talk"), "cmx_3600", rate)
    assert places(timeline) == [planned(video(rate))] * 3
    assert names(timeline) == {"talk.mp4"}


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_another_edl_reader_finds_the_same_at_any_rate(rate: Fraction) -> None:
    events = pycmx.parse_cmx3600(io.StringIO(edl(source(rate), video(rate), "Talk"))).events
    edits = [edit for event in events for edit in event.edits]
    clocks = [(e.source_in, e.source_out, e.record_in, e.record_out) for e in edits]
    base = round(rate)
    frames = [tuple(frame(clock, base) for clock in four) for four in clocks]
    assert frames == [(first, first + length, at, at + length) for first, length, at in planned(video(rate))]


def frame(timecode: str, base: int) -> int:
    hours, minutes, seconds, frames = map(int, timecode.split(":"))
    assert frames < base
    return ((hours * 60 + minutes) * 60 + seconds) * base + frames


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_a_reader_of_final_cut_7_xml_finds_every_frame_where_it_was_planned(rate: Fraction) -> None:
    timeline = read(final_cut_7_xml(source(rate), video(rate), "Talk"), "fcp_xml")
    assert places(timeline) == [planned(video(rate))] * 3
    assert [track.kind for track in timeline.tracks] == ["Video", "Audio", "Audio"]
    if rate.denominator in (1, 1001):
        assert timeline.duration().rate == float(rate)


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_a_reader_of_fcpxml_finds_every_clip(rate: Fraction) -> None:
    timeline = read(
        fcpxml(source(rate), video(rate), "Talk"), "fcpx_xml"
    )  # this reader counts in floats; the next test checks exact frames
    assert len(timeline.find_children(descended_from_type=Clip)) == len(SPANS)
    assert names(timeline) == {"talk.mp4"}


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_times_of_fcpxml_are_whole_frames_at_any_rate(rate: Fraction) -> None:
    root = ET.fromstring(fcpxml(source(rate), video(rate), "Talk"))
    clips = root.findall("library/event/project/sequence/spine/asset-clip")
    times = [
        tuple(Fraction(clip.attrib[a].removesuffix("s")) * rate for a in ("start", "duration", "offset")) for clip in clips
    ]
    assert times == planned(video(rate))
    assert {Fraction(f.attrib["frameDuration"].removesuffix("s")) for f in root.iter("format")} == {1 / rate}


@given(timelines())
def test_the_forms_tell_the_same_cut(timeline: plan.Timeline) -> None:
    made = video(Fraction(25), timeline.spans)
    texts = (each.text for each in edit_lists(source(Fraction(25)), made, "Talk"))
    for text, adapter in zip(texts, ("otio_json", "cmx_3600", "fcp_xml"), strict=False):
        assert places(read(text, adapter))[0] == planned(made), adapter


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_one_name(name: str) -> None:
    check_name(name)


@given(st.text())
def test_any_name_stays_one_name(name: str) -> None:
    check_name(name)


def check_name(name: str) -> None:
    """Checks that with this name and title, each list has exactly its clips, and one file name without folders."""
    rate = Fraction(25)
    texts = {each.suffix: each.text for each in edit_lists(source(rate, name=name), video(rate), name)}
    first = read(texts[".otio"], "otio_json")
    (shown,) = names(first)
    for suffix, adapter in ((".otio", "otio_json"), (".edl", "cmx_3600"), (".xml", "fcp_xml"), (".fcpxml", "fcpx_xml")):
        timeline = read(texts[suffix], adapter)
        assert len(timeline.tracks[0]) == len(SPANS), suffix
        if suffix != ".edl":
            urls = {clip.media_reference.target_url for clip in timeline.tracks[0]}
            assert {unquote(url) for url in urls} == {shown}, suffix
            assert not any("/" in url for url in urls), suffix


@pytest.mark.parametrize("name", ["talk.mp4", "Vortrag über Öl #3?.mp4", "שלום\u200f.mp4", "12:30 talk.mp4", "100%.mp4"])
def test_a_name_a_file_may_have_is_told_letter_by_letter(name: str) -> None:
    rate = Fraction(25)
    one, edits, xml, apple = (each.text for each in edit_lists(source(rate, name=name), video(rate), "Talk"))
    assert names(read(one, "otio_json")) == {name}
    assert names(read(edits, "cmx_3600")) == {name}
    assert names(read(xml, "fcp_xml")) == {name}
    assert names(read(apple, "fcpx_xml")) == {name}


@pytest.mark.parametrize("name", ["/srv/films/talk.mp4", "C:\\films\\talk.mp4", "../../talk.mp4"])
def test_no_folder_is_told(name: str) -> None:
    for each in edit_lists(source(Fraction(25), name=name), video(Fraction(25)), "Talk"):
        assert "talk.mp4" in each.text
        assert not any(part in each.text for part in ("home", "films", "..")), each.suffix


@pytest.mark.parametrize(("channels", "kinds"), [(None, "V"), (1, "VA"), (2, "VAA"), (6, "VAA")])
def test_there_are_as_many_sound_tracks_as_channels_two_at_most(channels: int | None, kinds: str) -> None:
    rate = Fraction(25)
    one, edits, xml, apple = (each.text for each in edit_lists(source(rate, channels=channels), video(rate), "Talk"))
    for text, adapter in ((edits, "cmx_3600"), (xml, "fcp_xml")):
        timeline = read(text, adapter)
        assert "".join(track.kind[0] for track in timeline.tracks) == kinds, adapter
    assert len(read(one, "otio_json").tracks) == (2 if channels else 1)
    assert ("hasAudio" in apple) == bool(channels)


def test_picture_and_sound_of_a_cut_are_linked() -> None:
    root = ET.fromstring(final_cut_7_xml(source(Fraction(25)), video(Fraction(25)), "Talk"))
    clips = {clip.attrib["id"]: clip for clip in root.iter("clipitem")}
    assert len(clips) == 3 * len(SPANS)
    for clip in clips.values():
        linked = [clips[link.text or ""] for link in clip.findall("link/linkclipref")]
        assert len(linked) == 3
        assert {other.findtext("start") for other in linked} == {clip.findtext("start")}


def test_a_list_of_more_than_999_cuts_is_read_whole() -> None:
    spans = tuple(FrameSpan(20 * i, 20 * i + 15) for i in range(1200))
    made = video(Fraction(25), spans)
    text = edl(source(Fraction(25)), made, "Talk")
    assert places(read(text, "cmx_3600"))[0] == planned(made)
    numbers = [int(event.number) for event in pycmx.parse_cmx3600(io.StringIO(text)).events]
    assert numbers == list(range(1, 1201))


@pytest.mark.parametrize("name", ["BL.mp4", "ax.mov", "bars.mp4", "日本.mp4", ".mp4", "My long holiday video.mp4"])
def test_a_reel_has_eight_letters_and_is_never_a_reserved_word(name: str) -> None:
    text = edl(source(Fraction(25), name=name), video(Fraction(25)), "Talk")
    reels = {line.split()[1] for line in text.splitlines() if line[0].isdigit()}
    assert reels
    assert reels
    assert all(len(reel) == 8 and reel.isascii() and reel.isalnum() for reel in reels)
    timeline = read(text, "cmx_3600")
    made_up = opentimelineio.schema.GeneratorReference
    assert [isinstance(clip.media_reference, made_up) for clip in timeline.tracks[0]] == [False] * len(SPANS)


def test_equal_plans_give_equal_bytes_and_each_form_has_its_own_suffix() -> None:
    once, again = (edit_lists(source(Fraction(30)), video(Fraction(30)), "Talk") for _ in range(2))
    assert once == again
    assert all(a.suffix != b.suffix for a, b in pairwise(once))
    assert all(PurePath(f"talk{each.suffix}").stem == "talk" for each in once)


@pytest.mark.parametrize(("channels", "kinds"), [(1, "A"), (2, "AA")])
def test_of_a_recording_of_sound_alone_there_are_sound_tracks_only(channels: int, kinds: str) -> None:
    heard = source(Fraction(30), name="talk.mp3", channels=channels)
    heard = replace(heard, picture=picture_of_sound(Fraction(7000)))
    one, edits, xml, apple = (each.text for each in edit_lists(heard, video(Fraction(30)), "Talk"))
    for text, adapter, shown in ((one, "otio_json", "A"), (edits, "cmx_3600", kinds), (xml, "fcp_xml", kinds)):
        timeline = read(text, adapter, Fraction(30))
        assert "".join(track.kind[0] for track in timeline.tracks) == shown, adapter
        assert places(timeline) == [planned(video(Fraction(30)))] * len(shown), adapter
        assert names(timeline) == {"talk.mp3"}
    assert len(read(apple, "fcpx_xml").find_children(descended_from_type=Clip)) == len(SPANS)
    assert "hasAudio" in apple
    assert "hasVideo" not in apple
