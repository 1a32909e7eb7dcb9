"""Every choice is documented everywhere, and every documented choice works."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from video_automation.plan.choices import (
    ASPECT_RATIOS,
    CLIP_STYLES,
    FONTS,
    LAYOUTS,
    AspectName,
    CaptionStyleName,
    Choice,
    ClipStyleName,
    DecidedLayoutName,
    FontName,
    LayoutName,
)

ROOT = Path(__file__).parents[3]
TABLES: dict[str, tuple[Mapping[str, Choice], object]] = {
    "aspect": (ASPECT_RATIOS, AspectName),
    "layout": (LAYOUTS, LayoutName),
    "clip_style": (CLIP_STYLES, ClipStyleName),
    "font": (FONTS, FontName),
}


@pytest.mark.parametrize("option", TABLES)
def test_the_documentation_lists_all_choices_in_their_order_and_no_other(option: str) -> None:
    table, listed, current = TABLES[option][0], [], ""
    text = (ROOT / "docs/configuration.md").read_text().split("### Choices for clips\n")[1].split("\n#")[0]
    for line in text.splitlines():
        if line.startswith(("| `", "| |")):
            _, named, choice, *_ = (cell.strip(" `") for cell in line.split("|"))
            current = named or current
            listed += [choice] if current == option else []
    assert listed == list(table)


@pytest.mark.parametrize("option", TABLES)
def test_every_choice_is_taken_and_described(option: str) -> None:
    table, name = TABLES[option]
    adapter: TypeAdapter[str] = TypeAdapter(name)
    assert [adapter.validate_python(one) for one in table] == list(table)
    assert adapter.json_schema() == {"enum": list(table), "type": "string"}
    assert all(choice.label for choice in table.values())


@pytest.mark.parametrize("given", ["", "Pop", "film", 1, None, ["pop"]])
def test_anything_else_is_refused_with_what_there_is(given: object) -> None:
    with pytest.raises(ValidationError) as error:
        TypeAdapter(ClipStyleName).validate_python(given)
    (told,) = error.value.errors()
    assert told["type"] == "literal_error"
    assert re.findall(r"'(\w+)'", told["ctx"]["expected"]) == list(CLIP_STYLES)


def test_a_plan_has_the_style_of_long_videos_besides_and_a_layout_that_is_decided() -> None:
    assert TypeAdapter(CaptionStyleName).json_schema()["enum"] == ["film", *CLIP_STYLES]
    assert TypeAdapter(DecidedLayoutName).json_schema()["enum"] == ["crop", "fit", "stack"]


def test_shapes_have_even_sizes_and_are_called_after_them() -> None:
    for name, shape in ASPECT_RATIOS.items():
        width, height = map(int, name.split(":"))
        assert (shape.width % 2, shape.height % 2) == (0, 0)
        assert shape.width * height == shape.height * width


def test_colours_of_caption_styles_are_written_as_the_record_says() -> None:
    for style in CLIP_STYLES.values():
        colours = (style.letters, style.outline, style.shadow, style.glow, style.spoken, style.said, style.keyword, style.box)
        for colour in filter(None, colours):
            assert re.fullmatch("#[0-9A-F]{6}", colour)


def test_every_caption_style_names_a_font_there_is_and_looks_like_no_other() -> None:
    assert {style.font for style in CLIP_STYLES.values()} <= set(FONTS)
    looks = {replace(style, name="", label="", meaning="") for style in CLIP_STYLES.values()}
    assert len(looks) == len(CLIP_STYLES) >= 8
