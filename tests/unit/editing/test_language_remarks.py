"""The remarks about a language that is uncertain, unknown, or could not be transcribed."""

from dataclasses import replace

import pytest

from video_automation.editing.speech.language_remarks import language_remarks
from video_automation.plan.source.transcript import LanguageSpan, Transcript, Unwritten, Word
from video_automation.plan.text.known_languages import Knowing
from video_automation.plan.text.language_codes import KNOWN

ALL, ENGLISH = Knowing("base", KNOWN[:-1]), Knowing("tiny.en", ("en",))
WORDS = (Word(0, 400, "Ola.", 90),)


def test_a_language_that_is_sure_needs_no_words() -> None:
    assert language_remarks(Transcript("es", WORDS, 97), ALL) == ()
    assert language_remarks(Transcript(), ALL) == ()


def test_an_unsure_language_is_told_with_a_way_on() -> None:
    assert language_remarks(Transcript("gl", WORDS, 55), ALL) == (
        "The language is probably Galician (55 % sure). If it is another, name it and have the video transcribed again.",
    )


def test_speech_that_was_not_written_down_is_told_with_its_length_and_reason() -> None:
    unwritten = (Unwritten(0, 70_000, "not_understood"), Unwritten(80_000, 140_000, "not_understood"))
    unknown = (Unwritten(150_000, 151_000, "unknown_language"),)
    other, unclear = language_remarks(Transcript("es", WORDS, 97, (), (*unwritten, *unknown)), ALL)
    assert other == (
        "1 s of speech was not written down: the speech model in use (base) knows 99 languages, and this seems to be in "
        "another. A larger speech model may understand it."
    )
    assert unclear == (
        "2 min 10 s of Spanish speech was not written down: the words could not be made out. A larger speech model may "
        "understand them."
    )


def told_of(ms: int, said: Transcript) -> str:
    """The remark about so many milliseconds of speech without a transcript."""
    return language_remarks(replace(said, unwritten=(Unwritten(0, ms, "not_understood"),)), ALL)[-1]


@pytest.mark.parametrize(
    ("ms", "length"),
    [
        (300, "1 s"),
        (45_000, "45 s"),
        (60_000, "1 minute"),
        (61_000, "1 min 1 s"),
        (120_000, "2 minutes"),
        (3_600_000, "1 hour"),
        (7_210_000, "2 hours"),
        (3_900_000, "1 h 5 min"),
    ],
)
def test_a_length_is_told_as_it_is_said(ms: int, length: str) -> None:
    assert told_of(ms, Transcript()).startswith(f"{length} of speech was not written down: ")


def test_nobody_is_asked_to_name_a_language_that_is_known() -> None:
    assert told_of(9000, Transcript("es", WORDS, 90)).endswith(" A larger speech model may understand them.")
    for unsure in (Transcript("es", WORDS, 89), Transcript()):
        assert told_of(9000, unsure).endswith(" Name the language, or use a larger model.")


def test_the_language_heard_is_named_where_it_is_known() -> None:
    english = LanguageSpan(0, 9000, "en", 95)
    assert told_of(9000, Transcript("es", WORDS, 60)).startswith("9 s of speech was")
    assert told_of(9000, Transcript("es", WORDS, 95, (english,))).startswith("9 s of English speech was")
    unknown = (Unwritten(0, 9000, "unknown_language"),)
    [told] = language_remarks(Transcript("en", WORDS, 95, (LanguageSpan(0, 9000, "cy", 95),), unknown), ENGLISH)
    assert "knows English only, and this seems to be in Welsh." in told


def test_a_model_that_does_not_know_the_language_is_named() -> None:
    unwritten = (Unwritten(0, 70_000, "unknown_language"),)
    [told] = language_remarks(Transcript("es", (), 97, (), unwritten), ENGLISH)
    assert told == (
        "Spanish was heard, and the speech model in use (tiny.en) knows English only, so that was not written down. "
        "Choose a model that knows it: the setting transcription.model."
    )
    [told] = language_remarks(Transcript("en", WORDS, 97, (), unwritten), ENGLISH)
    assert told == (
        "1 min 10 s of speech was not written down: the speech model in use (tiny.en) knows English only, and this seems to "
        "be in another. Choose a model that knows more: the setting transcription.model."
    )


def test_a_language_in_the_letters_of_another_is_told() -> None:
    hindi = tuple(Word(i * 400, i * 400 + 300, text, 90) for i, text in enumerate(["شنیوار", "کو", "میں", "اپنی", "YouTube"]))
    assert language_remarks(Transcript("hi", hindi, 97), ALL) == (
        "The speech model in use (base) has written Hindi in Arabic letters. A larger model may write its own.",
    )
    assert language_remarks(Transcript("ur", hindi, 97), ALL) == ()
    assert language_remarks(Transcript("ja", hindi, 97), ALL) == ()
