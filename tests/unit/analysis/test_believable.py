"""Words that a speech model made up go, words that were said stay."""

import pytest

from video_automation.analysis.believable import Said, believable, doubtful
from video_automation.plan.observed import SPEECH_HOP_MS
from video_automation.plan.transcript import Word

VOICE = (100,) * (30_000 // SPEECH_HOP_MS)


def said(text: str, *, log_probability: float = -0.1, silence: float = 0.05, word_ms: int = 300) -> Said:
    """These words, one after the other from the first millisecond on."""
    words = tuple(Word(n * word_ms, (n + 1) * word_ms, word, 90) for n, word in enumerate(text.split()))
    return Said(log_probability, silence, words)


def texts(heard: Said, speech: tuple[int, ...] = VOICE) -> str:
    return " ".join(word.text for word in believable(heard, speech))


@pytest.mark.parametrize(
    ("text", "log_probability", "silence"),
    [
        ("Printing, in the only sense with which we are", -0.1, 0.06),
        ("Banana.", -0.63, 0.18),  # a single word, far from any other
        ("Breathing in the only sense", -0.42, 0.16),  # noise as loud as the voice
        ("Do you hear me?", -0.13, 0.34),
    ],
)
def test_what_was_said_stays(text: str, log_probability: float, silence: float) -> None:
    heard = said(text, log_probability=log_probability, silence=silence)
    assert texts(heard) == text
    assert not doubtful(heard)


@pytest.mark.parametrize(
    ("text", "log_probability", "silence"),
    [
        ("Thank you.", -0.92, 0.85),  # music
        ("you", -0.72, 0.94),  # digital silence
        ("I don't know what's going on.", -0.85, 0.23),  # a voice, backwards
        ("Say, he may hear you.", -1.08, 0.36),
    ],
)
def test_what_the_model_itself_doubts_goes(text: str, log_probability: float, silence: float) -> None:
    heard = said(text, log_probability=log_probability, silence=silence)
    assert texts(heard) == ""
    assert doubtful(heard)


def test_of_a_loop_its_beginning_stays() -> None:
    heard = said("Well. " + "Yes, do you hear me? " * 9 + "No.")
    assert texts(heard) == "Well. Yes, do you hear me? Yes, do you hear me? No."
    assert doubtful(heard)


@pytest.mark.parametrize(
    "text",
    [
        "It was the best of times. It was the worst of times. It was the age of wisdom. It was the age of foolishness.",
        "No, no, no, no, no, he said.",
        "Do you hear me? Yes. Do you hear me? Yes. Do you hear me? Yes.",
    ],
)
def test_what_people_say_again_and_again_is_no_loop(text: str) -> None:
    assert texts(said(text)) == text


def test_a_word_where_there_is_no_voice_goes() -> None:
    speech = (100,) * (2_000 // SPEECH_HOP_MS) + (5,) * (2_000 // SPEECH_HOP_MS)
    heard = Said(-0.2, 0.1, (Word(0, 300, "Hello", 90), Word(3_000, 3_400, "goodbye", 90)))
    assert texts(heard, speech) == "Hello"


def test_a_word_whose_place_the_model_did_not_find_stays() -> None:
    speech = (100,) * (2_000 // SPEECH_HOP_MS) + (5,) * (2_000 // SPEECH_HOP_MS)
    heard = Said(-0.2, 0.1, (Word(1_500, 3_000, "15th", 90), Word(3_000, 3_000, "century.", 90)))
    assert texts(heard, speech) == "15th century."
