"""The ASS text for libass: the captions of a chunk with the chunk's times, and no command that a person wrote."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.cues import Cue
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.ass_captions import script

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("{}\\Nnhb,:&\n\r\x00\u2028")), max_size=20)


def rendition(*cues: Cue, rate: Fraction = Fraction(30), burn_in: bool = True) -> Rendition:
    timeline = Timeline("a", rate, (FrameSpan(0, 100_000),))
    return Rendition("a.mp4", timeline, 1280, 720, None, -2.0, EncodeParams(), cues, burn_in)


def cue(start: int, end: int, *lines: str) -> Cue:
    return Cue(FrameSpan(start, end), lines or ("words",))


def events(text: str) -> list[tuple[str, ...]]:
    """The start, end and text of each event in an ASS file."""
    lines = (line.removeprefix("Dialogue: ").split(",", 9) for line in text.splitlines() if line.startswith("Dialogue"))
    return [(fields[1], fields[2], fields[9]) for fields in lines]


def milliseconds(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3_600_000 + int(minutes) * 60_000 + round(float(seconds) * 1000)


def test_a_chunk_has_the_captions_that_fall_into_it_from_its_own_beginning() -> None:
    video = rendition(cue(0, 30), cue(50, 61), cue(70, 80), cue(95, 130), cue(130, 140))
    assert [event[:2] for event in events(script(video, FrameSpan(60, 120)))] == [
        ("0:00:00.00", "0:00:00.02"),
        ("0:00:00.32", "0:00:00.65"),
        ("0:00:01.15", "0:00:01.98"),
    ]


@pytest.mark.parametrize(
    "video", [rendition(), rendition(cue(0, 9), burn_in=False), rendition(cue(200, 300)), rendition(cue(0, 60))]
)
def test_a_chunk_without_captions_has_no_script(video: Rendition) -> None:
    assert script(video, FrameSpan(60, 120)) == ""


@given(st.sampled_from(["24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60"]), st.integers(0, 99_000))
def test_a_caption_begins_after_the_frame_before_its_first_and_before_that(rate: str, first: int) -> None:
    fps = Fraction(rate)
    ((start, end, _),) = events(script(rendition(cue(first, first + 1), rate=fps), FrameSpan(0, 100_000)))
    for clock, frame in ((start, first), (end, first + 1)):
        shown, before = int(frame * 1000 / fps), int((frame - 1) * 1000 / fps)  # libass counts in whole milliseconds
        assert frame == 0 or before < milliseconds(clock)
        assert milliseconds(clock) <= shown


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_no_text_becomes_a_command(lines: list[str]) -> None:
    found = events(script(rendition(cue(0, 30, *lines)), FrameSpan(0, 60)))
    assert len(found) <= 1
    for _, _, text in found:
        own = re.sub(r"^\{\\fs[\d.]+\}|\{\\fn[A-Za-z ]+\\fs[\d.]+\\b0\}", "", text).split("\\N")
        assert len(own) <= len(lines)
        for line in own:
            assert line
            assert not re.search(r"(?<!\\)\{|\\[^{\u200b]|\\$", line), line


def test_text_comes_through_whole() -> None:
    ((_, _, text),) = events(script(rendition(cue(0, 9, r"a {b} \c", "d, e: f")), FrameSpan(0, 9)))
    assert text == "a \\{b} \\\u200bc\\Nd, e: f"


def test_only_a_line_that_would_be_too_wide_is_smaller() -> None:
    usual, wide = (events(script(rendition(cue(0, 9, 42 * c)), FrameSpan(0, 9)))[0][2] for c in "nW")
    assert usual == 42 * "n"
    assert re.fullmatch(r"\{\\fs[\d.]+\}W{42}", wide)


def test_a_caption_is_the_same_in_both_chunks_it_falls_into_but_for_its_times() -> None:
    video = rendition(cue(50, 70, "here", "and there"))
    before, after = (script(video, FrameSpan(*span)) for span in ((0, 60), (60, 120)))
    assert [re.sub(r"\d:\d\d:\d\d\.\d\d", "", text) for text in (before, after)] == [
        re.sub(r"\d:\d\d:\d\d\.\d\d", "", before)
    ] * 2
    assert before != after


def test_what_decides_no_pixel_is_not_in_it() -> None:
    video = rendition(cue(5, 20, "one two"))
    assert script(video, FrameSpan(0, 60)) == script(replace(video, name="b.mp4", gain_db=3.0), FrameSpan(0, 60))
