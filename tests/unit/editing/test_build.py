"""The whole decision about a film."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from scenes import MUSIC, QUIET, SPEECH, heard, source

from video_automation.editing.build import plan
from video_automation.plan.edit import EditPlan, plan_from_json, plan_json
from video_automation.plan.observed import Hearing
from video_automation.plan.params import EncodeParams, LevelParams, Params
from video_automation.plan.time import FrameSpan

TALK = heard(SPEECH(2080), QUIET(1920), SPEECH(2000))
MUSICAL = heard(MUSIC(6000), QUIET(3000))


def spans(made: EditPlan) -> tuple[FrameSpan, ...]:
    (film,) = made.renditions
    return film.timeline.spans


def test_a_talk_becomes_one_film_without_its_pauses() -> None:
    made = plan(source(TALK, name="My talk.mp4"), TALK, Params(encode=EncodeParams(crf=30), level=LevelParams(target_lufs=-16)))
    (film,) = made.renditions
    assert film.name == "processed_My_talk.mp4"
    assert film.timeline.spans == (FrameSpan(0, 220), FrameSpan(386, 600))
    assert film.timeline.rate == Fraction(100)
    assert (film.width, film.height) == (640, 360)
    assert film.gain_db == 4.0
    assert film.encode.crf == 30
    assert made.remarks == ()


def test_trimming_can_be_switched_off() -> None:
    made = plan(source(TALK), TALK, Params(trim_silence=False))
    assert spans(made) == (FrameSpan(0, 600),)
    assert made.renditions[0].gain_db == 6.0
    assert made.remarks == ()


def test_a_film_in_which_nobody_speaks_is_left_whole_and_says_so() -> None:
    made = plan(source(MUSICAL), MUSICAL, Params())
    assert spans(made) == (FrameSpan(0, 900),)
    assert made.renditions[0].gain_db == 8.0
    assert made.remarks == ("No speech was found, so the film was left whole.",)


def test_a_film_without_sound_is_left_whole_and_says_so() -> None:
    made = plan(source(Hearing(), sound=False), Hearing(), Params())
    assert spans(made) == (FrameSpan(0, 500),)
    assert made.renditions[0].gain_db is None
    assert made.remarks == ("The film has no sound, so it was left whole.",)


@given(st.lists(st.sampled_from([SPEECH(700), SPEECH(320), QUIET(900), QUIET(300), MUSIC(800)]), min_size=1, max_size=8))
def test_equal_inputs_give_an_equal_plan_byte_for_byte(sounds: list[object]) -> None:
    first, second = (plan_json(plan(source(hearing), hearing, Params())) for hearing in (heard(*sounds), heard(*sounds)))  # type: ignore[arg-type]
    assert first == second
    assert plan_json(plan_from_json(first)) == first
