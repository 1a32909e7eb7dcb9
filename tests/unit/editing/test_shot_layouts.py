"""Each shot of a clip has the layout that suits it, and none is there for only a moment."""

from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sights import RATE, STEP, WIDE, face, sample, whole

from video_automation.editing.framing.caption_position import caption_place
from video_automation.editing.framing.layout import framing
from video_automation.editing.framing.shot_layouts import SHORTEST_LAYOUT_S
from video_automation.plan.crop import FramedSpan, Framing
from video_automation.plan.source.seen import Face, Sight
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

TALL = Fraction(9, 16)
Shown = Callable[[int], tuple[Face, ...]]
"""The faces at a frame of a shot, counted from its first one."""


def close(_: int) -> tuple[Face, ...]:
    return (face(400, size=300),)


def wide(_: int) -> tuple[Face, ...]:
    return (face(900, size=40),)


def two(_: int) -> tuple[Face, ...]:
    return face(300, mouth=60), face(900, mouth=70)


def nobody(_: int) -> tuple[Face, ...]:
    return ()


def filmed(*shots: tuple[float, Shown]) -> Sight:
    """The sight of shots that last so many seconds each."""
    starts = [int(at * RATE) for at in accumulate((length for length, _ in shots), initial=0)]
    seen = [
        sample(frame, *shown(frame - start))
        for (start, end), (_, shown) in zip(pairwise(starts), shots, strict=True)
        for frame in range(start, end)
        if frame % STEP == 0
    ]
    return Sight(FrameSpan(0, starts[-1]), tuple(starts[1:-1]), tuple(seen))


def framed(*shots: tuple[float, Shown]) -> Framing:
    seen = filmed(*shots)
    return framing(seen, whole(seen), WIDE, aspect=TALL)


def layouts(made: Framing) -> list[tuple[float, str]]:
    """When each layout begins, in seconds, and its name."""
    return [(float(span.start / RATE), span.layout) for span in made.spans]


def middle(span: FramedSpan, frame: int) -> int:
    """The middle of the first box of a span, across."""
    return span.crops[0].at(frame)[0] + span.crops[0].width // 2


@pytest.mark.parametrize(("shown", "layout"), [(close, "crop"), (wide, "crop"), (two, "stack"), (nobody, "fit")])
def test_a_shot_alone_has_the_layout_that_suits_it(shown: Shown, layout: str) -> None:
    assert layouts(framed((8, shown))) == [(0, layout)]


def test_shots_in_turn_have_a_layout_each_and_those_of_one_layout_a_crop_that_jumps() -> None:
    made = framed((6, close), (4, nobody), (5, wide), (3, close), (5, two), (4, nobody), (2, close))
    assert layouts(made) == [(0, "crop"), (6, "fit"), (10, "crop"), (18, "stack"), (23, "fit"), (27, "crop")]
    assert [middle(made.at(frame), frame) for frame in (0, 10 * 30, 15 * 30 - 1, 15 * 30, 27 * 30)] == pytest.approx(
        [400, 900, 900, 400, 400], abs=2
    )


def test_of_a_talk_in_close_and_wide_shots_nothing_is_shown_over_its_blurred_self() -> None:
    """Small faces are found in some pictures only."""
    far = framed(*(((4, close), (6, lambda f: wide(f) if f % 30 == 0 else ())) * 3))
    assert layouts(far) == [(0, "crop")]


def test_a_face_that_is_turned_away_or_lost_does_not_end_a_crop() -> None:
    away = framed((12, lambda f: () if 60 <= f < 210 else close(f)))
    assert layouts(away) == [(0, "crop")]
    assert {middle(away.at(frame), frame) for frame in range(360)} == {middle(away.at(0), 0)}


def test_a_stretch_between_two_cuts_of_a_shot_in_which_the_face_is_lost_does_not_end_a_crop_either() -> None:
    seen = filmed((30, lambda f: () if 300 <= f < 420 else close(f)))
    timeline = Timeline("video", RATE, (FrameSpan(0, 298), FrameSpan(302, 418), FrameSpan(422, 900)))
    made = framing(seen, timeline, WIDE, aspect=TALL)
    assert layouts(made) == [(0, "crop")]


def test_who_has_gone_is_no_longer_followed_after_a_cut_of_the_timeline() -> None:
    seen = filmed((30, lambda f: () if f >= 300 else close(f)))
    timeline = Timeline("video", RATE, (FrameSpan(0, 300), FrameSpan(330, 900)))
    assert layouts(framing(seen, timeline, WIDE, aspect=TALL)) == [(0, "crop"), (10, "fit")]


def test_a_face_in_a_picture_on_a_slide_is_nobody_and_one_who_listens_is_somebody() -> None:
    assert layouts(framed((5, lambda _: (face(400, mouth=0),)))) == [(0, "fit")]
    assert layouts(framed((5, lambda f: (face(400 + f // 60 * 3, mouth=0),)))) == [(0, "crop")]
    assert layouts(framed((5, lambda _: (face(400, mouth=8),)))) == [(0, "crop")]
    assert layouts(framed((5, close), (1.4, lambda _: (face(400, mouth=0),)), (5, nobody))) == [(0, "crop"), (6.4, "fit")]


@pytest.mark.parametrize("short", [close, wide, two, nobody])
@pytest.mark.parametrize("beside", [close, two, nobody])
def test_a_shot_of_under_one_and_a_half_seconds_has_the_layout_beside_it(short: Shown, beside: Shown) -> None:
    alone = layouts(framed((5, beside)))
    assert layouts(framed((5, beside), (1.4, short), (5, beside))) == alone
    assert layouts(framed((1.4, short), (5, beside))) == alone
    assert layouts(framed((5, beside), (1.4, short))) == alone


def test_a_shot_of_one_and_a_half_seconds_has_its_own() -> None:
    assert layouts(framed((5, close), (1.5, nobody), (5, close))) == [(0, "crop"), (5, "fit"), (6.5, "crop")]


def test_a_short_shot_of_nobody_shows_its_middle_within_a_crop() -> None:
    made = framed((5, close), (1, nobody), (5, wide))
    assert [middle(made.at(at), at) for at in (149, 150, 179, 180)] == pytest.approx([400, 639, 639, 900], abs=2)


def test_a_short_shot_between_two_layouts_has_the_one_that_shows_more() -> None:
    assert layouts(framed((5, nobody), (1, close), (5, two))) == [(0, "fit"), (6, "stack")]
    assert layouts(framed((5, close), (1, two), (5, nobody))) == [(0, "crop"), (5, "fit")]
    assert layouts(framed((5, close), (1, nobody), (5, two))) == [(0, "crop"), (6, "stack")]


def test_shots_that_are_all_short_share_one_layout() -> None:
    assert layouts(framed(*((1, close), (1, nobody)) * 9)) == [(0, "crop")]


def test_of_two_people_the_one_who_is_lost_for_moments_keeps_the_place() -> None:
    seen = filmed((20, lambda f: two(f)[:1] if 200 <= f < 300 else two(f)))
    timeline = Timeline("video", RATE, (FrameSpan(0, 198), FrameSpan(202, 298), FrameSpan(302, 600)))
    made = framing(seen, timeline, WIDE, aspect=TALL)
    assert layouts(made) == [(0, "stack")]
    assert [len(path.keys) for path in made.at(0).crops] == [1, 1]


def test_a_layout_that_a_person_chose_stays_for_the_whole_clip() -> None:
    seen = filmed((5, close), (5, nobody), (5, two))
    for layout in ("crop", "fit", "stack"):
        made = framing(seen, whole(seen), WIDE, aspect=TALL, layout=layout)
        assert layouts(made) == [(0, layout)]


def test_captions_keep_clear_of_faces_where_the_layout_at_each_frame_shows_them() -> None:
    seen = filmed((5, nobody), (5, lambda _: (face(640, 560, size=300),)))
    made = framing(seen, whole(seen), WIDE, aspect=TALL)
    assert layouts(made) == [(0, "fit"), (5, "crop")]
    assert caption_place(seen, whole(seen), made) == "high"


KINDS = st.sampled_from((close, wide, two, nobody))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 90), KINDS), min_size=1, max_size=25), st.data())
def test_layouts_change_at_cuts_alone_and_each_is_there_long_enough(
    shots: list[tuple[int, Shown]], data: st.DataObject
) -> None:
    seen = filmed(*((length / 30 * 2, shown) for length, shown in shots))
    edges = sorted(data.draw(st.sets(st.integers(0, seen.span.end), min_size=2, max_size=12)))
    spans = tuple(FrameSpan(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    timeline = Timeline("video", RATE, spans)
    made = framing(seen, timeline, WIDE, aspect=TALL)
    starts = [span.start for span in made.spans]
    cuts = {place for cut in seen.cuts if (place := timeline.timeline_frame(cut)) is not None}
    assert set(starts) <= {0, *cuts, *(start for start, _ in timeline.placed())}
    if len(starts) > 1:
        assert min(b - a for a, b in pairwise([*starts, timeline.frames])) >= SHORTEST_LAYOUT_S * RATE
    assert all(a.layout != b.layout for a, b in pairwise(made.spans))
    for frame in (0, timeline.frames - 1, *starts):
        assert all(path.at(frame) for path in made.at(frame).crops)
    assert all(path.inside(1280, 720) for span in made.spans for path in span.crops)
