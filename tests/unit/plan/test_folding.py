"""Which texts a search treats as equal, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.text.folding import WORD_END, searchable, sought_words


def found(query: str, *words: str) -> list[str]:
    """The places where a query is found in these words, as parts of the folded text."""
    text = WORD_END.join(map(searchable, words))
    sought = sought_words(query)
    return [text[start:end] for start, end in sought.places(text)] if sought else []


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Gutenberg,", "gutenberg"),
        ("ÉCOLE", "ecole"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("smørrebrød", "smorrebrod"),
        ("don’t", "don't"),
        ("Ёлка", "елка"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("ﬁnal", "final"),
        ("한국어", "한국어"),
        ("１２", "12"),
        ("İstanbul", "istanbul"),
    ],
)
def test_case_accents_and_marks_do_not_count(said: str, typed: str) -> None:
    assert found(typed, said)


def test_marks_that_are_letters_do_count() -> None:
    assert not found("हन्दी", "हिन्दी")
    assert not found("か", "が")


def test_words_are_found_one_after_the_other_from_their_beginning_on() -> None:
    said = ("The", "printing", "press,", "—", "was", "made", "in", "Mainz.")
    assert found("printing press was", *said)
    assert found("press  was ma", *said), "the last may be cut short"
    assert not found("rinting", *said)
    assert not found("printing was", *said)
    assert not found("print press", *said)


def test_a_hyphen_is_a_space() -> None:
    assert found("state of the art", "state-of-the-art") == found("state-of-the-art", "state-of-the-art")
    assert found("state of the art", "state", "of", "the", "art")


def test_scripts_without_spaces_are_searched_anywhere_and_across_the_pieces_they_were_heard_in() -> None:
    assert found("印刷機", "活版", "印", "刷", "機", "です")
    assert found("刷機で", "活版", "印刷機", "です")
    assert found("ภาษา", "พูดภาษา", "ไทย")
    assert found("印刷 機", "印刷機")


@pytest.mark.parametrize("query", ["", "  ", "!?…", "—"])
def test_what_has_no_word_asks_for_nothing(query: str) -> None:
    assert sought_words(query) is None


@given(st.text())
def test_whatever_is_typed_finds_itself_and_is_no_pattern(text: str) -> None:
    assert bool(found(text, text)) == bool(searchable(text))
    assert WORD_END not in searchable(text)
