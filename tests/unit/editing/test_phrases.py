"""The phrases that a talk is about."""

import pytest
from talks import GARDEN, sentences, spoken

from video_automation.editing.language.registry import language_of
from video_automation.editing.language.wording import word_root
from video_automation.editing.publishing.keyphrases import phrases, spoken_key_phrases


def names(text: str, language: str = "en") -> list[str]:
    return [phrase.text for phrase in phrases(sentences(text, language))]


def test_what_is_said_often_comes_first() -> None:
    found = spoken(GARDEN).phrases
    assert found[0].text == "clay pots"
    assert {"aphids", "water", "roof garden", "volcanic gravel"} <= {phrase.text for phrase in found[:10]}
    assert [phrase.weight for phrase in found] == sorted((phrase.weight for phrase in found), reverse=True)
    assert found[0].weight == 100


def test_words_that_say_nothing_are_no_phrases() -> None:
    assert names("This is really what I want to say.\nThis is really what I want to say.") == []


def test_words_of_two_clauses_are_no_phrase() -> None:
    found = names("We grow tomato, basil grows too.\nWe eat tomato, basil follows.")
    assert "tomato basil" not in found
    assert {"tomato", "basil"} <= set(found)


def test_a_part_of_a_longer_phrase_is_not_named_beside_it() -> None:
    found = names("A clay pot helps.\nBuy a clay pot.\nFill the clay pot.")
    assert found == ["clay pot"]


def test_a_word_and_its_plural_are_one() -> None:
    (phrase,) = phrases(sentences("The snail eats.\nTwo snails eat.\nMany snails eat."))
    assert (phrase.text, phrase.count) == ("snails", 3)


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("tomatoes", "tomato"),
        ("berries", "berry"),
        ("Ruth’s", "ruth"),
        ("bus", "bus"),
        ("glass", "glass"),
        ("“Roots,”", "root"),
    ],
)
def test_roots(word: str, same: str) -> None:
    assert word_root(word, language_of("en")) == same


def test_case_stays_as_it_is_spoken() -> None:
    assert "Gutenberg Bible" in names("He read the Gutenberg Bible.\nThe Gutenberg Bible is heavy.")


def test_a_capital_at_a_beginning_is_not_the_usual_form() -> None:
    assert names("Roots drink.\nThe roots grow.")[0] == "roots"


def test_other_languages_go_by_length_and_frequency() -> None:
    assert names("Der Kompost ist leicht.\nDer Kompost hält Wasser.\nDas Wasser bleibt.", "de")[:2] == ["Kompost", "Wasser"]


def test_the_key_phrase_of_each_sentence_is_told_with_its_time() -> None:
    said = sentences(
        "Solar panels pay for themselves. We put solar panels on the roof. Some people sleep. Nobody knows solar panels."
    )
    heard = [
        [word.text for sentence in said for word in sentence.words if one.start_ms <= word.start_ms < one.end_ms]
        for one in spoken_key_phrases(said)
    ]
    assert heard[:2] == [["Solar", "panels"], ["solar", "panels"]]
    assert heard[-1] == ["solar", "panels."]


def test_equal_words_give_equal_phrases() -> None:
    assert spoken(GARDEN) == spoken(GARDEN)
