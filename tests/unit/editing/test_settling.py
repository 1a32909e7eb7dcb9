"""The times of words after they are compared with the hearing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from video_automation.editing.speech.word_alignment import aligned_words
from video_automation.editing.time_range import TimeRange, merged_ranges
from video_automation.plan.source.transcript import Word

HEARD = (TimeRange(1000, 3000), TimeRange(5000, 8000))


def said(*times: tuple[int, int]) -> tuple[Word, ...]:
    return tuple(Word(start, end, f"w{i}", 90) for i, (start, end) in enumerate(times))


def times(*words: tuple[int, int], heard: tuple[TimeRange, ...] = HEARD) -> list[tuple[int, int]]:
    return [(word.start_ms, word.end_ms) for word in aligned_words(said(*words), heard)]


def test_words_within_a_sound_stay_where_they_are() -> None:
    assert times((1000, 1500), (1600, 2100)) == [(1000, 1500), (1600, 2100)]


def test_a_word_that_reaches_into_a_pause_ends_with_the_sound() -> None:
    assert times((1000, 2500), (2500, 3700)) == [(1000, 2500), (2500, 3000)]


def test_a_word_that_comes_before_its_sound_begins_with_it() -> None:
    assert times((1000, 3000), (4600, 5400)) == [(1000, 3000), (5000, 5400)]


def test_the_first_word_after_a_pause_begins_with_the_sound_if_it_is_said_to_begin_a_little_later() -> None:
    assert times((1000, 3000), (5300, 5900), (6200, 6500)) == [(1000, 3000), (5000, 5900), (6200, 6500)]


def test_it_does_not_if_that_is_much_later() -> None:
    assert times((1000, 3000), (5900, 6300)) == [(1000, 3000), (5900, 6300)]


def test_a_word_over_a_pause_is_where_most_of_it_is_heard() -> None:
    assert times((1000, 2800), (2900, 5600)) == [(1000, 2800), (5000, 5600)]
    assert times((1000, 2300), (2300, 5100)) == [(1000, 2300), (2300, 3000)]


def test_a_word_goes_on_over_a_pause_as_short_as_one_within_a_word() -> None:
    assert times((900, 1500), heard=(TimeRange(900, 1200), TimeRange(1350, 2000))) == [(900, 1500)]


def test_a_word_beside_a_sound_belongs_to_it() -> None:
    assert times((1000, 3000), (4500, 4900), (5500, 5900)) == [(1000, 3000), (5000, 5400), (5500, 5900)]


def test_a_word_heard_nowhere_near_stays() -> None:
    assert times((1000, 3000), (3900, 4200)) == [(1000, 3000), (3900, 4200)]


def test_two_words_at_one_place_share_it() -> None:
    assert times((4500, 4900), (5000, 5300)) == [(5000, 5200), (5200, 5300)]


stretches = st.lists(
    st.builds(lambda start, length: TimeRange(start, start + length), st.integers(0, 9000), st.integers(50, 2000))
)
spoken = st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 1500)), max_size=30)


@given(spoken, stretches)
def test_no_word_is_lost_or_empty_and_none_begins_before_the_one_before_it_ends(
    words: list[tuple[int, int]], heard: list[TimeRange]
) -> None:
    ordered, at = [], 0
    for start, length in sorted(words):
        ordered.append((max(start, at), max(start, at) + length))
        at = ordered[-1][1]
    after = aligned_words(said(*ordered), merged_ranges(heard, across_ms=0))
    assert [word.text for word in after] == [f"w{i}" for i in range(len(ordered))]
    assert all(word.start_ms < word.end_ms for word in after)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(after))
