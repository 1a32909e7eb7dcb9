"""The whole decision about a video."""

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import MUSIC, QUIET, SPEECH, heard, source
from sights import face, sight
from talks import GARDEN, spoken

from video_automation.editing.deciding import decide
from video_automation.editing.edits.applying import all_applied
from video_automation.editing.flattening import flatten, looks
from video_automation.plan.document import Document
from video_automation.plan.edit import EditPlan, Removal, plan_from_json, plan_json
from video_automation.plan.edits import Captions, ClipSet
from video_automation.plan.params import CaptionParams, EncodeParams, LevelParams, Params, SpeechParams, TrimParams
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.observations import Observations
from video_automation.plan.source.recording import Source, picture_of_sound
from video_automation.plan.source.seen import Sight
from video_automation.plan.source.transcript import Transcript, Word
from video_automation.plan.time import FrameSpan
from video_automation.render.captions.sidecar_captions import srt

TALK = heard(SPEECH(2080), QUIET(1920), SPEECH(2000))
MUSICAL = heard(MUSIC(6000), QUIET(3000))


def plan(
    source: Source, hearing: Hearing, transcript: Transcript | None, params: Params, *, corrections: str | None = None
) -> EditPlan:
    """The plan, as far as it needs no sight of the picture."""
    document = captioned(decide(source, Observations((hearing, transcript)), params).document, corrections)
    return flatten(replace(document, clips=(), decided=(), looked_at=()), hearing, {})


def captioned(document: Document, corrections: str | None) -> Document:
    """The document with a person's captions, if any."""
    return all_applied(document, [Captions(vtt=corrections)])[0] if corrections else document


def spans(made: EditPlan) -> tuple[FrameSpan, ...]:
    (video,) = made.renditions
    return video.timeline.spans


def test_a_talk_becomes_one_video_without_its_pauses() -> None:
    made = plan(
        source(TALK, name="My talk.mp4"), TALK, None, Params(encode=EncodeParams(crf=30), level=LevelParams(target_lufs=-16))
    )
    (video,) = made.renditions
    assert video.name == "processed_My_talk.mp4"
    assert video.timeline.spans == (FrameSpan(0, 220), FrameSpan(386, 600))
    assert video.timeline.rate == Fraction(100)
    assert (video.width, video.height) == (640, 360)
    assert video.gain_db == 4.0
    assert video.encode.crf == 30
    assert made.remarks == ()


@pytest.mark.parametrize(("last", "rest"), [("so", 0), ("so.", 15), ("so?", 45)])
def test_more_of_a_pause_stays_after_a_sentence_and_most_after_a_question(last: str, rest: int) -> None:
    said = Transcript("en", (Word(0, 1000, "Why", 90), Word(1000, 2080, last, 90), Word(4000, 6000, "that", 90)))
    assert spans(plan(source(TALK), TALK, said, Params())) == (FrameSpan(0, 220 + rest), FrameSpan(386, 600))
    none = Params(trim=TrimParams(sentence_pause_ms=0))
    assert spans(plan(source(TALK), TALK, said, none)) == (FrameSpan(0, 220), FrameSpan(386, 600))


def test_trimming_can_be_switched_off() -> None:
    made = plan(source(TALK), TALK, None, Params(trim_silence=False))
    assert spans(made) == (FrameSpan(0, 600),)
    assert made.renditions[0].gain_db == 6.0
    assert made.remarks == ()


def test_a_video_in_which_nobody_speaks_is_left_whole_and_says_so() -> None:
    made = plan(source(MUSICAL), MUSICAL, None, Params())
    assert spans(made) == (FrameSpan(0, 900),)
    assert made.renditions[0].gain_db == 8.0
    assert made.remarks == ("No speech was found, so the video was left whole.",)


def test_a_video_without_sound_is_left_whole_and_says_so() -> None:
    made = plan(source(Hearing(), sound=False), Hearing(), None, Params())
    assert spans(made) == (FrameSpan(0, 500),)
    assert made.renditions[0].gain_db is None
    assert made.remarks == ("The video has no sound, so it was left whole.",)


def test_a_video_says_why_it_has_no_clips_unless_none_were_wanted() -> None:
    nothing = Transcript("en", ())
    (_, remark) = plan(source(MUSICAL), MUSICAL, nothing, Params()).remarks
    assert remark == "There are no clips: they are made of what is said, and nothing is."
    assert len(plan(source(MUSICAL), MUSICAL, nothing, Params(create_shorts=False)).remarks) == 1


@given(st.lists(st.sampled_from([SPEECH(700), SPEECH(320), QUIET(900), QUIET(300), MUSIC(800)]), min_size=1, max_size=8))
def test_equal_inputs_give_an_equal_plan_byte_for_byte(sounds: list[object]) -> None:
    first, second = (plan_json(plan(source(hearing), hearing, None, Params())) for hearing in (heard(*sounds), heard(*sounds)))  # type: ignore[arg-type]
    assert first == second
    assert plan_json(plan_from_json(first)) == first


SAID = Transcript(
    "en", tuple(Word(100 + 400 * i, 450 + 400 * i, text, 90) for i, text in enumerate(("So", "um", "we", "begin.")))
)


def test_what_is_said_is_captioned() -> None:
    made = plan(source(TALK), TALK, SAID, Params())
    (video,) = made.renditions
    assert [cue.lines for cue in video.cues] == [("So um we begin.",)]
    assert video.burn_in
    assert made.transcript
    assert [word.text for word in made.transcript.words] == ["So", "um", "we", "begin."]


def test_captions_can_be_a_track_or_none_at_all() -> None:
    beside = plan(source(TALK), TALK, SAID, Params(captions=CaptionParams(burn_captions=False))).renditions[0]
    assert (len(beside.cues), beside.burn_in) == (1, False)
    assert plan(source(TALK), TALK, SAID, Params(add_subtitles=False)).renditions[0].cues == ()


def test_a_persons_captions_take_the_place_of_ours() -> None:
    written = "WEBVTT\n\n00:00.500 --> 00:02.000\nWe begin.\n"
    (cue,) = plan(source(TALK), TALK, SAID, Params(), corrections=written).renditions[0].cues
    assert (cue.span, cue.lines) == (FrameSpan(50, 200), ("We begin.",))


def test_what_of_a_persons_captions_is_lost_is_told_with_the_result() -> None:
    written = "00:00:00,500 --> 00:00:02,000\n<i>We begin.</i>\n\n00:50:00,000 --> 00:51:00,000\nLate.\n"
    assert plan(source(TALK), TALK, SAID, Params(), corrections=written).remarks[-2:] == (
        "Styling is not kept: fonts, colours, italics, and places other than the usual one.",
        "Line 4: shown after the video ends, left out.",
    )


def test_fillers_go_with_their_reason_also_where_pauses_stay() -> None:
    made = plan(source(TALK), TALK, SAID, Params(trim_silence=False, speech=SpeechParams(remove_fillers=True)))
    assert [cue.text for cue in made.renditions[0].cues] == ["So we begin."]
    assert spans(made) == (FrameSpan(0, 50), FrameSpan(85, 600))
    assert made.removals == (Removal(FrameSpan(50, 85), "The filler word “um”."),)


GARDEN_WORDS = tuple(word for sentence in spoken(GARDEN).sentences for word in sentence.words)


HEARING = heard(SPEECH(GARDEN_WORDS[-1].end_ms + 1000))


@cache
def garden() -> Document:
    """A talk with clips."""
    return decide(source(HEARING), Observations((HEARING, Transcript("en", GARDEN_WORDS))), Params()).document


def made_of(document: Document) -> EditPlan:
    """The plan of a document, with a sight of its picture."""
    return flatten(document, HEARING, seen_in(document))


def seen_in(document: Document) -> dict[FrameSpan, Sight]:
    """A sight of somebody who moves a little, five samples a second, for each span that must be looked at."""
    return {
        span: sight(
            lambda frame: face(300 + frame % 7, confidence=80 + frame % 11), frames=span.length, start=span.start, step=20
        )
        for span in looks(document)
    }


@pytest.fixture(scope="module")
def before() -> tuple[Document, EditPlan]:
    """The talk with clips, and its plan."""
    return garden(), made_of(garden())


def test_a_clip_that_is_wanted_otherwise_changes_no_thumbnail(before: tuple[Document, EditPlan]) -> None:
    first, plan = before
    clip = first.clips[0]
    again, _ = all_applied(first, [ClipSet(clip=clip.id, start_ms=clip.start_ms + 5000)])
    after = made_of(again)
    assert [still for still in plan.stills if "thumbnail" in still.name] == [s for s in after.stills if "thumbnail" in s.name]
    assert plan.short(plan.clips[0]).timeline != after.short(after.clips[0]).timeline


def test_captions_that_are_given_back_as_they_were_change_nothing(before: tuple[Document, EditPlan]) -> None:
    _, plan = before
    assert made_of(captioned(garden(), srt(plan.main))).renditions[1:] == plan.renditions[1:]


def test_a_corrected_caption_is_corrected_in_the_clips_that_show_it_and_in_no_other(before: tuple[Document, EditPlan]) -> None:
    _, plan = before
    best = plan.short(plan.clips[0])
    word = best.cues[0].words[0].text
    corrected = srt(plan.main).replace(best.cues[0].lines[0], best.cues[0].lines[0].replace(word, "Otherwise", 1))
    made = made_of(captioned(garden(), corrected))
    assert made.short(made.clips[0]).cues[0].words[0].text == "Otherwise"
    assert [video.cues == old.cues for video, old in zip(made.renditions[2:], plan.renditions[2:], strict=True)] == [True] * 4


def test_for_a_recording_of_sound_alone_clips_are_drawn_in_their_shape_and_stills_where_it_is_loud() -> None:
    podcast = replace(source(HEARING, name="talk.mp3"), picture=picture_of_sound(Fraction(len(HEARING.levels_db), 100)))
    document = decide(podcast, Observations((HEARING, Transcript("en", GARDEN_WORDS))), Params()).document
    assert looks(document) == ()
    made = flatten(document, HEARING, {})
    video, *shorts = made.renditions
    assert (video.width, video.height) == (1280, 720)
    assert shorts
    for each in shorts:
        assert (each.width, each.height, each.framing, each.captions_at) == (1080, 1920, None, "low")
    stills = {still.name: still for still in made.stills}
    assert {"talk_thumbnail_1.jpg", "talk_thumbnail_2.jpg", "talk_thumbnail_3.jpg", "talk_short_01.jpg"} <= stills.keys()
    loudest = max(HEARING.levels_db)
    assert all(HEARING.levels_db[still.frame * 1000 // 30 // 10] == loudest for still in stills.values())
    assert plan_from_json(plan_json(made)) == made
