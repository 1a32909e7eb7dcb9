"""Maps kept frames to their places in the video, and back."""

from fractions import Fraction
from itertools import pairwise

import pytest
from drawn import timelines
from hypothesis import given
from hypothesis import strategies as st

from video_automation.errors import PlanError
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

THREE = Timeline("video", Fraction(30), (FrameSpan(10, 20), FrameSpan(30, 35), FrameSpan(100, 101)))


def shown(timeline: Timeline) -> list[int]:
    return [frame for span in timeline.spans for frame in range(span.start, span.end)]


def test_a_timeline_lasts_as_long_as_its_spans_together() -> None:
    assert THREE.frames == 16
    assert [start for start, _ in THREE.placed()] == [0, 10, 15]


@given(timelines())
def test_every_frame_of_a_timeline_shows_the_next_kept_frame(timeline: Timeline) -> None:
    assert [timeline.source_frame(frame) for frame in range(timeline.frames)] == shown(timeline)


@given(timelines(), st.data())
def test_a_kept_frame_is_shown_where_it_was_taken_from(timeline: Timeline, data: st.DataObject) -> None:
    frame = data.draw(st.integers(0, timeline.frames - 1))
    assert timeline.timeline_frame(timeline.source_frame(frame)) == frame


def test_a_frame_that_was_cut_away_is_shown_nowhere() -> None:
    assert [THREE.timeline_frame(frame) for frame in (0, 9, 20, 29, 35, 101)] == [None] * 6


@pytest.mark.parametrize("frame", [-1, 16])
def test_there_is_no_frame_outside_a_timeline(frame: int) -> None:
    with pytest.raises(PlanError, match="outside"):
        THREE.source_frame(frame)


@given(timelines(), st.data())
def test_the_pieces_of_a_timeline_together_are_the_timeline(timeline: Timeline, data: st.DataObject) -> None:
    inner = data.draw(st.sets(st.integers(1, max(1, timeline.frames - 1)), max_size=8)) if timeline.frames > 1 else set()
    edges = sorted({0, timeline.frames, *inner})
    pieces = [timeline.slice(FrameSpan(*pair)) for pair in pairwise(edges)]
    assert [frame for piece in pieces for frame in shown(piece)] == shown(timeline)


def test_a_slice_within_one_span_and_across_a_cut() -> None:
    assert THREE.slice(FrameSpan(2, 5)).spans == (FrameSpan(12, 15),)
    assert THREE.slice(FrameSpan(8, 12)).spans == (FrameSpan(18, 20), FrameSpan(30, 32))


def test_nothing_is_sliced_from_after_the_end() -> None:
    with pytest.raises(PlanError, match="no frames 10 to 17"):
        THREE.slice(FrameSpan(10, 17))


@pytest.mark.parametrize("spans", [(), ((0, 5), (5, 9)), ((0, 5), (3, 9)), ((7, 9), (0, 5))])
def test_spans_are_ordered_and_apart(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(PlanError):
        Timeline("video", Fraction(30), tuple(FrameSpan(*span) for span in spans))
