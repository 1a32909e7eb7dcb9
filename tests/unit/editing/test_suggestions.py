"""Suggested cuts: fillers, long pauses, retakes; and what only looks like one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from gardens import garden
from paragraphs import PARAGRAPHS
from talk import spoken
from talks import GARDEN

from video_automation.editing.edits.applying import all_applied
from video_automation.editing.speech.suggestions import Suggestion, Waveform, suggestions
from video_automation.plan.document import Document
from video_automation.plan.edits import CutOut
from video_automation.plan.source.transcript import Transcript, Unwritten, Word
from video_automation.plan.text.segmentation import words_of

TEXTS = Path(__file__).parents[2] / "recordings" / "texts.tsv"


def document(text: str, language: str = "en") -> Document:
    """The document of a recording with this text (as `spoken` reads it) and without cuts."""
    return of_words(spoken(text), language)


def of_words(words: Sequence[Word], language: str = "en") -> Document:
    source = garden().source
    frames = (words[-1].end_ms + 1_000) // 10
    source = replace(source, picture=replace(source.picture, frames=frames), duration_ms=10 * frames)
    said = Transcript(language, tuple(words))
    return replace(garden(), source=source, transcript=said, cuts=(), clips=(), candidates=(), decided=(), corrections=())


def found(text: str, kind: str, language: str = "en") -> list[str]:
    return [one.text for one in suggestions(document(text, language)) if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "language", "fillers"),
    [
        ("So, um, the press was uh made in Mainz.", "en", ["um,", "uh"]),
        ("Also, ähm, das war äh in Mainz.", "de", ["ähm,", "äh"]),
        ("Umbrellas are err, no, fine.", "en", []),
    ],
)
def test_fillers_are_the_sounds_of_the_language(text: str, language: str, fillers: list[str]) -> None:
    assert found(text, "filler", language) == fillers


@pytest.mark.parametrize(
    ("text", "retakes"),
    [
        ("We went to the the market.", ["the"]),
        ("We went to the um the market.", ["the"]),
        ("And I I think it works.", ["I"]),
        ("I think I think we should go.", ["I think"]),
        ("We drove to the to the market.", ["to the"]),
        ("On Saturday I— On Saturday I went to the market.", ["On Saturday I—"]),
        ("On Saturday we... On Saturday my neighbour went home.", ["On Saturday we..."]),
        ("On Saturday I went, on Saturday I went to the market.", ["On Saturday I went,"]),
        ("The soil on a roof is [700] The soil on this roof is light.", ["The soil on a roof is"]),
        ("Now we open the terminal first. [900] Now we open the terminal first.", ["Now we open the terminal first."]),
        ("So the first- [200] So the first- [200] So the first rule is rest.", ["So the first-", "So the first-"]),
    ],
)
def test_what_is_said_again_is_found_and_the_last_attempt_stays(text: str, retakes: list[str]) -> None:
    assert found(text, "retake") == retakes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It is very, very good.", "en"),
        ("It is very very good.", "en"),
        ("No, no, no, that is wrong.", "en"),
        ("No no no.", "en"),
        ("Thank you, thank you very much.", "en"),
        ("I know that that is true, and she had had enough.", "en"),
        ("We shall fight on the beaches. We shall fight on the landing grounds.", "en"),
        ("I have a dream. I have a dream that one day this will end.", "en"),
        ("We will fight, we will win, and we will sing.", "en"),
        ("When I was young I slept, and when I was old I slept.", "en"),
        ("Peter Miller said that Peter Miller would come.", "en"),
        ("It says 20 20 20 20 on the screen.", "en"),
        ("I went to the shop and [800] I went to the bank.", "en"),
        ("Das sind die Leute, die die Sprache sprechen.", "de"),
        ("Nous nous sommes vus hier.", "fr"),
        ("È molto molto bello, e poco poco caro.", "it"),
        ("वह धीरे धीरे चला और बार बार आया।", "hi"),
        ("谢谢谢谢，我们研究研究。", "zh"),
    ],
)
def test_what_is_repeated_on_purpose_is_not_found(text: str, language: str) -> None:
    words = [Word(400 * i, 400 * i + 360, each, 95) for i, each in enumerate(words_of(text, language))]
    made = document(text, language) if "[" in text else of_words(words, language)
    assert [one.text for one in suggestions(made) if one.kind == "retake"] == []


def kinds_in(text: str, language: str) -> set[str]:
    words = [Word(400 * i, 400 * i + 360, each, 95) for i, each in enumerate(words_of(" ".join(text.split()), language))]
    return {one.kind for one in suggestions(of_words(words, language))}


def test_nothing_is_found_in_what_was_written_to_be_read() -> None:
    recordings = dict(line.split("\t") for line in TEXTS.read_text().splitlines()[1:])
    assert {code: kinds_in(text, code) for code, text in recordings.items()} == {code: set() for code in recordings}
    assert kinds_in(GARDEN, "en") == set()
    told = {code: kinds_in(text, code) - {"filler"} for code, text in PARAGRAPHS.items()}
    assert told == {code: set() for code in PARAGRAPHS}, "each has a filler, and nothing is said again"


def test_a_long_pause_is_cut_down_and_more_of_it_stays_after_a_sentence() -> None:
    made = document("It was [1200] made in Mainz. [1500] Then it [900] spread.")
    words = made.transcript.words if made.transcript else ()
    within, after = suggestions(made)
    assert (within.kind, within.start_ms - words[1].end_ms + words[2].start_ms - within.end_ms) == ("pause", 350)
    assert (after.kind, after.start_ms - words[4].end_ms + words[5].start_ms - after.end_ms) == ("pause", 600)


def test_a_pause_with_music_or_with_speech_nobody_wrote_down_is_none() -> None:
    made = document("It was [1600] made in Mainz.")
    (pause,) = suggestions(made)
    quiet = [100 if any(w.start_ms <= 20 * i < w.end_ms for w in made.transcript.words) else 4 for i in range(500)]  # type: ignore[union-attr]
    music = [100] * 500
    assert suggestions(made, Waveform(50, quiet)) == (pause,)
    assert suggestions(made, Waveform(50, music)) == ()
    said = replace(made.transcript, unwritten=(Unwritten(pause.start_ms, pause.end_ms, "not_understood"),))  # type: ignore[type-var]
    assert suggestions(replace(made, transcript=said)) == ()


def test_once_all_is_cut_out_nothing_is_found_any_more() -> None:
    text = "So um the soil [1800] is um the the soil is light. On a roof— On a roof it dries. [2000] And it it is cheap."
    made = document(text)
    assert {one.kind for one in suggestions(made)} == {"filler", "pause", "retake"}
    for _ in range(2):  # without its fillers a pause may be long
        cuts = [CutOut(start_ms=one.start_ms, end_ms=one.end_ms) for one in suggestions(made)]
        made = all_applied(made, cuts)[0] if cuts else made
    assert suggestions(made) == ()


def test_suggestions_are_in_order_and_name_their_words() -> None:
    made = document("We um went to the the market.")
    assert [(one.kind, one.words, one.text) for one in suggestions(made)] == [
        ("filler", (1, 1), "um"),
        ("retake", (4, 4), "the"),
    ]
    assert isinstance(suggestions(made)[0], Suggestion)
