"""The level of the background."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from video_automation.editing.speech.background import background_db

QUIET, NOISY, SPEECH = [-65] * 100, [-45] * 100, [-65] * 20 + [-25] * 80


def test_the_background_of_speech_is_what_is_between_its_words() -> None:
    assert background_db(SPEECH * 60) == [-65] * 60


def test_a_noise_is_background_from_its_first_second_to_its_last() -> None:
    background = background_db(QUIET * 40 + NOISY * 40 + QUIET * 40)
    assert background[40:80] == [-45] * 40
    assert background[:38] + background[82:] == [-65] * 76


def test_a_video_of_some_seconds_has_one_background() -> None:
    assert background_db(QUIET * 2 + SPEECH * 5 + [-30] * 40) == [-65] * 8


def test_where_nothing_is_heard_there_is_no_background() -> None:
    assert background_db([]) == []


def quiet(window: list[int]) -> int:
    return sorted(window)[int(0.1 * len(window))]


@given(st.lists(st.integers(-120, 0), min_size=1, max_size=4000))
def test_counting_gives_what_sorting_would(levels: list[int]) -> None:
    seconds = [levels[start : start + 100] for start in range(0, len(levels), 100)]
    expected = []
    for second in range(len(seconds)):
        before = seconds[max(0, second - 14) : max(15, second + 1)]
        after = seconds[max(0, min(second, len(seconds) - 15)) : second + 15]
        expected.append(max(quiet([*chain(*before)]), quiet([*chain(*after)])))
    assert background_db(levels) == expected
