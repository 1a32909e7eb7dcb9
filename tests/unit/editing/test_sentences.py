"""Words are divided into sentences."""

import pytest
from hypothesis import given
from talk import spoken, talks

from video_automation.editing.speech.sentences import sentences
from video_automation.plan.source.transcript import Transcript, Word


def told(text: str) -> list[str]:
    """The sentences of a text."""
    return [" ".join(word.text for word in sentence.words) for sentence in sentences(Transcript("en", spoken(text)))]


@given(talks())
def test_the_sentences_together_are_all_words_in_order(words: tuple[Word, ...]) -> None:
    assert tuple(word for sentence in sentences(Transcript("en", words)) for word in sentence.words) == words


@pytest.mark.parametrize(
    "end", [".", "?", "!", "…", "...", "?!", '."', ".”", "!)", "。", "？", "！」", ".“", ".«", "．", "।", "༎"]
)
def test_a_sentence_ends_with_its_punctuation_and_what_closes_it(end: str) -> None:
    assert told(f"One two{end} Three.") == [f"One two{end}", "Three."]


@pytest.mark.parametrize("word", ["Mr.", "Dr.", "(Mrs.", "St.", "e.g.", "i.e.", "etc.", "U.S.", "D.C.", "J.", "vs."])
def test_an_abbreviation_ends_no_sentence(word: str) -> None:
    assert told(f"We saw {word} Smith there. Yes.") == [f"We saw {word} Smith there.", "Yes."]


def test_a_number_in_two_words_is_one_sentence() -> None:
    assert told("It is 3. 5 percent. In 1999. Then.") == ["It is 3. 5 percent.", "In 1999.", "Then."]


def test_a_pause_ends_a_sentence_that_lacks_its_full_stop() -> None:
    assert told("and so on [1600] Next we see") == ["and so on", "Next we see"]
    assert told("and so on [1600] next we see") == ["and so on next we see"]
    assert told("and so on [3100] next we see") == ["and so on", "next we see"]
    assert told("and Bob [1300] Smith said") == ["and Bob Smith said"]
