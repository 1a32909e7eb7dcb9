"""How much there is to do of a job, expected and planned."""

from dataclasses import replace
from fractions import Fraction

import pytest

from video_automation.jobs.run.extent import expected_extent, planned_extent
from video_automation.plan.clip import Clip
from video_automation.plan.document import Cut, Document
from video_automation.plan.params import ClipParams, LevelParams, Params
from video_automation.plan.source.recording import Picture, Sound, Source
from video_automation.plan.time import FrameSpan

pytestmark = pytest.mark.pure
PICTURE = Picture(0, "h264", 1280, 720, Fraction(1), 0, Fraction(30), 3000, variable=False, interlaced=False, transfer="sdr")
SOURCE = Source("video", "talk.mp4", "mov", 100_000, PICTURE, Sound((), ()))
LONG_VIDEO_ONLY = Params(create_shorts=False, generate_titles=False)
CLIP = Clip("short_01", 10_000, 40_000, "", 100, id="10000-40000")
ENLARGED = 1080 * 1920 / (1280 * 720)
"""How many times more pixels a clip of this video has."""


def test_a_second_of_a_larger_video_counts_as_more() -> None:
    assert expected_extent(SOURCE, LONG_VIDEO_ONLY).videos_s == 100
    large = replace(SOURCE, picture=replace(PICTURE, width=1920, height=1080, rate=Fraction(60), frames=6000))
    assert expected_extent(large, LONG_VIDEO_ONLY).videos_s == 2.25 * 2 * 100


def test_what_a_job_does_not_make_is_not_counted() -> None:
    extent = expected_extent(SOURCE, replace(LONG_VIDEO_ONLY, add_subtitles=False))
    assert (extent.recording_s, extent.speech_s, extent.passages_s) == (100, 0, 0)
    assert expected_extent(replace(SOURCE, sound=None), Params()).speech_s == 0


def test_sound_is_counted_again_where_its_noise_is_to_be_found() -> None:
    clean = replace(LONG_VIDEO_ONLY, level=LevelParams(sound="clean"))
    extents = [expected_extent(SOURCE, params) for params in (LONG_VIDEO_ONLY, clean)]
    extents += [planned_extent(Document(SOURCE, clean)), expected_extent(replace(SOURCE, sound=None), clean)]
    assert [extent.cleaned_s for extent in extents] == [0, 100, 100, 0]


def test_clips_are_expected_as_many_and_as_long_as_usual_or_as_a_person_chose_them() -> None:
    usual = expected_extent(SOURCE, Params())
    assert usual.passages_s == 2 * 37.5
    assert usual.videos_s == pytest.approx(100 + ENLARGED * 2 * 37.5, rel=0.01)
    chosen = expected_extent(SOURCE, Params(clips=ClipParams(clips=((10, 20), (30, 35)))))
    assert chosen.passages_s == 15


def test_what_is_planned_counts_as_it_is() -> None:
    document = Document(SOURCE, Params(generate_titles=False), cuts=(Cut(FrameSpan(600, 900), "pause"),), clips=(CLIP,))
    extent = planned_extent(document)
    assert (extent.recording_s, extent.speech_s, extent.passages_s) == (100, 100, 30)
    assert extent.videos_s == pytest.approx(90 + ENLARGED * 20, rel=0.01)
