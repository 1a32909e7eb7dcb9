"""Where captions are placed in a clip, so that they cover no face."""

from dataclasses import replace
from fractions import Fraction

from sights import WIDE, face, portrait, sight, whole

from video_automation.editing.framing.caption_position import caption_place
from video_automation.editing.framing.layout import framing
from video_automation.plan.crop import FramedSpan, Framing
from video_automation.plan.rendition import CaptionPlace
from video_automation.plan.source.seen import Face

TALL = Fraction(9, 16)
UPRIGHT = portrait(WIDE)


def in_portrait(*faces: Face) -> CaptionPlace:
    """The place of captions in a clip of a 720 x 1280 source with these faces, which do not move."""
    seen = sight(*(lambda _, each=each: each for each in faces))
    return caption_place(seen, whole(seen), framing(seen, whole(seen), UPRIGHT, aspect=TALL))


def test_captions_are_low_where_a_speaker_is_seen_from_the_waist_up() -> None:
    assert in_portrait(face(360, 400, size=250)) == "low"


def test_captions_go_above_a_face_that_fills_the_picture_down_to_where_they_are() -> None:
    assert in_portrait(face(360, 700, size=600)) == "high"


def test_captions_go_above_a_face_rather_than_across_its_hair() -> None:
    assert in_portrait(face(360, 880, size=360)) == "high"


def test_a_smaller_face_in_the_background_counts_for_nothing() -> None:
    assert in_portrait(face(360, 400, size=250), face(600, 880, size=100)) == "low"


def test_of_two_people_one_above_the_other_both_faces_are_seen() -> None:
    seen = sight(lambda _: face(320, size=200), lambda _: face(960, size=200))
    stacked = framing(seen, whole(seen), WIDE, aspect=TALL, layout="stack")
    assert stacked.at(0).layout == "stack"
    assert caption_place(seen, whole(seen), stacked) == "middle"


def test_captions_are_low_where_there_is_nobody() -> None:
    seen = sight()
    assert caption_place(seen, whole(seen), Framing((FramedSpan("fit"),))) == "low"


def test_only_moments_that_are_kept_count() -> None:
    seen = sight(lambda frame: face(360, 700, size=600) if frame < 300 else None, frames=600)
    assert caption_place(seen, whole(seen), framing(seen, whole(seen), UPRIGHT, aspect=TALL)) == "high"
    later = replace(whole(seen), spans=(replace(seen.span, start=300),))
    assert caption_place(seen, later, framing(seen, later, UPRIGHT, aspect=TALL)) == "low"
