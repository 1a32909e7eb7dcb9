"""The typeface of each part of a text, its width, and its direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.render.captions.lettering import Hand, ass_text, direction_mark, missing_glyphs, runs, width_em
from video_automation.render.captions.typefaces import CLIPS, VIDEOS

LATIN = "Roboto Medium"


def set_in(text: str, language: str = "und") -> list[tuple[str, str]]:
    return [(run.face.name, run.text) for run in runs(text, Hand(VIDEOS, language))]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("naïve Ωμέγα Привет 12", "en", [(LATIN, "naïve Ωμέγα Привет 12")]),
        ("مرحبا بكم؟", "ar", [("Noto Sans Arabic Medium", "مرحبا بكم؟")]),
        ("שלום (לכם)", "he", [("Rubik Medium", "שלום (לכם)")]),
        ("हिन्दी।", "hi", [("Noto Sans Devanagari Medium", "हिन्दी।")]),
        ("ครับ", "th", [("Noto Sans Thai Medium", "ครับ")]),
        ("骨，", "zh", [("Noto Sans CJK SC", "骨，")]),
        ("骨", "yue", [("Noto Sans CJK TC", "骨")]),
        ("骨", "ja", [("Noto Sans CJK JP", "骨")]),
        ("骨", "ko", [("Noto Sans CJK KR", "骨")]),
        ("骨は", "en", [("Noto Sans CJK JP", "骨は")]),
        ("「Py」を", "ja", [("Noto Sans CJK JP", "「"), (LATIN, "Py"), ("Noto Sans CJK JP", "」を")]),
    ],
)
def test_each_script_has_its_typeface_and_signs_that_of_the_letters_before_them(
    text: str, language: str, expected: list[tuple[str, str]]
) -> None:
    assert set_in(text, language) == expected


@given(st.text(max_size=20), st.sampled_from(["en", "ar", "ja", "und"]))
def test_nothing_of_a_text_is_lost(text: str, language: str) -> None:
    assert "".join(part for _, part in set_in(text, language)) == text


def test_a_text_ends_in_the_typeface_it_begins_in() -> None:
    text = ass_text("say {世界}", 40, Hand(CLIPS, "zh"))
    assert text == r"say \{{\fnNoto Sans CJK SC\fs55.02\b1}世界}{\fnRoboto Black\fs52.75\b0}"


def test_letters_no_font_has_are_named_once_and_in_order() -> None:
    assert missing_glyphs(["naïve café… “yes”", "Привет Ελλάδα", "世界あ한ไทยहिन्दीعربيעברית"]) == ""
    assert missing_glyphs(["say ক খক", "and 世あ\u3000!"]) == "কখ"


def test_a_line_is_as_wide_as_its_letters() -> None:
    hand = Hand(VIDEOS, "en")
    assert width_em("", hand) == 0
    assert width_em("iiii", hand) < width_em("mm", hand) < width_em("WW", hand)
    assert width_em("ab", hand) == pytest.approx(width_em("a", hand) + width_em("b", hand))
    assert width_em("世界", hand) == pytest.approx(1.9)


def test_joined_arabic_letters_are_narrower_than_single_ones() -> None:
    hand = Hand(VIDEOS, "ar")
    assert width_em("بببب", hand) < 0.6 * 4 * width_em("ب", hand)
    assert width_em("دددد", hand) == pytest.approx(4 * width_em("د", hand), rel=0.1)  # this letter does not join the next one


@pytest.mark.parametrize(
    ("text", "language", "mark"),
    [
        ("Hello", "en", ""),
        ("Hello", "ar", ""),
        ("مرحبا", "ar", "\u200f"),
        ("iPhone هو", "ar", "\u200f"),
        ("iPhone هو الأفضل", "und", "\u200f"),
        ("The word مرحبا means hello", "en", "\u200e"),
        ("世界", "ja", ""),
    ],
)
def test_a_line_runs_as_its_language_or_most_of_its_letters(text: str, language: str, mark: str) -> None:
    assert direction_mark(text, language) == mark


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ps", "sd", "ur", "yi"])
def test_few_letters_from_the_right_decide_in_a_language_written_so(language: str) -> None:
    assert direction_mark("Webb Space Telescope א", language) == "\u200f"
