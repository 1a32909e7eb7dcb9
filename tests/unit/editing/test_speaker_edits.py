"""Speakers are named, given words, made one; and what is refused."""

from dataclasses import replace

import pytest
from gardens import WORDS, after, garden, made_of, refused

from video_automation.editing.edits.applying import all_applied, replayed
from video_automation.editing.speech.word_turns import with_words_of
from video_automation.plan.document import Document
from video_automation.plan.edits import edits_from
from video_automation.plan.source.speakers import Speaker

SECOND = range(10, 20)
"""The words of the second speaker."""


def conversation() -> Document:
    said = garden().transcript
    assert said
    speakers = [2 if number in SECOND else 1 for number in range(len(WORDS))]
    return replace(garden(), transcript=with_words_of(said, speakers))


def by_word(document: Document) -> list[int | None]:
    assert document.transcript
    return [document.transcript.speaker_at(word.start_ms) for word in document.transcript.words]


def people(document: Document) -> tuple[Speaker, ...]:
    assert document.transcript
    return document.transcript.speakers


def dashes(document: Document) -> int:
    return sum(line.startswith("- ") for cue in made_of(document).main.cues for line in cue.lines)


def test_a_speaker_is_named_and_by_an_empty_name_unnamed() -> None:
    named = after({"op": "speaker", "speaker": 2, "name": " Ann\nLee "}, document=conversation())
    assert people(named) == (Speaker(1, "Speaker 1"), Speaker(2, "Ann Lee"))
    assert by_word(named) == by_word(conversation())
    assert after({"op": "speaker", "speaker": 2, "name": ""}, document=named) == conversation()


def test_words_are_given_to_another_speaker_and_a_name_stays() -> None:
    named = {"op": "speaker", "speaker": 1, "name": "Ann"}
    given = after(named, {"op": "speaker", "words": [10, 14], "speaker": 1}, document=conversation())
    assert by_word(given)[10:20] == [1] * 5 + [2] * 5
    assert people(given)[0] == Speaker(1, "Ann")


def test_words_are_given_to_somebody_new() -> None:
    given = after({"op": "speaker", "words": [0, 4], "speaker": 3}, document=conversation())
    assert by_word(given)[:6] == [3] * 5 + [1]
    assert [one.id for one in people(given)] == [1, 2, 3]


def test_two_speakers_are_made_one_and_the_dashes_go() -> None:
    merged = after({"op": "speaker", "merge": [1, 2]}, document=conversation())
    assert set(by_word(merged)) == {1}
    assert people(merged) == (Speaker(1, "Speaker 1"),)
    assert (dashes(conversation()), dashes(merged)) == (2, 0)


def test_where_nobody_was_told_apart_words_may_be_given_to_a_second_speaker() -> None:
    assert by_word(garden())[0] is None
    given = after({"op": "speaker", "words": [10, 19], "speaker": 2})
    assert by_word(given) == by_word(conversation())


def test_the_one_speaker_of_a_document_of_before_is_named() -> None:
    assert people(after({"op": "speaker", "speaker": 1, "name": "Ann"})) == (Speaker(1, "Ann"),)


def test_a_name_that_nobody_sees_is_none() -> None:
    assert after({"op": "speaker", "speaker": 2, "name": "\u200b"}, document=conversation()) == conversation()


def test_a_text_is_replaced_in_own_captions_and_each_speaker_keeps_the_line() -> None:
    vtt = "WEBVTT\n\n00:02.000 --> 00:04.000\nWas it red?\n- Yes, Ruth: red.\n"
    own = after({"op": "captions", "vtt": vtt}, document=conversation())
    changed = after({"op": "replace", "find": "red", "with": "blue"}, document=own)
    assert made_of(changed).main.cues[0].lines == ("Was it blue?", "- Yes, Ruth: blue.")
    clips = [word.text for clip in made_of(changed).renditions[1:] for cue in clip.cues for word in cue.words]
    assert clips
    assert "-" not in clips


def test_corrected_words_keep_their_speaker() -> None:
    corrected = after({"op": "correct", "words": [10, 11], "text": "one two three"}, document=conversation())
    said = made_of(corrected).transcript
    assert said
    assert [said.speaker_at(word.start_ms) for word in said.words[8:22]] == [1, 1, *[2] * 11, 1]


def test_a_speaker_who_is_not_there_any_more_loses_the_edit_and_no_other() -> None:
    edits = edits_from([{"op": "speaker", "speaker": 2, "name": "Ann"}, {"op": "speaker", "speaker": 1, "name": "Bo"}])
    _, kept = all_applied(conversation(), edits)
    alone = after({"op": "speaker", "merge": [1, 2]}, document=conversation())
    again = replayed(alone, kept)
    assert people(again) == (Speaker(1, "Bo"),)
    assert "One of your changes does not fit" in again.remarks[-1]


@pytest.mark.parametrize(
    "edit",
    [
        {},
        {"speaker": 1},
        {"name": "Ann"},
        {"words": [1, 2]},
        {"speaker": 9, "name": "Ann"},
        {"speaker": 4, "words": [1, 2]},
        {"speaker": 1, "words": [1, 9_999]},
        {"speaker": 0, "name": "Ann"},
        {"merge": [1, 9]},
        {"merge": [1, 1]},
        {"merge": [1, 2], "name": "Ann"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(edit: dict[str, object]) -> None:
    assert refused({"op": "speaker"} | edit, document=conversation())
