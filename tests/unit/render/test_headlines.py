"""Headlines over thumbnails: as large as fits, in every script, and nothing of them is a command."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.cues import plain_line
from video_automation.plan.still import Still
from video_automation.render.captions.headlines import headline_script
from video_automation.render.captions.lettering import Hand, width_em
from video_automation.render.captions.typefaces import CLIPS

WIDE, TALL = (1280, 720), (1080, 1920)
SAID = {
    "en": "Why most talks lose their audience in the first minute",
    "de": "Warum Donaudampfschifffahrtsgesellschaften sparen",
    "ar": "لماذا تفقد معظم المحاضرات جمهورها في الدقيقة الأولى",
    "hi": "पहले मिनट में श्रोता क्यों खो जाते हैं",
    "zh": "为什么大多数演讲在第一分钟就失去听众",
    "th": "ทำไมการพูดส่วนใหญ่จึงเสียผู้ฟังในนาทีแรก",
    "ru": "Почему доклады теряют слушателей",
}


def script_for(headline: str, language: str = "en", size: tuple[int, int] = WIDE) -> str:
    return headline_script(Still("a.jpg", 0, *size, headline=headline, language=language))


def drawn(script: str) -> tuple[float, list[str]]:
    """The size of the letters in pixels of a Latin em, and the lines as they are written."""
    text = re.findall(r"^Dialogue: 1,.*?,,(.*)$", script, re.MULTILINE)[0].split(",,", 1)[-1]
    size = re.match(r"{\\fs([\d.]+)}", text)
    assert size
    return float(size[1]) / CLIPS.latin.line_em, text[size.end() :].split(r"\N")


@pytest.mark.parametrize("size", [WIDE, TALL])
@pytest.mark.parametrize("language", SAID)
def test_at_160_pixels_letters_of_every_script_are_seven_high_and_no_line_leaves_the_picture(
    language: str, size: tuple[int, int]
) -> None:
    em, lines = drawn(script_for(SAID[language], language, size))
    hand = Hand(CLIPS, language)
    assert em * 160 / size[0] >= 7
    for line in lines:
        shown = re.sub(r"{[^}]*}|[\u200b\u200e\u200f]", "", line)
        assert width_em(shown, hand) * em <= size[0] * 0.93
    assert len(lines) * em * CLIPS.latin.line_em <= size[1] * 0.6


def test_a_short_headline_is_large_and_on_one_line() -> None:
    em, lines = drawn(script_for("Wow!"))
    assert lines == ["Wow!"]
    assert em * 160 / 1280 >= 20


def test_lines_are_about_as_wide_as_each_other() -> None:
    _, lines = drawn(script_for("one two three four five six seven eight"))
    assert max(map(len, lines)) - min(map(len, lines)) <= 6


def test_no_headline_is_a_script_that_tells_the_size_and_draws_nothing() -> None:
    script = script_for("")
    assert "PlayResX: 1280\nPlayResY: 720\n" in script
    assert "Dialogue" not in script


@given(st.text(max_size=60).map(plain_line))
def test_nothing_of_a_headline_is_a_command(headline: str) -> None:
    script = script_for(headline)
    text = "".join(re.findall(r"^Dialogue: 1,.*$", script, re.MULTILINE))
    ours = re.sub(r"(?<!\\){\\(fs[\d.]+|fn[^\\}]+\\fs[\d.]+\\b[01])}", "", text)
    assert not re.search(r"(?<!\\){", ours)
    assert len(script.splitlines()) == len(script_for("x").splitlines()) or not headline.strip()
