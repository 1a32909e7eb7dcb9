"""The frame grid is derived from the times of the pictures alone."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.media.pictures.grid import FASTEST, SLOWEST, USUAL_RATES, Grid, grid
from video_automation.plan.time import rounded

MS = Fraction(1, 1000)


def in_ms(rate: Fraction, count: int, start: int = 0) -> list[int]:
    """The times of frames in whole milliseconds, as WebM and Matroska files store them."""
    return [start + round(i * 1000 / rate) for i in range(count)]


@pytest.mark.parametrize("rate", USUAL_RATES, ids=str)
@pytest.mark.parametrize("count", [30, 3000])
def test_a_usual_rate_is_found_in_rounded_milliseconds(rate: Fraction, count: int) -> None:
    assert grid(in_ms(rate, count, start=7), MS, None) == Grid(rate, variable=False, last=1 / rate)


def test_a_declared_rate_decides_where_the_times_do_not() -> None:
    ntsc = Fraction(30000, 1001)
    assert grid(in_ms(ntsc, 5), MS, ntsc).rate == ntsc
    assert grid(in_ms(ntsc, 5), MS, Fraction(30)).rate == 30
    assert grid(in_ms(ntsc, 500), MS, Fraction(30)).rate == ntsc


def test_a_nonsensical_declared_rate_is_not_believed() -> None:
    assert grid(in_ms(Fraction(25), 50), MS, Fraction(90_000)).rate == 25
    assert grid([0], MS, Fraction(90_000)).rate == 25


def test_one_picture_is_worked_on_at_the_declared_rate() -> None:
    assert grid([5], MS, Fraction(24)) == Grid(Fraction(24), variable=False, last=Fraction(1, 24))


@pytest.mark.parametrize(
    ("rate", "worked_on_at"),
    [
        ("1", "15"),
        ("2", "16"),
        ("10", "20"),
        ("12", "24"),
        ("20", "20"),
        ("90", "45"),
        ("100", "50"),
        ("120", "60"),
        ("240", "60"),
    ],
)
def test_a_slow_or_fast_constant_rate_is_worked_on_at_a_multiple_or_a_part_of_it(rate: str, worked_on_at: str) -> None:
    times = list(range(200))
    assert grid(times, 1 / Fraction(rate), None) == Grid(Fraction(worked_on_at), variable=False, last=1 / Fraction(rate))


def test_an_unusual_constant_rate_is_kept_exactly() -> None:
    assert grid([33 * i for i in range(1000)], MS, Fraction(30)).rate == Fraction(1000, 33)


def test_a_slight_jitter_does_not_make_a_rate_variable() -> None:
    noise = random.Random(1)
    times = [round(i * 3003 + noise.uniform(-300, 300)) for i in range(3000)]
    assert grid(times, Fraction(1, 90_000), None) == Grid(Fraction(30000, 1001), variable=False, last=Fraction(1001, 30000))


@pytest.mark.parametrize("dropped", [0.2, 0.7])
def test_dropped_pictures_make_a_variable_rate_on_the_grid_of_the_others(dropped: float) -> None:
    noise = random.Random(1)
    times = [3600 * i for i in range(3000) if i in (0, 2999) or noise.random() > dropped]
    found = grid(times, Fraction(1, 90_000), None)
    assert (found.rate, found.variable) == (25, True)


def test_a_gap_in_rounded_milliseconds_leaves_the_rate_of_the_rest() -> None:
    ntsc = Fraction(30000, 1001)
    times = in_ms(ntsc, 3000)
    assert grid([*times, *(time + times[-1] + 70 for time in times)], MS, None).rate == ntsc


def test_slides_that_change_now_and_then_are_worked_on_at_the_slowest_grid() -> None:
    found = grid([0, 4000, 9000, 9500, 21_000], MS, None)
    assert found == Grid(SLOWEST, variable=True, last=1 / SLOWEST)


def test_bursts_faster_than_any_grid_are_worked_on_at_the_fastest() -> None:
    assert grid([0, 1, 2, 3, 500, 501, 502, 900, 901], MS, None).rate == FASTEST


def test_fields_that_come_one_by_one_are_counted_as_frames() -> None:
    assert grid(list(range(100)), Fraction(1, 50), None, interlaced=True).rate == 25
    assert grid(list(range(100)), Fraction(1, 25), None, interlaced=True).rate == 25


@given(
    st.lists(st.integers(0, 1 << 40), min_size=1, max_size=50, unique=True),
    st.sampled_from([MS, Fraction(1, 90_000), Fraction(1)]),
)
def test_any_times_give_a_grid_that_can_be_worked_on(times: list[int], time_base: Fraction) -> None:
    found = grid(sorted(times), time_base, None)
    assert SLOWEST <= found.rate <= FASTEST
    assert found.last > 0


def test_video_on_sixty_fields_is_worked_on_at_its_own_rate() -> None:
    times = [n * 5 // 2 * 1001 for n in range(500)]
    assert grid(times, Fraction(1, 60_000), Fraction(30_000, 1001)) == Grid(
        Fraction(24_000, 1001), variable=False, last=Fraction(1001, 24_000)
    )
    odd = [times[0] + 1501, *(time + 500 for time in times[1:])]
    assert grid(odd, Fraction(1, 60_000), None).rate == Fraction(24_000, 1001)


@pytest.mark.parametrize("sixteenth", range(16))
def test_pictures_between_two_frames_are_all_rounded_alike(sixteenth: int) -> None:
    start = Fraction(sixteenth, 16 * 24)
    times = [round((start + Fraction(n, 24)) * 1000) for n in range(100)]
    found = grid(times, MS, None, start=Fraction(0))
    places = [(time * MS + found.late) * found.rate for time in times]
    first = rounded(places[0])
    assert [rounded(place) for place in places] == list(range(first, first + 100))
    assert abs(found.late * found.rate) <= Fraction(1, 2)


def test_a_rate_guessed_by_a_header_does_not_outweigh_exact_times() -> None:
    times = [512 * n for n in range(200)]
    assert grid(times, Fraction(1, 15_360), Fraction(30_000, 1001)).rate == 30
    broken_off = [*times[:195], times[196], times[199]]
    assert grid(broken_off, Fraction(1, 15_360), Fraction(30_000, 1001)).rate == 30
