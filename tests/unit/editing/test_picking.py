"""Which frames become stills."""

from fractions import Fraction

from sights import RATE, WIDE, face, sample, sight, whole

from video_automation.editing.framing.frame_selection import cover, thumbnails
from video_automation.editing.framing.layout import framing
from video_automation.plan.crop import FramedSpan, Framing
from video_automation.plan.source.seen import Sample, Sight
from video_automation.plan.still import Box, Still
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

BLANK = Still("talk_short_01.jpg", 0, 1080, 1920)


def chosen(*samples: Sample, count: int = 1) -> list[int]:
    seen = Sight(FrameSpan(0, 10_000), (), samples)
    return [still.frame for still in thumbnails([seen], WIDE, count=count, name=lambda i: f"talk_thumbnail_{i}.jpg")]


def test_a_face_is_better_than_a_sharp_picture_without_one() -> None:
    assert chosen(sample(0, sharpness=900), sample(30, face(600), sharpness=500)) == [30]


def test_the_sharper_the_better_lit_and_the_stiller_picture_wins() -> None:
    assert chosen(sample(0, face(600), sharpness=300), sample(30, face(600), sharpness=900)) == [30]
    assert chosen(sample(0, face(600), light=15), sample(30, face(600))) == [30]
    assert chosen(sample(0, face(600), light=250), sample(30, face(600))) == [30]
    assert chosen(sample(0, face(600), change=400), sample(30, face(600))) == [30]


def test_a_face_that_looks_this_way_and_keeps_its_mouth_still_wins() -> None:
    assert chosen(sample(0, face(600, confidence=75)), sample(30, face(600, confidence=93))) == [30]
    assert chosen(sample(0, face(600, mouth=200)), sample(30, face(600, mouth=0))) == [30]


def test_thumbnails_are_apart_in_time_and_different_in_looks() -> None:
    alike = [sample(frame, face(600)) for frame in range(0, 3000, 6)]
    first, second, third = chosen(*alike, count=3)
    assert min(abs(first - second), abs(first - third), abs(second - third)) > 300
    other = sample(1500, face(600), light=150, sharpness=450)
    assert chosen(alike[0], sample(1490, face(600)), other, count=2) == [0, 1500]


def test_no_slide_is_there_twice_though_it_stands_for_long_and_others_look_much_like_it() -> None:
    slides = [
        sample(200 * i + at, sharpness=sharp)
        for i, sharp in enumerate((399, 420, 428, 418, 436, 402))
        for at in range(0, 200, 5)
    ]
    assert len({frame // 200 for frame in chosen(*slides, count=3)}) == 3


def test_there_are_no_more_thumbnails_than_pictures_and_each_has_a_name() -> None:
    seen = Sight(FrameSpan(0, 90), (), (sample(0), sample(30)))
    stills = thumbnails([seen, seen], WIDE, count=5, name=lambda i: f"talk_thumbnail_{i}.jpg")
    assert [still.name for still in stills] == ["talk_thumbnail_1.jpg", "talk_thumbnail_2.jpg"]
    assert {(still.width, still.height) for still in stills} == {(1280, 720)}
    assert thumbnails([], WIDE, count=5, name=str) == ()


def test_the_cover_is_a_kept_frame_as_the_clip_shows_it() -> None:
    seen = sight(lambda f: face(400, confidence=93 if f < 60 else 90))
    timeline = Timeline("video", RATE, (FrameSpan(90, 300),))
    made = framing(seen, timeline, WIDE, aspect=Fraction(9, 16))
    still = cover(seen, timeline, made, WIDE, BLANK)
    assert still == Still(BLANK.name, 90, 1080, 1920, (Box(*made.at(0).crops[0].at(0), 406, 720),))


def test_the_cover_of_a_fitted_clip_is_the_whole_picture() -> None:
    seen = sight()
    assert cover(seen, whole(seen), Framing((FramedSpan("fit"),)), WIDE, BLANK).boxes == ()
