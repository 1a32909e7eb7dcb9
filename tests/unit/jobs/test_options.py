"""Options are read from text."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from video_automation.errors import RequestError
from video_automation.jobs.policy.options import DESCRIBED, OPTIONS, SWITCHES, params_with
from video_automation.plan.choices import ASPECT_RATIOS, CLIP_STYLES, LAYOUTS
from video_automation.plan.params import EncodeParams, LookParams, Params, SpeechParams


def test_text_becomes_values_of_the_right_kind() -> None:
    params = params_with(Params(), {"trim_silence": "false", "crf": "30", "target_lufs": "-16.5", "preset": "fast"})
    assert params.trim_silence is False
    assert params.encode == EncodeParams(preset="fast", crf=30)
    assert params.level.target_lufs == -16.5


def test_speech_and_captions_are_set_by_text_too() -> None:
    text = {"language": "de", "remove_fillers": "true", "fillers": "äh, ähm ,", "add_subtitles": "off", "burn_captions": "0"}
    params = params_with(Params(), text)
    assert params.speech == SpeechParams(language="de", remove_fillers=True, fillers=("äh", "ähm"))
    assert (params.add_subtitles, params.captions.burn_captions) == (False, False)


def test_words_may_be_given_as_json_too() -> None:
    assert params_with(Params(), {"fillers": '["äh", "ähm"]'}).speech.fillers == ("äh", "ähm")


@pytest.mark.parametrize("name", ["fillers", "clips"])
@pytest.mark.parametrize("text", ["[", "[1]", "[" * 100_000])
def test_broken_lists_are_refused(name: str, text: str) -> None:
    with pytest.raises(RequestError) as refused:
        params_with(Params(), {name: text})
    assert refused.value.code == "wrong_option"


def test_a_language_left_empty_is_none() -> None:
    assert params_with(Params(speech=SpeechParams(language="de")), {"language": ""}).speech.language is None


def test_what_is_on_or_off_is_known() -> None:
    wanted = {
        "trim_silence",
        "add_subtitles",
        "create_shorts",
        "generate_titles",
        "burn_captions",
        "remove_fillers",
        "clip_titles",
        "review",
        "logo_in_clips",
        "logo_in_video",
        "opening_in_clips",
        "opening_in_video",
        "closing_in_clips",
        "closing_in_video",
    }
    assert wanted == SWITCHES


def test_every_option_is_in_the_table_of_the_api() -> None:
    document = (Path(__file__).parents[3] / "docs/http-api.md").read_text()
    table = [line.split("|")[1] for line in document.splitlines() if line.startswith("| `")]
    assert [name for name in OPTIONS if not any(f"`{name}`" in cell for cell in table)] == []


def test_what_is_not_named_stays_as_the_settings_have_it() -> None:
    defaults = Params(encode=EncodeParams(crf=33))
    assert params_with(defaults, {}) == defaults
    assert params_with(defaults, {"lead_ms": "50"}).encode.crf == 33


@pytest.mark.parametrize("option", ["colour", "encode", "trim", "__class__", ""])
def test_an_unknown_option_is_named(option: str) -> None:
    with pytest.raises(RequestError, match="There is no option") as error:
        params_with(Params(), {option: "1"})
    assert error.value.code == "unknown_option"
    assert repr(option) in error.value.sentence


@pytest.mark.parametrize(
    ("option", "text"), [("crf", "99"), ("crf", "x"), ("crf", ""), ("preset", "quick"), ("trim_silence", "maybe")]
)
def test_a_wrong_value_is_named_with_its_option(option: str, text: str) -> None:
    with pytest.raises(RequestError, match=f"^{option}: ") as error:
        params_with(Params(), {option: text})
    assert error.value.code == "wrong_option"
    assert repr(text) in error.value.sentence


def test_every_parameter_is_an_option_once() -> None:
    asked = [field for field in fields(Params) if field.name != "brand"]
    sections = [getattr(Params(), field.name) for field in asked]
    names = [field.name for section in sections if is_dataclass(section) for field in fields(section)]
    assert sorted(OPTIONS) == sorted(names + [field.name for field in asked if not is_dataclass(getattr(Params(), field.name))])


LOOK = {
    "font": "Rubik Bold",
    "letter_colour": "#ffe14d",
    "spoken_colour": "#00FF00",
    "keyword_colour": "#123456",
    "outline_colour": "#000000",
    "outline_width": "12",
    "box": "line",
    "box_colour": "#FFFFFF",
    "letter_case": "capitals",
    "words_per_line": "6",
}


def test_a_look_is_set_by_text_and_left_out_by_an_empty_one() -> None:
    params = params_with(Params(), LOOK)
    assert set(LOOK) == {field.name for field in fields(LookParams)}
    assert params.look == LookParams(**(LOOK | {"letter_colour": "#FFE14D", "outline_width": 12, "words_per_line": 6}))  # type: ignore[arg-type]
    assert params_with(params, dict.fromkeys(LOOK, "")).look == LookParams()


@pytest.mark.parametrize(
    ("option", "text", "told"),
    [
        ("letter_colour", "red", "“#RRGGBB”"),
        ("box_colour", "#FFF", "“#RRGGBB”"),
        ("outline_width", "31", "at most 30"),
        ("words_per_line", "0", "at least 1"),
        ("words_per_line", "7", "at most 6"),
        ("box", "round", "'none', 'word', 'line' or 'block'"),
        ("letter_case", "upper", "'as_spoken' or 'capitals'"),
        ("caption_position", "101", "0 to 100 percent"),
        ("caption_position", "top", "0 to 100 percent"),
    ],
)
def test_a_look_that_cannot_be_is_refused_with_what_can(option: str, text: str, told: str) -> None:
    with pytest.raises(RequestError, match=f"^{option}: ") as refused:
        params_with(Params(), {option: text})
    assert refused.value.code == "wrong_option"
    assert told in refused.value.sentence


@pytest.mark.parametrize(("text", "place"), [("low", "low"), ("high", "high"), ("0", 0), ("100", 100), ("", None)])
def test_captions_of_clips_are_at_a_named_place_or_a_height(text: str, place: object) -> None:
    assert params_with(Params(), {"caption_position": text}).clips.caption_position == place


def test_the_sound_is_the_original_unless_it_is_to_be_clean() -> None:
    assert params_with(Params(), {}).level.sound == "original"
    assert params_with(Params(), {"sound": "clean"}).level.sound == "clean"
    with pytest.raises(RequestError, match="sound: must be 'clean' or 'original'"):
        params_with(Params(), {"sound": "loud"})


def test_a_clip_of_hours_is_refused() -> None:
    assert params_with(Params(), {"clips": "5-605"}).clips.clips == ((5.0, 605.0),)
    with pytest.raises(RequestError, match="ten minutes at most"):
        params_with(Params(), {"clips": "0-43000"})


def test_an_option_that_is_a_choice_is_described_with_all_there_is_to_choose_from() -> None:
    assert DESCRIBED["aspect"] == f"The shape of clips: {', '.join(ASPECT_RATIOS)}."
    for option, table in (("aspect", ASPECT_RATIOS), ("layout", LAYOUTS), ("clip_style", CLIP_STYLES)):
        for choice in table.values():
            assert choice.name in DESCRIBED[option]
            assert choice.meaning in DESCRIBED[option]
