"""Words are found in every script, and joined again they give the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.text.script import in_capitals, is_unspaced, joined
from video_automation.plan.text.segmentation import words_of

LETTERS = "aé1.,?「」。、 日本語のひカナ한국글ไทยกำ่ครับក្រុមទန္တللعא‌‍"


@given(st.text(LETTERS, max_size=30), st.sampled_from(["ja", "zh", "yue", "ko", "th", "km", "my", "ar", "en", "und"]))
def test_words_joined_are_the_text_again(text: str, language: str) -> None:
    assert joined(words_of(text, language)) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("It was the best of times.", "en", ("It", "was", "the", "best", "of", "times.")),
        (
            "このツールを使用すると、品質を検査できます。",
            "ja",
            ("この", "ツールを", "使用すると、", "品質を", "検査できます。"),
        ),
        ("我们用Python写代码吧。", "zh", ("我们", "用", "Python", "写代", "码", "吧。")),
        ("Kubernetes と Docker", "ja", ("Kubernetes ", "と ", "Docker")),
        ("อากาศดีมาก เราไปตลาดกัน", "th", ("อากาศ", "ดี", "มาก ", "เรา", "ไป", "ตลาด", "กัน")),
        ("오늘은 한국어를 배웁니다.", "ko", ("오늘은", "한국어를", "배웁니다.")),
        ("ក្រុមហ៊ុន", "km", ("ក្រុ", "ម", "ហ៊ុ", "ន")),
    ],
)
def test_words_of_a_language_are_found(text: str, language: str, words: tuple[str, ...]) -> None:
    assert words_of(text, language) == words


def test_scripts_without_spaces_are_known() -> None:
    assert all(map(is_unspaced, "日かカไ、。（"))
    assert not any(map(is_unspaced, "aé1한अאع. "))


@pytest.mark.parametrize(
    ("text", "language", "capitals"),
    [
        ("naïve café", "fr", "NAÏVE CAFÉ"),
        ("straße", "de", "STRASSE"),
        ("diyince ılık", "tr", "DİYİNCE ILIK"),
        ("Καλημέρα, προϊόντα", "el", "ΚΑΛΗΜΕΡΑ, ΠΡΟΪΟΝΤΑ"),
        ("привет", "ru", "ПРИВЕТ"),
        ("გამარჯობა", "ka", "გამარჯობა"),
        ("世界 हिन्दी עברית", "zh", "世界 हिन्दी עברית"),
    ],
)
def test_capitals_are_those_of_the_language(text: str, language: str, capitals: str) -> None:
    assert in_capitals(text, language) == capitals
