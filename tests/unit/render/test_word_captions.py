"""Captions of clips: which words are shown together, when, and which of them is highlighted."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.ass_captions import script
from video_automation.render.captions.clip_looks import styled
from video_automation.render.captions.word_blocks import Block, blocks

AGAIN = r"{\fnRoboto Black\fs157.0\b0}{\fnNoto Sans CJK SC\fs163.75\b1}"
"""The commands between two words: back to the Latin font, and to the Chinese one again."""


def clip(*words: tuple[int, int, str], style: str = "pop", title: str = "") -> Rendition:
    """A clip of ten seconds at 30 frames a second in which these words are spoken."""
    spoken = tuple(CueWord(FrameSpan(start, end), text) for start, end, text in words)
    cues = (Cue(FrameSpan(spoken[0].span.start, spoken[-1].span.end), ("x",), spoken),) if spoken else ()
    timeline = Timeline("video", Fraction(30), (FrameSpan(0, 300),))
    return Rendition(
        "clip.mp4", timeline, 1080, 1920, None, -2.0, EncodeParams(), cues, burn_in=True, kind="short", style=style, title=title
    )  # type: ignore[arg-type]


def shown(video: Rendition) -> list[list[str]]:
    return [[word.text for word in block.words] for block in blocks_of(video)]


def blocks_of(video: Rendition) -> tuple[Block, ...]:
    return blocks(video, styled(video.style, video.look))


def test_words_come_in_groups_as_equal_as_can_be() -> None:
    assert shown(clip(*((i * 10, i * 10 + 10, f"w{i}") for i in range(5)))) == [["w0", "w1"], ["w2", "w3", "w4"]]


def test_long_words_come_in_smaller_groups() -> None:
    assert shown(clip((0, 10, "extraordinarily"), (10, 20, "complicated"), (20, 30, "words"))) == [
        ["extraordinarily"],
        ["complicated", "words"],
    ]


def test_scripts_without_spaces_come_in_ten_characters_and_none_between_words() -> None:
    words = ("今天", "我们", "来", "谈谈", "汉语", "和", "中国", "的", "文化")
    video = clip(*((i * 10, i * 10 + 10, word) for i, word in enumerate(words)), style="plain")
    assert [sum(map(len, block)) for block in shown(video)] == [7, 8]
    assert "今天我们" in script(replace(video, language="zh"), FrameSpan(0, 300)).replace(r"\N", "").replace(AGAIN, "")


def test_a_title_is_broken_between_words_where_none_has_a_space() -> None:
    text = script(replace(clip(title="今天我们来谈谈汉语和中国的文化"), language="zh"), FrameSpan(0, 300))
    assert text.count(r"\N") >= 2


def test_a_group_ends_with_a_sentence_of_any_script() -> None:
    assert shown(clip((0, 10, "हाँ।"), (10, 20, "और"), (20, 30, "好。"), (30, 40, "再"))) == [["हाँ।"], ["और", "好。"], ["再"]]


def test_a_group_ends_with_a_sentence_and_with_a_pause() -> None:
    assert shown(clip((0, 10, "Yes."), (10, 20, "And"), (60, 70, "then"))) == [["Yes."], ["And"], ["then"]]


def test_a_group_stays_until_the_next_one_but_not_long_after_its_last_word() -> None:
    video = clip((0, 10, "Yes."), (14, 20, "And"), (60, 70, "then"))
    assert [(block.span.start, block.span.end) for block in blocks_of(video)] == [(0, 14), (14, 32), (60, 82)]


def test_words_a_person_has_written_share_the_time_of_their_caption() -> None:
    timeline = Timeline("video", Fraction(30), (FrameSpan(0, 300),))
    cues = (Cue(FrameSpan(30, 90), ("own words",)),)
    video = Rendition("c.mp4", timeline, 1080, 1920, None, -2.0, EncodeParams(), cues, burn_in=True, kind="short", style="pop")
    assert [(word.text, word.span.start) for block in blocks_of(video) for word in block.words] == [("own", 30), ("words", 60)]


@pytest.mark.parametrize("style", ["pop", "box"])
def test_the_spoken_word_is_marked_while_it_is_spoken(style: str) -> None:
    text = script(clip((0, 10, "one"), (10, 20, "two"), style=style), FrameSpan(0, 300))
    marks = [line for line in text.splitlines() if line.startswith("Dialogue") and ("&H4DE1FF&" in line or r"\3a&H00&" in line)]
    assert [line.split(",")[1:3] for line in marks] == [["0:00:00.00", "0:00:00.32"], ["0:00:00.32", "0:00:01.05"]]
    assert [line.index("one") < line.index("two") for line in marks] == [True, True]


def test_plain_captions_mark_nothing() -> None:
    text = script(clip((0, 10, "one"), (10, 20, "two"), style="plain"), FrameSpan(0, 300))
    assert sum(line.startswith("Dialogue") for line in text.splitlines()) == 1


def test_a_title_is_there_for_three_seconds_and_nothing_in_it_is_a_command() -> None:
    text = script(clip(title=r"Say {\b1} \N"), FrameSpan(0, 300))
    (line,) = [line for line in text.splitlines() if line.startswith("Dialogue")]
    assert line.split(",")[1:3] == ["0:00:00.00", "0:00:02.98"]
    assert r"\{" in line
    assert "\\\u200bN" in line


def test_a_title_makes_room_for_captions_that_are_high() -> None:
    video = clip((0, 10, "one"), style="box", title="A title")
    places = {place: drawn_at(replace(video, captions_at=place)) for place in ("low", "middle", "high")}  # type: ignore[arg-type]
    assert places == {"low": ("2", "8"), "middle": ("5", "8"), "high": ("8", "2")}


def drawn_at(video: Rendition) -> tuple[str, str]:
    """The places of captions and title as ASS numbers: 2 below, 5 in the middle, 8 above."""
    styles = [line.split(",") for line in script(video, FrameSpan(0, 300)).splitlines() if line.startswith("Style: ")]
    aligned = {fields[0].removeprefix("Style: "): fields[18] for fields in styles}
    assert aligned["Default"] == aligned["Box"]
    return aligned["Default"], aligned["Title"]


def test_words_that_fit_on_two_lines_are_not_on_three() -> None:
    text = script(clip((0, 10, "for"), (10, 20, "centuries"), (20, 30, "before"), style="plain"), FrameSpan(0, 300))
    assert "for centuries\\Nbefore" in text


def test_a_chunk_with_neither_has_no_script() -> None:
    assert script(clip((0, 10, "one")), FrameSpan(100, 200)) == ""


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 30), st.text("abcdefgh .", min_size=1, max_size=14)), max_size=15))
def test_every_word_is_shown_once_in_order_and_no_block_is_over_another(parts: list[tuple[int, int, str]]) -> None:
    words, at = [], 0
    for length, pause, text in parts:
        if text.strip() and at + length < 300:
            words.append((at, at + length, text.strip()))
        at += length + pause
    made = blocks_of(clip(*words))
    assert [word.text for block in made for word in block.words] == [text for _, _, text in words]
    assert all(a.span.end <= b.span.start for a, b in pairwise(made))
    assert all(len(block.words) <= 4 for block in made)
