"""Rounding between milliseconds, frames and samples."""

from fractions import Fraction

import pytest
from drawn import rates, timelines
from hypothesis import given
from hypothesis import strategies as st

from video_automation.errors import PlanError
from video_automation.plan.time import FrameSpan, frame_at, ms_at, rounded, sample_at, seconds
from video_automation.plan.timeline import Timeline


@pytest.mark.parametrize(
    ("value", "whole"), [("1/2", 1), ("3/2", 2), ("5/2", 3), ("-1/2", 0), ("-3/2", -1), ("7/3", 2), ("8/3", 3)]
)
def test_halves_are_rounded_upward(value: str, whole: int) -> None:
    assert rounded(Fraction(value)) == whole


@given(st.fractions())
def test_rounding_moves_by_half_at_most(value: Fraction) -> None:
    assert abs(rounded(value) - value) <= Fraction(1, 2)


@given(st.integers(0, 10_000_000), rates)
def test_a_frame_is_found_again_by_its_time(frame: int, rate: Fraction) -> None:
    assert frame_at(ms_at(frame, rate), rate) == frame


@given(timelines())
def test_the_samples_of_all_spans_add_up_to_those_of_the_whole(timeline: Timeline) -> None:
    edges = [(start, start + span.length) for start, span in timeline.placed()]
    lengths = [sample_at(end, timeline.rate) - sample_at(start, timeline.rate) for start, end in edges]
    assert sum(lengths) == sample_at(timeline.frames, timeline.rate)


def test_five_frames_at_29_97_have_8008_samples() -> None:
    rate = Fraction(30000, 1001)
    lengths = [sample_at(frame + 1, rate) - sample_at(frame, rate) for frame in range(5)]
    assert sum(lengths) == 8008
    assert set(lengths) == {1601, 1602}


@pytest.mark.parametrize(
    ("frame", "rate", "text"),
    [(0, "30", "0.000000"), (1, "30", "0.033333"), (1, "30000/1001", "0.033367"), (216_001, "60", "3600.016667")],
)
def test_seconds_are_written_with_microseconds(frame: int, rate: str, text: str) -> None:
    assert seconds(frame, Fraction(rate)) == text


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (-1, 3)])
def test_a_span_is_neither_empty_nor_negative(start: int, end: int) -> None:
    with pytest.raises(PlanError, match=f"{start} to {end}"):
        FrameSpan(start, end)
