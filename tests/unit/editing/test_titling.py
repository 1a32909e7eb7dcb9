"""Titles, and whether their words are said in the talk."""

import re

import pytest
from talks import GARDEN, spoken

from video_automation.editing.language.registry import language_of
from video_automation.editing.publishing.titling import titles_of_parts, video_titles

GARDEN_TALK = spoken(GARDEN)
PARTS = [range(a, b) for a, b in zip(GARDEN_TALK.topics, (*GARDEN_TALK.topics[1:], len(GARDEN_TALK.sentences)), strict=True)]


def bare(text: str) -> str:
    return re.sub(r"[^\w ]", "", text).lower()


def all_titles() -> list[str]:
    return [title.text for title in video_titles(GARDEN_TALK)] + list(titles_of_parts(GARDEN_TALK, PARTS))


def test_a_video_has_five_titles_best_first() -> None:
    titles = video_titles(GARDEN_TALK)
    assert len(titles) == 5
    assert titles[0].text == "Why tomatoes from a shop taste of nothing"
    assert [title.score for title in titles] == sorted((title.score for title in titles), reverse=True)
    assert titles[1].reason == "Said at 3:22 of the source; names “aphids” and “ladybirds”."


def test_titles_are_three_to_nine_words_in_sentence_case_without_a_loose_end() -> None:
    for title in all_titles():
        words = title.split()
        assert 3 <= len(words) <= 9
        assert title[0].isupper()
        assert title[-1].isalnum() or title[-1] == "?"
        assert bare(words[-1]) not in language_of("en").titles.hanging


def test_titles_are_what_was_said_word_by_word() -> None:
    said = bare(" ".join(GARDEN_TALK.texts))
    assert all(bare(title) in said for title in all_titles())


def test_parts_have_titles_of_their_own() -> None:
    titles = titles_of_parts(GARDEN_TALK, PARTS)
    assert titles == (
        "Why tomatoes from a shop taste of nothing",
        "Soil is where most roof gardens fail",
        "Clay pots sweat",
        "A single ladybird eats fifty aphids a day",
        "My first roof garden cost four hundred euros",
    )


def test_parts_that_say_the_same_in_other_numbers_have_titles_of_their_own() -> None:
    twice = spoken(
        "Snails climb garden walls at night.\n\nA snail climbs a garden wall at night.\nEvery morning the postman counts them."
    )
    first, second = titles_of_parts(twice, [range(1), range(1, 3)])
    assert (first, second) == ("Snails climb garden walls at night", "Every morning the postman counts them")


def test_the_same_part_twice_has_two_titles() -> None:
    first, second = titles_of_parts(GARDEN_TALK, [PARTS[1], PARTS[1]])
    assert first != second


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("What do snails eat at night?", "What do snails eat at night?"),
        ("I wondered how snails climb walls.", "How snails climb walls"),
        ("And so snails climb every wall.", "Snails climb every wall"),
        ("Snails, as everybody knows, climb walls at night.", "Snails, as everybody knows, climb walls at night"),
        ("“Snails climb walls.”", "Snails climb walls"),
    ],
)
def test_a_sentence_becomes_a_title(said: str, title: str) -> None:
    assert titles_of_parts(spoken(said), [range(1)]) == (title,)


def test_where_no_clause_fits_the_beginning_is_taken() -> None:
    assert titles_of_parts(spoken("It is."), [range(1)]) == ("It is",)
    assert titles_of_parts(spoken(""), [range(0)]) == ("",)


def test_greetings_are_no_titles() -> None:
    assert video_titles(spoken("Hello and welcome, my name is Ruth.\nThank you very much for coming today.")) == ()


def test_other_languages_have_titles_too() -> None:
    said = "Warum schmecken Tomaten nach nichts?\nTomaten brauchen Zucker aus den Blättern."
    assert video_titles(spoken(said, "de"))[0].text == "Warum schmecken Tomaten nach nichts?"
