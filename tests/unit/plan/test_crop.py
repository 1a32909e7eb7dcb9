"""Where a moving crop is at each frame."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video_automation.errors import PlanError
from video_automation.plan.crop import CropKey, CropPath, FramedSpan, Framing

places = st.tuples(st.integers(0, 900), st.integers(0, 400)).map(lambda place: (2 * place[0], 2 * place[1]))


@st.composite
def paths(draw: st.DrawFn) -> CropPath:
    """One to eight keys in the first thousand frames."""
    frames = [0, *sorted(draw(st.sets(st.integers(1, 1000), max_size=7)))]
    return CropPath(406, 720, tuple(CropKey(frame, *draw(places)) for frame in frames))


@given(paths())
def test_at_each_key_the_crop_is_where_the_key_says(path: CropPath) -> None:
    assert [path.at(key.frame) for key in path.keys] == [(key.x, key.y) for key in path.keys]


@given(paths(), st.integers(0, 1100))
def test_it_stays_between_the_keys_around_a_frame(path: CropPath, frame: int) -> None:
    before = [key for key in path.keys if key.frame <= frame][-1]
    after = next((key for key in path.keys if key.frame > frame), path.keys[-1])
    x, y = path.at(frame)
    assert min(before.x, after.x) <= x <= max(before.x, after.x)
    assert min(before.y, after.y) <= y <= max(before.y, after.y)


@given(places, places, st.integers(1, 200))
def test_a_move_goes_one_way_and_is_the_same_backwards(start: tuple[int, int], end: tuple[int, int], length: int) -> None:
    there = CropPath(2, 2, (CropKey(0, *start), CropKey(length, *end)))
    back = CropPath(2, 2, (CropKey(0, *end), CropKey(length, *start)))
    went = [there.at(frame)[0] for frame in range(length + 1)]
    assert went in (sorted(went), sorted(went, reverse=True))
    assert went == [back.at(length - frame)[0] for frame in range(length + 1)]


@settings(deadline=None)
@given(paths())
def test_a_crop_is_inside_the_smallest_picture_around_all_its_places(path: CropPath) -> None:
    wide = max(path.at(frame)[0] for frame in range(1001)) + path.width
    high = max(path.at(frame)[1] for frame in range(1001)) + path.height
    assert path.inside(wide, high)
    assert not path.inside(wide - 1, high)
    assert not path.inside(wide, high - 1)


def test_a_move_is_slow_at_both_ends_and_fast_in_the_middle() -> None:
    path = CropPath(100, 100, (CropKey(0, 0, 0), CropKey(10, 1000, 0)))
    steps = [b[0] - a[0] for a, b in pairwise([path.at(frame) for frame in range(11)])]
    assert steps == [28, 76, 112, 136, 148, 148, 136, 112, 76, 28]


def test_a_hold_is_two_keys_of_one_place_and_a_jump_two_keys_side_by_side() -> None:
    path = CropPath(100, 100, (CropKey(0, 0, 0), CropKey(9, 0, 0), CropKey(10, 50, 20)))
    assert [path.at(frame) for frame in (0, 5, 9, 10, 99)] == [(0, 0)] * 3 + [(50, 20)] * 2


@pytest.mark.parametrize(
    ("size", "keys"),
    [
        ((405, 720), [(0, 0, 0)]),
        ((0, 720), [(0, 0, 0)]),
        ((406, 720), []),
        ((406, 720), [(-1, 0, 0)]),
        ((406, 720), [(0, 0, 0), (5, 0, 0), (5, 2, 0)]),
        ((406, 720), [(0, 3, 0)]),
        ((406, 720), [(0, 0, -2)]),
    ],
)
def test_a_crop_that_cannot_be_is_refused(size: tuple[int, int], keys: list[tuple[int, int, int]]) -> None:
    with pytest.raises(PlanError):
        CropPath(*size, tuple(CropKey(*key) for key in keys))


def test_there_is_no_place_before_the_first_frame() -> None:
    with pytest.raises(PlanError):
        CropPath(2, 2, (CropKey(0, 0, 0),)).at(-1)


def test_a_layout_has_as_many_boxes_as_it_needs_all_of_one_size() -> None:
    small, large = (CropPath(size, size, (CropKey(0, 0, 0),)) for size in (100, 200))
    assert FramedSpan("stack", (small, small)).crops == (small, small)
    for layout, crops in (("crop", ()), ("fit", (small,)), ("stack", (small,)), ("stack", (small, large))):
        with pytest.raises(PlanError):
            FramedSpan(layout, crops)
    with pytest.raises(PlanError, match="begin with it"):
        FramedSpan("crop", (small,), 5)


def test_each_layout_lasts_until_the_next_one() -> None:
    later = CropPath(100, 100, (CropKey(9, 0, 0),))
    spans = (FramedSpan("fit"), FramedSpan("crop", (later,), 9))
    assert [Framing(spans).at(frame) for frame in (0, 8, 9, 99)] == [spans[0], spans[0], spans[1], spans[1]]
    for wrong in ((), spans[1:], spans[::-1], (spans[0], spans[0])):
        with pytest.raises(PlanError):
            Framing(wrong)
