"""The width of a text in a line, and the time it takes to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.text.legibility import clusters, columns, reading_time


@pytest.mark.parametrize(
    ("letter", "a_line", "a_second"),
    [
        ("a", 42, 17),
        ("я", 42, 17),
        ("ب", 42, 17),
        ("ש", 42, 17),
        ("क", 42, 17),
        ("ก", 35, 17),
        ("世", 16, 9),
        ("あ", 16, 9),
        ("한", 16, 9),
    ],
)
def test_so_many_letters_are_in_a_line_and_are_read_in_a_second(letter: str, a_line: int, a_second: int) -> None:
    assert columns(letter * a_line) <= 42 < columns(letter * (a_line + 1))
    assert reading_time(letter * a_second) <= 17 < reading_time(letter * (a_second + 1))


def test_chinese_is_read_at_twelve_characters_a_second_at_most() -> None:
    assert reading_time("世" * 12) > 20


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("abc", ("a", "b", "c")),
        ("e\u0301a", ("e\u0301", "a")),
        ("กำที่", ("กำ", "ที่")),
        ("हिन्दी", ("हि", "न्दी")),
        ("ខ្មែរ", ("ខ្មែ", "រ")),
        ("\u1112\u1161\u11ab\u1100", ("\u1112\u1161\u11ab", "\u1100")),
        ("👩\u200d👧👍🏽", ("👩\u200d👧", "👍🏽")),
        ("🇩🇪🇫🇷", ("🇩🇪", "🇫🇷")),
        ("می\u200cخ", ("م", "ی\u200c", "خ")),
    ],
)
def test_a_letter_is_one_with_what_belongs_to_it(text: str, letters: tuple[str, ...]) -> None:
    assert clusters(text) == letters


@given(st.text(max_size=30))
def test_letters_are_the_text_again(text: str) -> None:
    assert "".join(clusters(text)) == text
