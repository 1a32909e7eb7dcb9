"""Names that a person has written into captions are found."""

from video_automation.editing.captions.new_terms import new_terms
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan


def heard(text: str, language: str = "en") -> Transcript:
    return Transcript(language, tuple(Word(i * 100, i * 100 + 90, word, 90) for i, word in enumerate(text.split())))


def written(*texts: str) -> tuple[Cue, ...]:
    return tuple(Cue(FrameSpan(i * 10, i * 10 + 9), tuple(text.split("\n"))) for i, text in enumerate(texts))


def test_names_nobody_was_heard_to_say_are_new_and_neighbours_are_one() -> None:
    said = heard("Johan is good and bird had a press in minds.")
    shown = written("Johannes Gutenberg\nhad a press,", "in Mainz. And Mainz\nwas good. IT moved.")
    assert new_terms(said, shown) == ("Johannes Gutenberg", "Mainz", "IT")


def test_captions_of_our_own_have_no_new_names() -> None:
    ours = Cue(FrameSpan(0, 9), ("Gutenberg",), (CueWord(FrameSpan(0, 9), "Gutenberg"),))
    assert new_terms(heard("good"), (ours,)) == ()


def test_scripts_without_capitals_have_names_too() -> None:
    assert new_terms(heard("اخترع جوتن آلة", "ar"), written("اخترع غوتنبرغ آلة")) == ("غوتنبرغ",)


def test_no_more_than_a_dozen_are_offered() -> None:
    assert len(new_terms(heard("so"), written(*(f"the Name{'x' * i}," for i in range(30))))) == 12
