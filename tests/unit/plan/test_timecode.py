"""Timecode follows SMPTE 12M: each frame has one label, drop-frame skips some numbers, a day agrees with the wall clock."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.errors import PlanError
from video_automation.plan.source.timecode import DROPPING, Timecode, frames_a_day, label, read_label

RATES = [Fraction(r) for r in ("15", "24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60")]
clocks = st.tuples(st.sampled_from(RATES), st.booleans()).map(lambda drawn: (drawn[0], drawn[1] and drawn[0] in DROPPING))


@given(clocks, st.data())
def test_a_label_means_the_frame_it_was_made_of(clock: tuple[Fraction, bool], data: st.DataObject) -> None:
    rate, drop = clock
    frame = data.draw(st.integers(0, frames_a_day(rate, drop=drop) - 1))
    assert read_label(label(frame, rate, drop=drop), rate, rate) == Timecode(frame, drop)


@given(clocks, st.data())
def test_later_frames_have_later_labels(clock: tuple[Fraction, bool], data: st.DataObject) -> None:
    rate, drop = clock
    frame = data.draw(st.integers(0, frames_a_day(rate, drop=drop)))
    assert label(frame, rate, drop=drop) < label(frame + 1, rate, drop=drop)


@pytest.mark.parametrize("rate", DROPPING)
def test_dropped_numbers_keep_pace_with_the_clock_on_the_wall(rate: Fraction) -> None:
    for hour in range(25):
        shown = label(int(hour * 3600 * rate), rate, drop=True)
        read = sum(int(part) * unit for part, unit in zip(shown[:8].split(":"), (3600, 60, 1), strict=True))
        assert abs(read - hour * 3600) <= 1
    assert abs(frames_a_day(rate, drop=True) / rate - 86_400) < Fraction(1, 10)


@pytest.mark.parametrize(
    ("rate", "before", "after"),
    [
        ("30000/1001", "00:00:59;29", "00:01:00;02"),
        ("30000/1001", "00:09:59;29", "00:10:00;00"),
        ("60000/1001", "00:00:59;59", "00:01:00;04"),
        ("30000/1001", "23:59:59;29", "24:00:00;00"),
        ("24000/1001", "00:00:59:23", "00:01:00:00"),
        ("25", "00:59:59:24", "01:00:00:00"),
    ],
)
def test_the_label_after_a_minute_is_the_one_of_the_standard(rate: str, before: str, after: str) -> None:
    last = read_label(before, Fraction(rate), Fraction(rate))
    assert last
    assert label(last.frame + 1, Fraction(rate), drop=last.drop) == after


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00:00:00",
        "24:00:00:00",
        "00:60:00:00",
        "00:00:60:00",
        "00:00:00:30",
        "0:00:00:00",
        "00:00:00:0",
        "-1:00:00:00",
        "00:01:00;00",
        "00:59:00;01",
        "00:00:00:00\n",
        " 00:00:00:00",
        "٠٠:٠٠:٠٠:٠٠",
        "00:00:00:00:00",
        "00:00:00:0000",
        "ten o'clock",
    ],
)
def test_what_is_no_label_is_none(text: str) -> None:
    assert read_label(text, DROPPING[0], DROPPING[0]) is None


@given(st.text())
def test_any_text_is_a_label_or_none(text: str) -> None:
    found = read_label(text, DROPPING[0], DROPPING[0])
    assert found is None or found.frame < frames_a_day(DROPPING[0], drop=found.drop)


def test_a_rate_that_drops_no_numbers_takes_the_label_as_it_stands() -> None:
    assert read_label("00:01:00;00", Fraction(30), Fraction(30)) == Timecode(1800)
    assert read_label("10:00:00;00", Fraction(24_000, 1001), Fraction(24_000, 1001)) == Timecode(864_000)


def test_a_clock_that_counts_faster_or_slower_than_the_grid_shows_the_same_time() -> None:
    assert read_label("10:00:00:110", Fraction(60), Fraction(120)) == Timecode(60 * 36_000 + 55)
    assert read_label("10:00:00:05", Fraction(20), Fraction(10)) == Timecode(20 * 36_000 + 10)


def test_a_timecode_is_never_negative() -> None:
    with pytest.raises(PlanError):
        Timecode(-1)
