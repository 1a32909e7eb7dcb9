"""Words that the speech model invented are removed, words that were said stay."""

import pytest

from video_automation.analysis.speech.believable import Said, agreed, believable, doubtful, hopeless
from video_automation.analysis.speech.windows import Window
from video_automation.plan.source.heard import SPEECH_HOP_MS
from video_automation.plan.source.transcript import Word

SURE = 0.99
"""A high probability of the language."""


def voice(*stretches: tuple[int, float]) -> tuple[int, ...]:
    """Voice probabilities per hop, from pairs of percent and seconds."""
    return tuple(percent for percent, seconds in stretches for _ in range(round(1000 * seconds / SPEECH_HOP_MS)))


VOICE = voice((100, 30))


def said(text: str, *, log_probability: float = -0.1, silence: float = 0.05, word_ms: int = 300, start_ms: int = 0) -> Said:
    """What the model says of one window: these words, one after the other."""
    starts = range(start_ms, 10**6, word_ms)
    words = tuple(Word(start, start + word_ms, word, 90) for start, word in zip(starts, text.split(), strict=False))
    return Said(Window(start_ms, start_ms + word_ms * len(words)), log_probability, silence, words)


def texts(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("text", "log_probability", "silence"),
    [
        ("Printing, in the only sense with which we are", -0.1, 0.06),
        ("Breathing in the only sense", -0.42, 0.16),  # noise as loud as the voice
        ("Do you hear me?", -0.13, 0.34),
        ("No, no, no, no, no, he said.", -0.3, 0.1),
        ("Do you hear me? Yes. Do you hear me? Yes. Do you hear me? Yes.", -0.2, 0.1),
        ("一般的な 映画を 見に 行きました。", -0.2, 0.1),
    ],
)
def test_what_was_said_clearly_stays_without_a_second_hearing(text: str, log_probability: float, silence: float) -> None:
    heard = said(text, log_probability=log_probability, silence=silence)
    assert not doubtful(heard, SURE, VOICE)
    assert texts(believable(heard.words, VOICE)) == text


@pytest.mark.parametrize(
    ("heard", "language"),
    [
        (said("I don't know what's going on.", log_probability=-0.6), SURE),  # a voice played backwards
        (said("you", silence=0.94), SURE),  # digital silence
        (said("Was hier steht, ist keine Sprache."), 0.4),
        (said("Well. " + "Yes, do you hear me? " * 9 + "No."), SURE),
        (said("שגש מיף וגמיניה " + "נגש מיניה " * 12), SURE),
        (said("Abcdefghij klmnopqrst uvwxyzabcd efghijklmn.", word_ms=150), SURE),  # 66 letters a second
        (said("I have an idea.", word_ms=5_000), SURE),  # twenty seconds of voice for fifteen letters
        (said("Thank you for watching!"), SURE),
        (said("Sous-titres réalisés par la communauté d'Amara.org"), SURE),
        (said("字幕由Amara.org社区提供"), SURE),
    ],
)
def test_each_guard_alone_calls_for_a_second_hearing(heard: Said, language: float) -> None:
    assert doubtful(heard, language, VOICE)


def test_nothing_needs_no_second_hearing() -> None:
    assert not doubtful(said(""), 0.1, VOICE)


def test_what_the_model_is_most_unsure_of_is_not_heard_again() -> None:
    assert hopeless(said("Say, he may hear you.", log_probability=-1.08))
    assert not hopeless(said("Banana.", log_probability=-0.63))


def test_what_two_hearings_agree_on_stays() -> None:
    first = said("the quick brown fox jumps over the lazy cat", log_probability=-0.6)
    again = [
        said("the quick brown fox", log_probability=-0.7),
        said("jumps over a lazy dog", log_probability=-0.7, start_ms=1_200),
    ]
    assert texts(agreed(first, again, VOICE)) == "the quick brown fox jumps over a lazy dog"


def test_what_two_hearings_differ_about_goes() -> None:
    first = said("Ich glaube, hier ist ein Servio.", log_probability=-0.7)
    again = [said("Vielleicht war er nur die Stimme", log_probability=-0.7)]
    assert agreed(first, again, VOICE) == ()


def test_hearings_of_japanese_are_compared_by_letters() -> None:
    first = said("映画を 作るのに どれだけの 仕事が", log_probability=-0.6)
    again = [said("映画を 作る のに どれだけ の 仕事が", log_probability=-0.6)]
    assert agreed(first, again, VOICE)


@pytest.mark.parametrize(
    "again",
    [
        said("I have never understood any of this.", log_probability=-0.85),
        said("I have never understood any of this.", log_probability=-0.6, silence=0.3),
        said("I have never understood any of this. I have never understood any of this.", log_probability=-0.6),
        said("I have never understood any of this.", log_probability=-0.6, word_ms=4_000),
    ],
    ids=["unsure", "silence", "said twice", "too few words"],
)
def test_a_second_hearing_that_is_in_doubt_itself_confirms_nothing(again: Said) -> None:
    first = said("I have never understood any of this. " * 4, log_probability=-0.56)
    assert agreed(first, [again], VOICE) == ()


def test_of_a_loop_its_beginning_stays() -> None:
    heard = said("Well. " + "Yes, do you hear me? " * 9 + "No.")
    assert texts(believable(heard.words, VOICE)) == "Well. Yes, do you hear me? Yes, do you hear me? No."


def test_a_word_where_there_is_no_voice_goes() -> None:
    words = (Word(0, 300, "Hello", 90), Word(3_000, 3_400, "goodbye", 90))
    assert texts(believable(words, voice((100, 2), (5, 2)))) == "Hello"


def test_a_word_whose_place_the_model_did_not_find_stays() -> None:
    words = (Word(1_500, 3_000, "15th", 90), Word(3_000, 3_000, "century.", 90))
    assert texts(believable(words, voice((100, 2), (5, 2)))) == "15th century."


@pytest.mark.parametrize("text", ["Thank you for watching!", "Vielen Dank fürs Zuschauen!", "Gracias por ver el video."])
def test_thanks_stay_where_a_voice_says_them_and_go_where_none_does(text: str) -> None:
    words = said(f"That is all. {text}", word_ms=400).words
    thanks_ms = 1_200
    assert texts(believable(words, VOICE)) == f"That is all. {text}"
    assert texts(believable(words, voice((100, thanks_ms / 1000 - 0.1), (10, 1), (60, 0.1), (10, 3)))) == "That is all."
