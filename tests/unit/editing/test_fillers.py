"""Filler words are found and cut, and a remark counts them."""

from fractions import Fraction

from video_automation.editing.speech.fillers import FillerRemoval, fillers, removals
from video_automation.plan.params import SpeechParams
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

WORDS = (Word(0, 400, "So,", 90), Word(500, 800, "Um,", 60), Word(900, 1400, "umbrellas", 95), Word(1500, 1700, "uh…", 50))

SAID = Transcript("en", WORDS)


def test_nothing_is_a_filler_unless_that_is_wished_for() -> None:
    assert fillers(SAID, SpeechParams()) == ()


def test_words_on_the_list_are_fillers_however_they_are_written() -> None:
    assert [word.text for word in fillers(SAID, SpeechParams(remove_fillers=True))] == ["Um,", "uh…"]


def test_a_sound_is_a_filler_with_hyphens_and_without() -> None:
    said = Transcript("ru", (Word(0, 400, "Э-э,", 90), Word(500, 800, "ээ…", 60), Word(900, 1400, "аа", 95)))
    assert fillers(said, SpeechParams(remove_fillers=True)) == said.words


def test_the_list_can_be_ones_own() -> None:
    assert [word.text for word in fillers(SAID, SpeechParams(remove_fillers=True, fillers=("so",)))] == ["So,"]


def test_the_plan_tells_which_frames_went_and_why() -> None:
    timeline = Timeline("video", Fraction(100), (FrameSpan(0, 45), FrameSpan(85, 300)))
    assert removals(WORDS[1:2], timeline) == (FillerRemoval(FrameSpan(45, 85), "um"),)


def test_a_filler_that_had_to_stay_is_not_told_of() -> None:
    assert removals(WORDS[1:2], Timeline("video", Fraction(100), (FrameSpan(0, 300),))) == ()
