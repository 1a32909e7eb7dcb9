"""The plan as a document: written, read back, refused where it is broken."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from drawn import timelines
from hypothesis import given

from video_automation.errors import PlanError
from video_automation.plan.crop import CropKey, CropPath, FramedSpan, Framing
from video_automation.plan.cues import Cue
from video_automation.plan.edit import EditPlan, plan_from_json, plan_json
from video_automation.plan.params import EncodeParams, Params, TrimParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Mixed, Picture, Sound, SoundTrack, Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

PICTURE = Picture(
    0, "h264", 1280, 720, Fraction(1), 0, Fraction(30000, 1001), 9000, variable=False, interlaced=False, transfer="sdr"
)
SOURCE = Source(
    "video",
    "Ein Gespräch.mp4",
    "mov,mp4,m4a,3gp,3g2,mj2",
    300_300,
    PICTURE,
    Sound((SoundTrack(1, "aac", 48_000, 2),), (Mixed(1),)),
)


def plan_of(timeline: Timeline) -> EditPlan:
    video = Rendition("processed_video.mp4", timeline, 1280, 720, 8.25, -2.0, EncodeParams())
    source = replace(SOURCE, picture=replace(PICTURE, rate=timeline.rate, frames=timeline.spans[-1].end))
    return EditPlan(source, (video,), Params(trim=TrimParams(lead_ms=70)), ("No speech was found.",))


@given(timelines())
def test_a_plan_is_read_back_as_it_was_written(timeline: Timeline) -> None:
    assert plan_from_json(plan_json(plan_of(timeline))) == plan_of(timeline)


@given(timelines())
def test_equal_plans_are_equal_documents(timeline: Timeline) -> None:
    assert plan_json(plan_of(timeline)) == plan_json(plan_from_json(plan_json(plan_of(timeline))))


def test_a_rate_is_written_as_a_fraction() -> None:
    document = json.loads(plan_json(plan_of(Timeline("video", Fraction(30000, 1001), (FrameSpan(0, 5),)))))
    assert document["renditions"][0]["timeline"]["rate"] == "30000/1001"
    assert document["version"] == 1


def changed(**parts: object) -> bytes:
    document = json.loads(plan_json(plan_of(Timeline("video", Fraction(30), (FrameSpan(0, 5), FrameSpan(8, 9))))))
    return json.dumps(document | parts).encode()


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"{}", b"not JSON", changed(version=2), changed(renditions="none"), changed(source=None)],
    ids=["nothing", "a list", "empty", "no JSON", "a later version", "no renditions", "no source"],
)
def test_what_is_no_plan_is_refused(text: bytes) -> None:
    with pytest.raises(PlanError):
        plan_from_json(text)


def test_a_document_that_breaks_a_rule_of_the_plan_is_refused() -> None:
    broken = changed().replace(b'"start": 8', b'"start": 4')
    with pytest.raises(PlanError, match="apart"):
        plan_from_json(broken)


def test_a_rendition_keeps_no_frames_after_the_end_of_the_source() -> None:
    plan = plan_of(Timeline("video", Fraction(30), (FrameSpan(0, 50),)))
    short = replace(plan.source, picture=replace(plan.source.picture, frames=49))
    with pytest.raises(PlanError, match="after the end"):
        replace(plan, source=short)


def test_a_rendition_is_cut_from_the_source_of_its_plan() -> None:
    plan = plan_of(Timeline("video", Fraction(30), (FrameSpan(0, 50),)))
    with pytest.raises(PlanError, match="does not name"):
        replace(plan, source=replace(plan.source, id="another"))


def test_captions_are_never_over_one_another() -> None:
    plan = plan_of(Timeline("video", Fraction(30), (FrameSpan(0, 9),)))
    cues = (Cue(FrameSpan(0, 5), ("a",)), Cue(FrameSpan(4, 8), ("b",)))
    with pytest.raises(PlanError, match="captions over one another"):
        replace(plan, renditions=(replace(plan.renditions[0], cues=cues),))


def test_no_crop_leaves_the_picture() -> None:
    plan = plan_of(Timeline("video", Fraction(30), (FrameSpan(0, 9),)))
    picture = plan.source.picture
    path = CropPath(picture.display_width, picture.display_height, (CropKey(0, 2, 0),))
    with pytest.raises(PlanError, match="more than the picture"):
        replace(plan, renditions=(replace(plan.renditions[0], framing=Framing((FramedSpan("crop", (path,)),))),))


def test_no_layout_begins_after_the_end() -> None:
    plan = plan_of(Timeline("video", Fraction(30), (FrameSpan(0, 9),)))
    spans = (FramedSpan("fit"), FramedSpan("crop", (CropPath(2, 2, (CropKey(8, 0, 0),)),), 8))
    framed = replace(plan, renditions=(replace(plan.renditions[0], framing=Framing(spans)),))
    assert plan_from_json(plan_json(framed)) == framed
    with pytest.raises(PlanError, match="after its end"):
        replace(
            plan, renditions=(replace(plan.renditions[0], framing=Framing((FramedSpan("fit"), FramedSpan("fit", start=9)))),)
        )


def test_a_plan_stored_when_a_clip_had_one_layout_has_it_from_frame_0_on() -> None:
    plan = plan_of(Timeline("video", Fraction(30), (FrameSpan(0, 9),)))
    path = CropPath(2, 2, (CropKey(0, 0, 0), CropKey(5, 2, 0)))
    whole = replace(plan, renditions=(replace(plan.renditions[0], framing=Framing((FramedSpan("crop", (path,)),))),))
    stored = json.loads(plan_json(whole))
    (span,) = stored["renditions"][0]["framing"]["spans"]
    del span["start"]
    stored["renditions"][0]["framing"] = span
    assert plan_from_json(json.dumps(stored).encode()) == whole


def test_a_plan_stored_when_a_video_had_one_sound_track_hears_that_track() -> None:
    stored = json.loads(plan_json(EditPlan(SOURCE, (), Params())))
    stored["source"]["sound"] = stored["source"]["sound"]["tracks"][0]
    assert plan_from_json(json.dumps(stored).encode()).source.sound == SOURCE.sound
