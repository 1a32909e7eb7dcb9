"""Whom a clip shows, and how its crop moves."""

from bisect import bisect_right
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from math import sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sights import RATE, STEP, WIDE, face, portrait, sight, steps, whole

from video_automation.editing.framing.layout import framing
from video_automation.plan.crop import FramedSpan
from video_automation.plan.source.seen import Sight
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

TALL = Fraction(9, 16)


def framed(seen: Sight, **other: object) -> FramedSpan:
    """How the whole of a clip is framed."""
    (span,) = framing(seen, whole(seen), WIDE, aspect=TALL, **other).spans  # type: ignore[arg-type]
    return span


def test_the_crop_is_as_high_as_the_picture_with_the_face_in_its_middle() -> None:
    (path,) = framed(sight(lambda _: face(400))).crops
    assert (path.width, path.height) == (406, 720)
    assert path.at(0) == (400 - 203 - 1, 0)
    assert len(path.keys) == 1


def test_the_crop_holds_still_while_somebody_moves_a_little() -> None:
    (path,) = framed(sight(lambda f: face(600 + round(45 * sin(f / 20))))).crops
    assert set(steps(path, 600)) == {0}


def test_the_crop_does_not_follow_a_glance_aside() -> None:
    (path,) = framed(sight(lambda f: face(690 if 200 < f < 236 else 600))).crops
    assert set(steps(path, 600)) == {0}


def test_the_crop_goes_where_somebody_goes_slowly_and_ahead_of_time() -> None:
    seen = sight(lambda f: face(300 + min(600, max(0, f - 200) * 4)))
    (path,) = framed(seen).crops
    assert path.at(0)[0] + 203 == pytest.approx(300, abs=2)
    assert path.at(599)[0] + 203 == pytest.approx(900, abs=2)
    assert 0 < max(steps(path, 600)) <= 4
    inside = [path.at(s.frame)[0] <= s.faces[0].x + 50 <= path.at(s.frame)[0] + path.width for s in seen.samples]
    assert all(inside)


def test_the_crop_jumps_at_a_cut_and_nowhere_else() -> None:
    (path,) = framed(sight(lambda f: face(300 if f < 250 else 900), cuts=(250,))).crops
    moved = [frame for frame, step in enumerate(steps(path, 600), 1) if step]
    assert moved == [250]


def test_cuts_of_the_timeline_let_the_crop_jump_too_but_it_does_so_only_if_it_must() -> None:
    seen = sight(lambda f: face(500 if f < 200 else 530 if f < 400 else 900))
    timeline = Timeline("video", RATE, (FrameSpan(0, 150), FrameSpan(210, 350), FrameSpan(420, 600)))
    (path,) = framing(seen, timeline, WIDE, aspect=TALL).at(0).crops
    moved = [frame for frame, step in enumerate(steps(path, timeline.frames), 1) if step]
    assert moved == [290]


def test_the_crop_never_shows_an_edge() -> None:
    for x in (0, 20, 1260, 1280):
        (path,) = framed(sight(lambda _, x=x: face(x))).crops
        assert path.at(0)[0] == (0 if x < 640 else 1280 - 406)


@settings(deadline=None)
@given(st.data())
def test_whatever_somebody_does_the_crop_is_inside_and_never_fast(data: st.DataObject) -> None:
    strides = data.draw(st.lists(st.integers(-99, 99), min_size=100, max_size=100))
    places = [min(1280, max(0, x)) for x in accumulate(strides, initial=640)]
    cuts = tuple(sorted(data.draw(st.sets(st.integers(1, 599), max_size=4))))
    seen = sight(lambda f: face(places[f // STEP]), cuts=cuts)
    edges = sorted(data.draw(st.sets(st.integers(0, 600), min_size=2, max_size=9)))
    spans = tuple(FrameSpan(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    timeline = Timeline("video", RATE, spans)
    for aspect in (TALL, Fraction(1), Fraction(16, 5)):
        (path,) = framing(seen, timeline, WIDE, aspect=aspect, layout="crop").at(0).crops
        assert path.inside(1280, 720)
        shots = [(bisect_right(cuts, span.start + i), start) for start, span in timeline.placed() for i in range(span.length)]
        for i, step in enumerate(steps(path, timeline.frames), 1):
            assert step <= path.width // 100 or shots[i] != shots[i - 1]


def test_equal_sights_are_framed_equally() -> None:
    one, other = (framed(sight(lambda f: face(300 + f), lambda f: face(900 - f // 2))) for _ in range(2))
    assert one == other


def test_without_faces_the_whole_picture_is_fitted() -> None:
    assert framed(sight()).layout == "fit"
    assert framed(sight(lambda f: face(500) if f < 30 else None)).layout == "fit"


def test_a_crop_that_is_wished_for_without_faces_is_the_middle() -> None:
    (path,) = framed(sight(), layout="crop").crops
    assert path.at(0) == (436, 0)


def test_of_two_people_the_one_whose_mouth_moves_is_shown() -> None:
    made = framed(sight(lambda _: face(300, mouth=8), lambda _: face(900, mouth=40)))
    assert made.layout == "crop"
    assert made.crops[0].at(0)[0] + 203 == pytest.approx(900, abs=2)


def test_the_one_who_speaks_changes_at_cuts_only_and_not_for_a_moment() -> None:
    seen = sight(
        lambda f: face(300, mouth=40 if f < 200 or 400 <= f < 430 else 5),
        lambda f: face(900, mouth=40 if 200 <= f < 400 or f >= 430 else 5),
    )
    timeline = Timeline("video", RATE, (FrameSpan(0, 198), FrameSpan(204, 398), FrameSpan(400, 428), FrameSpan(432, 600)))
    (path,) = framing(seen, timeline, WIDE, aspect=TALL).at(0).crops
    middles = [path.at(frame)[0] + 203 for frame in range(timeline.frames)]
    assert [round(middles[frame], -1) for frame in (0, 197, 198, 391, 392, 419, 420, 587)] == [300] * 2 + [900] * 2 + [
        300,
    ] * 4


def test_two_people_who_both_speak_are_stacked_the_left_one_above() -> None:
    made = framed(sight(lambda _: face(300, mouth=60), lambda _: face(900, mouth=90)))
    assert made.layout == "stack"
    upper, lower = made.crops
    assert (upper.width, upper.height) == (600, 534)
    assert upper.at(0)[0] + 300 == pytest.approx(300, abs=2)
    assert lower.at(0)[0] + 300 == pytest.approx(900, abs=2)
    assert upper.inside(1280, 720)


def test_a_stack_that_is_wished_for_with_one_person_is_a_crop() -> None:
    assert framed(sight(lambda _: face(300)), layout="stack").layout == "crop"


def test_somebody_small_in_the_background_is_nobody() -> None:
    made = framed(sight(lambda _: face(300, mouth=20), lambda _: face(900, size=50, mouth=90)))
    assert made.layout == "crop"
    assert made.crops[0].at(0)[0] + 203 == pytest.approx(300, abs=2)


def test_a_picture_of_that_shape_is_shown_whole() -> None:
    seen = sight()
    (path,) = framing(seen, whole(seen), portrait(WIDE), aspect=TALL).at(0).crops
    assert (path.width, path.height, path.at(0)) == (720, 1280, (0, 0))


def test_a_portrait_picture_loses_as_little_as_can_be_and_has_eyes_at_a_third() -> None:
    seen = sight(lambda _: face(360, 600, size=200))
    (path,) = framing(seen, whole(seen), portrait(WIDE), aspect=Fraction(1)).at(0).crops
    assert (path.width, path.height) == (720, 720)
    assert path.at(0) == (0, 600 - 20 - 240)


def test_a_picture_that_is_turned_or_stretched_is_cropped_as_it_is_displayed() -> None:
    seen = sight(lambda _: face(360, 600))
    turned = replace(WIDE, rotation=90)
    (path,) = framing(seen, whole(seen), turned, aspect=Fraction(4, 5)).at(0).crops
    assert (path.width, path.height) == (720, 900)
