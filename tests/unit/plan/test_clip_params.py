"""The parameters of clips."""

import pytest
from pydantic import TypeAdapter, ValidationError

from video_automation.plan.params import ClipParams, Params

PARAMS = TypeAdapter(Params)


def clips(**values: object) -> ClipParams:
    return PARAMS.validate_python({"clips": values}).clips


@pytest.mark.parametrize("given", ["12.5-40,61-95", " 12.5 - 40 , 61-95 ", "[[12.5, 40], [61, 95]]", [[12.5, 40], ["61", 95]]])
def test_ranges_are_text_or_pairs(given: object) -> None:
    assert clips(clips=given).clips == ((12.5, 40.0), (61.0, 95.0))


@pytest.mark.parametrize("given", ["", "[]", ()])
def test_no_ranges_are_none(given: object) -> None:
    assert clips(clips=given).clips == ()


@pytest.mark.parametrize("given", ["12", "a-b", "1-2-3", "[1, 2]", "[[1]]", "{", 7, None, [[1, [2]]]])
def test_what_is_no_range_is_refused_with_an_example(given: object) -> None:
    with pytest.raises(ValidationError, match="such as") as error:
        clips(clips=given)
    assert error.value.errors()[0]["loc"] == ("clips", "clips")


@pytest.mark.parametrize("given", ["40-12", "5-5", "-3-4", "[[-1, 4]]", "nan-3", "3-inf"])
def test_a_range_that_cannot_be_is_refused(given: object) -> None:
    with pytest.raises(ValidationError):
        clips(clips=given)


def test_lengths_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValidationError, match="must not fall"):
        clips(shortest_s=90)


@pytest.mark.parametrize("switch", ["add_subtitles", "create_shorts", "generate_titles"])
def test_words_are_needed_by_each_step_that_uses_them(switch: str) -> None:
    off = {"add_subtitles": False, "create_shorts": False, "generate_titles": False}
    assert not Params(**off).needs_words
    assert Params(**(off | {switch: True})).needs_words


def test_parameters_survive_json() -> None:
    params = Params(clips=ClipParams(clips=((1.5, 20.0),), aspect="1:1"))
    assert PARAMS.validate_json(PARAMS.dump_json(params)) == params
