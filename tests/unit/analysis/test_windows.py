"""Speech is divided into windows that contain all of it and end in pauses."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from video_automation.analysis.speech.windows import LONGEST_WINDOW_MS, Window, halves, windows
from video_automation.plan.source.heard import SPEECH_HOP_MS

STRETCHES = st.lists(st.tuples(st.sampled_from([0, 20, 40, 49, 50, 100]), st.integers(1, 400)), max_size=60)
"""Pairs of a voice probability in percent, and for how many hops it lasts."""


def hops(seconds: float) -> int:
    return round(1000 * seconds / SPEECH_HOP_MS)


def heard(*stretches: tuple[int, float]) -> tuple[int, ...]:
    """Voice probabilities per hop, from pairs of percent and seconds."""
    return tuple(percent for percent, seconds in stretches for _ in range(hops(seconds)))


@given(STRETCHES)
def test_the_windows_hold_all_speech_in_order_and_none_is_too_long(stretches: list[tuple[int, int]]) -> None:
    speech = tuple(percent for percent, count in stretches for _ in range(count))
    found = windows(speech)
    for window in found:
        assert 0 <= window.start_ms < window.end_ms <= len(speech) * SPEECH_HOP_MS
        assert window.length_ms <= LONGEST_WINDOW_MS
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(found))
    held = {hop for window in found for hop in range(window.start_ms // SPEECH_HOP_MS, window.end_ms // SPEECH_HOP_MS)}
    assert {hop for hop, percent in enumerate(speech) if percent >= 50} <= held


@given(STRETCHES)
def test_each_window_holds_speech(stretches: list[tuple[int, int]]) -> None:
    speech = tuple(percent for percent, count in stretches for _ in range(count))
    for window in windows(speech):
        assert max(speech[window.start_ms // SPEECH_HOP_MS : window.end_ms // SPEECH_HOP_MS]) >= 35


def test_where_nobody_speaks_there_is_no_window() -> None:
    assert windows(()) == ()
    assert windows(heard((49, 60))) == ()


def test_a_window_begins_and_ends_half_a_second_within_the_pauses_around_it() -> None:
    assert windows(heard((0, 10), (100, 5), (0, 10))) == (Window(9_984 - 480, 9_984 + 4_992 + 480),)


def test_a_long_pause_ends_a_window_and_a_short_one_does_not() -> None:
    assert len(windows(heard((100, 5), (0, 1.5), (100, 5)))) == 1
    assert len(windows(heard((100, 5), (0, 3), (100, 5)))) == 2


def test_a_long_talk_is_cut_at_the_longest_pause_of_the_last_third_of_a_window() -> None:
    talk = heard((100, 8), (0, 1.9), (100, 12), (0, 0.8), (100, 3), (0, 0.2), (100, 10))
    first, second = windows(talk)
    assert first.end_ms == second.start_ms
    assert 21_900 <= first.end_ms <= 22_700


def test_speech_without_a_pause_is_cut_where_it_is_least_probable() -> None:
    first, second = windows(heard((100, 20), (40, 0.1), (100, 20)))
    assert first.end_ms == second.start_ms
    assert 19_950 <= first.end_ms <= 20_150


@given(st.integers(20, 900), st.data())
def test_the_halves_of_a_window_are_the_window(count: int, data: st.DataObject) -> None:
    speech = data.draw(st.lists(st.integers(0, 100), min_size=count, max_size=count))
    window = Window(0, count * SPEECH_HOP_MS)
    first, second = halves(window, speech)
    assert (first.start_ms, first.end_ms, second.end_ms) == (0, second.start_ms, window.end_ms)
    assert min(first.length_ms, second.length_ms) >= window.length_ms // 3 - SPEECH_HOP_MS
