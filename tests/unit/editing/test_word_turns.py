"""Which speaker each word is given to."""

from hypothesis import given
from hypothesis import strategies as st
from talk import spoken

from video_automation.editing.speech.word_turns import with_speakers, with_words_of
from video_automation.plan.source.speakers import Speaker, Turn
from video_automation.plan.source.transcript import Transcript

TEXT = "How was the bridge built? [300] It took four long years. [300] Really? [200] Yes."
SAID = Transcript("en", spoken(TEXT))
WORDS = SAID.words


def speakers(*turns: Turn) -> list[int | None]:
    said = with_speakers(SAID, turns)
    return [said.speaker_at(word.start_ms) for word in said.words]


def test_each_word_is_said_by_whoever_speaks_then() -> None:
    border, later = WORDS[5].start_ms - 150, WORDS[10].start_ms - 150
    assert speakers(Turn(0, border, 1), Turn(border, later, 2), Turn(later, 90_000, 1)) == [1] * 5 + [2] * 5 + [1] * 2


def test_a_border_some_words_off_moves_to_the_end_of_the_sentence() -> None:
    late, early = WORDS[6].end_ms, WORDS[3].end_ms
    assert speakers(Turn(0, late, 1), Turn(late, 90_000, 2)) == [1] * 5 + [2] * 7
    assert speakers(Turn(0, early, 1), Turn(early, 90_000, 2)) == [1] * 5 + [2] * 7


def test_one_word_may_be_a_turn() -> None:
    said = Turn(WORDS[10].start_ms, WORDS[10].end_ms, 2)
    assert speakers(Turn(0, said.start_ms, 1), said, Turn(said.end_ms, 90_000, 1)) == [1] * 10 + [2, 1]


def test_the_first_who_says_a_word_is_the_first_speaker() -> None:
    said = with_speakers(SAID, (Turn(0, 1, 1), Turn(2, 90_000, 2)))
    assert said.speakers == (Speaker(1, "Speaker 1"),)
    assert [turn.speaker for turn in said.turns] == [1]


def test_without_turns_nobody_is_known() -> None:
    assert with_speakers(SAID, ()) == SAID
    assert SAID.speaker_at(WORDS[0].start_ms) is None


@given(st.lists(st.integers(1, 3), min_size=len(WORDS), max_size=len(WORDS)))
def test_each_word_has_the_speaker_it_was_given(given_to: list[int]) -> None:
    said = with_words_of(SAID, given_to)
    assert [said.speaker_at(word.start_ms) for word in said.words] == given_to
    assert {speaker.id for speaker in said.speakers} == set(given_to)
