"""How the words of the transcript change when a person corrects the captions of the video."""

from fractions import Fraction

from hypothesis import given
from talk import spoken, talks, video

from video_automation.editing.captions.captioning import cues
from video_automation.editing.captions.rewording import reworded
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

HEARD = spoken("The wood cutters came from China. [900] They printed fine books.")
SAID = Transcript("en", HEARD)
WHOLE = video((0, 8000))


def with_captions(*captions: tuple[int, int, str]) -> list[tuple[str, int, int]]:
    """The words of the whole video after captions with these times and texts."""
    written = [Cue(FrameSpan(start * 25 // 1000, end * 25 // 1000), (text,)) for start, end, text in captions]
    return [(word.text, word.start_ms, word.end_ms) for word in reworded(SAID, written, WHOLE).words]


def as_heard(*places: int) -> list[tuple[str, int, int]]:
    return [(HEARD[i].text, HEARD[i].start_ms, HEARD[i].end_ms) for i in places]


FIRST_ENDS = HEARD[5].end_ms
SECOND = (FIRST_ENDS + 400, 8000, "They printed fine books.")


def test_captions_that_say_what_is_heard_change_nothing() -> None:
    assert with_captions((0, FIRST_ENDS, "The wood cutters came from China."), SECOND) == as_heard(*range(len(HEARD)))


def test_words_of_a_caption_that_times_them_are_spoken_then() -> None:
    timed = (CueWord(FrameSpan(0, 10), "Wood"), CueWord(FrameSpan(10, 50), "cutters"))
    words = reworded(SAID, [Cue(FrameSpan(0, 50), ("Wood cutters",), timed)], WHOLE).words
    assert [(word.text, word.start_ms, word.end_ms) for word in words] == [("Wood", 0, 400), ("cutters", 400, 2000)]


def test_the_dash_of_another_speaker_is_no_word() -> None:
    timed = tuple(CueWord(FrameSpan(i, i + 9), text) for i, text in enumerate(("- Wood", "cutters", "-", "indeed")))
    for words in (timed, ()):
        own = Cue(FrameSpan(0, 50), ("- Wood cutters", "- indeed"), words)
        assert [word.text for word in reworded(SAID, [own], WHOLE).words if word.start_ms < 2000] == [
            "Wood",
            "cutters",
            "indeed",
        ]


def test_a_word_in_place_of_another_has_its_time() -> None:
    changed = with_captions((0, FIRST_ENDS, "The wood cutters came from Japan."), SECOND)
    assert changed == [*as_heard(0, 1, 2, 3, 4), ("Japan.", *as_heard(5)[0][1:]), *as_heard(6, 7, 8, 9)]


def test_one_word_in_place_of_two_has_the_time_of_both() -> None:
    changed = with_captions((0, FIRST_ENDS, "The woodcutters came from China."), SECOND)
    assert changed[1] == ("woodcutters", HEARD[1].start_ms, HEARD[2].end_ms)


def test_a_word_that_was_not_heard_comes_between_the_others() -> None:
    changed = with_captions((0, FIRST_ENDS, "The wood cutters never came from China."), SECOND)
    assert [text for text, _, _ in changed[:5]] == ["The", "wood", "cutters", "never", "came"]
    assert changed[2][2] <= changed[3][1] < changed[3][2]


def test_what_a_person_has_left_out_is_gone() -> None:
    assert with_captions((0, FIRST_ENDS, "The cutters came from China.")) == as_heard(0, 2, 3, 4, 5)


def test_a_caption_where_nothing_is_heard_is_there_all_the_same() -> None:
    silent = Transcript("en", ())
    made = reworded(silent, [Cue(FrameSpan(25, 75), ("Applause here",))], WHOLE)
    assert made.words == (Word(1000, 1980, "Applause", 100), Word(1980, 2960, "here", 100))


def test_words_of_the_video_alone_are_changed_by_its_captions() -> None:
    kept = Timeline("video", Fraction(25), (FrameSpan(0, 50), FrameSpan(100, 200)))
    made = reworded(SAID, [Cue(FrameSpan(0, 150), ("Nothing",))], kept)
    assert [word.text for word in made.words] == ["Nothing"]


@given(talks())
def test_our_own_captions_say_what_is_heard(words: tuple[Word, ...]) -> None:
    timeline = video((0, 60_000))
    shown = cues(Transcript("en", words), timeline, longest_line=42)
    made = reworded(Transcript("en", words), shown, timeline).words
    said = "".join(line for cue in shown for line in cue.lines).replace(" ", "")
    assert sorted("".join(word.text for word in made)) == sorted(said)
