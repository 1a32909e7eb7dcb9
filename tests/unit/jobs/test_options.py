"""Options as text."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from video_automation.errors import RequestError
from video_automation.jobs.policy.options import DESCRIBED, OPTIONS, SWITCHES, params_with
from video_automation.plan.choices import ASPECT_RATIOS, CLIP_STYLES, LAYOUTS
from video_automation.plan.params import EncodeParams, Params, SpeechParams


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
    sections = [getattr(Params(), field.name) for field in fields(Params)]
    names = [field.name for section in sections if is_dataclass(section) for field in fields(section)]
    assert sorted(OPTIONS) == sorted(
        names + [field.name for field in fields(Params) if not is_dataclass(getattr(Params(), field.name))]
    )


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
