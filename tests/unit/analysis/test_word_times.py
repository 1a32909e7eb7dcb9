"""Words are placed where there is a voice, in order."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from video_automation.analysis.speech.word_times import timed
from video_automation.plan.source.heard import SPEECH_HOP_MS
from video_automation.plan.source.transcript import Word

SECOND = 1_000 // SPEECH_HOP_MS
"""The number of hops in about a second (992 ms)."""


def times(words: list[Word], speech: list[int], end_ms: int = 60_000) -> list[tuple[int, int]]:
    return [(word.start_ms, word.end_ms) for word in timed(words, speech, end_ms)]


WORDS = st.lists(
    st.tuples(st.integers(0, 9_000), st.integers(0, 3_000)).map(lambda at: Word(at[0], at[0] + at[1], "word", 90)), max_size=30
)


@given(WORDS, st.lists(st.sampled_from([0, 60]), max_size=200), st.integers(1, 12_000))
def test_no_word_begins_before_the_one_before_it_ends_nor_ends_after_the_video(
    words: list[Word], speech: list[int], end_ms: int
) -> None:
    found = timed(words, speech, end_ms)
    assert all(0 <= word.start_ms < word.end_ms <= end_ms for word in found)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(found))


def test_a_word_that_begins_in_the_pause_before_it_begins_shortly_before_the_voice() -> None:
    speech = [0] * SECOND + [90] * SECOND
    assert times([Word(0, 1_500, "Hello", 90)], speech) == [(992 - 130, 1_500)]


def test_a_word_that_reaches_into_the_pause_after_it_ends_shortly_after_the_voice() -> None:
    speech = [90] * SECOND + [0] * SECOND
    assert times([Word(500, 1_900, "goodbye.", 90)], speech) == [(500, 992 + 60)]


def test_of_a_word_across_a_pause_the_longer_side_stays() -> None:
    speech = [90] * 3 + [0] * SECOND + [90] * SECOND
    assert times([Word(0, 1_800, "Printing", 90)], speech) == [(34 * SPEECH_HOP_MS - 130, 1_800)]


def test_a_word_without_a_voice_stays_where_it_is() -> None:
    assert times([Word(100, 400, "what", 90)], [0] * SECOND) == [(100, 400)]


def test_a_word_that_was_given_no_time_shares_that_of_the_word_before_it() -> None:
    speech = [90] * SECOND + [0] * SECOND
    words = [Word(100, 1_900, "15th", 90), Word(1_900, 1_900, "century.", 90)]
    assert times(words, speech) == [(100, 418), (418, 992 + 60)]


def test_or_else_of_the_word_after_it() -> None:
    words = [Word(500, 500, "the", 90), Word(500, 900, "United", 90)]
    assert times(words, [90] * SECOND) == [(500, 634), (634, 900)]
