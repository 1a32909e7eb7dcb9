"""Languages are recognised by many names, and get their tag for the web."""

import pytest

from video_automation.plan.text.language_codes import KNOWN
from video_automation.plan.text.language_names import direction, english_name, language_code, own_name, web_tag


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("es", "es"), ("ES", "es"), (" es-MX ", "es"), ("zh-Hant-TW", "zh"), ("pt_BR", "pt"), ("nb-NO", "no"), ("nn", "nn"),
        ("Spanish", "es"), ("español", "es"), ("Español", "es"), ("한국어", "ko"), ("Deutsch", "de"), ("Mandarin", "zh"),
        ("Norwegian", "no"), ("iw", "he"), ("fil", "tl"), ("jv", "jw"), ("Filipino", "tl"), ("Cantonese", "yue"),
        ("Klingon", None), ("tlh", None), ("", None), ("e", None), ("espanol", None),
    ],
)  # fmt: skip
def test_a_language_is_found_by_code_tag_and_name(text: str, code: str | None) -> None:
    assert language_code(text) == code


def test_every_language_is_found_by_all_its_names() -> None:
    for code in KNOWN:
        assert {language_code(name) for name in (code, english_name(code), own_name(code), web_tag(code) or "")} == {code}


def test_names_that_are_not_known_are_their_codes() -> None:
    assert (english_name("und"), english_name("xx")) == ("Unknown language", "xx")


def test_a_text_is_marked_as_the_web_names_its_language() -> None:
    assert [(web_tag(code), direction(code)) for code in ("ar", "he", "jw", "no", "es", "und", None)] == [
        ("ar", "rtl"), ("he", "rtl"), ("jv", "ltr"), ("no", "ltr"), ("es", "ltr"), (None, "auto"), (None, "auto"),
    ]  # fmt: skip
