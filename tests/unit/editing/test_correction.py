"""Captions that a person or another program has written."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk import RATES

from video_automation.editing.captions.correction import corrected_cues
from video_automation.errors import RequestError
from video_automation.plan.cues import Cue
from video_automation.plan.time import FrameSpan, ms_at

SRT = "1\n00:00:01,000 --> 00:00:02,500\nHello there.\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\nlines\n"
VTT = """WEBVTT - a title

STYLE
::cue { color: red }

NOTE 00:00:00.000 is the start

intro
00:01.000 --> 00:02.500 align:start position:10%
<v Ann>Hello <c.loud>there</c>.</v>

NOTE
by Ben

last one
00:00:03.000 --> 00:00:04.000
Two
<00:00:03.200>lines<00:00:03.500>
"""
BOTH = [(100, 250, ("Hello there.",)), (300, 400, ("Two", "lines"))]


def read(text: str, *, frames: int = 10_000, line_length: int = 42) -> list[tuple[int, int, tuple[str, ...]]]:
    """Start, end and lines of each caption; a frame lasts 10 ms."""
    found = corrected_cues(text, rate=Fraction(100), frames=frames, line_length=line_length, language="und").cues
    return [(cue.span.start, cue.span.end, cue.lines) for cue in found]


def caption(text: str) -> tuple[str, ...]:
    """The lines of a SubRip caption of this text."""
    return read(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n")[0][2]


@pytest.mark.parametrize(
    "text",
    [
        SRT,
        "\ufeff" + SRT,
        SRT.replace("\n", "\r\n"),
        SRT.replace("1\n00", "00").replace("2\n00", "00"),
        SRT.replace(",", "."),
        SRT.replace("\n\n", "\n"),
        "Some words before.\n\n" + SRT,
        VTT,
        "\ufeff" + VTT.replace("\n", "\r\n"),
    ],
)
def test_subrip_and_webvtt_are_read_however_they_are_written(text: str) -> None:
    assert read(text) == BOTH


def test_captions_out_of_order_are_put_in_order() -> None:
    first, second = SRT.split("\n\n")
    assert read(f"{second}\n\n{first}\n") == BOTH


def test_a_caption_ends_where_the_next_one_begins_and_where_the_video_ends() -> None:
    text = SRT.replace("00:00:02,500", "00:00:09,000")
    assert [(start, end) for start, end, _ in read(text, frames=350)] == [(100, 300), (300, 350)]
    assert read(text, frames=200) == [(100, 200, ("Hello there.",))]


def test_captions_that_begin_together_become_one() -> None:
    assert read(SRT.replace("00:00:03,000", "00:00:01,000")) == [(100, 400, ("Hello there. Two lines",))]


def test_captions_without_text_are_left_out() -> None:
    assert read("00:00:00,000 --> 00:00:01,000\n<i> </i>\n\n" + SRT) == BOTH


def test_a_last_line_that_is_a_number_stays() -> None:
    assert read("1\n00:00:01,000 --> 00:00:02,000\n1\n\n2\n00:00:03,000 --> 00:00:04,000\nIn the year\n2001") == [
        (100, 200, ("1",)),
        (300, 400, ("In the year", "2001")),
    ]


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("<i>Hello</i> <font color='red'>there</font>", ("Hello there",)),
        ("{\\an8}On {\\i1}top{\\i0} {sighs}", ("On top {sighs}",)),
        ("Q&amp;A &lt;b&gt; &#233; &eacute;&nbsp;x AT&T &copy", ("Q&A <b> é é x AT&T &copy",)),
        ("a\tb   c\x07\u202ed\u200b", ("a b cd",)),
        ("3 < 5 > 2, x <- y", ("3 < 5 > 2, x <- y",)),
        ("- Who?\n- Me.", ("- Who?", "- Me.")),
    ],
)
def test_text_is_plain(written: str, lines: tuple[str, ...]) -> None:
    assert caption(written) == lines


def test_lines_too_long_or_too_many_are_broken_anew_and_nothing_is_lost() -> None:
    assert caption("one\ntwo\nthree") == ("one two three",)
    assert caption("a first line\n" + "more words " * 4) == ("a first line more words more", "words more words more words")
    assert " ".join(caption("alpha beta " * 20)) == " ".join(["alpha beta"] * 20)
    assert all(len(line) <= 42 for line in caption("x" * 100))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "could be read"),
        ("Dear all,\nplease find the captions attached.", "could be read"),
        ("WEBVTT\n\nNOTE nothing here", "could be read"),
        (SRT.replace("00:00:0", "09:00:0"), "would be seen"),
        ("00:00:01,000 --> 00:00:02,000\n\n", "would be seen"),
        ("00:00:01,000 --> 00:00:02,000\nx\n\n" * 20_001, "20001"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(text: str, why: str) -> None:
    with pytest.raises(RequestError, match=why) as refused:
        read(text)
    assert refused.value.code == "broken_captions"


CONTROLS = {chr(code) for code in (*range(32), *range(127, 160), 0x2028, 0x202E)}
rows = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["WEBVTT", "", "1", "-->", "00:00:01,000 --> 00:00:02,000", "0:1.5 --> 9999:99:99.9 x", "<i>", "&#x110000;", "{\\"]
    ),
)


@given(st.one_of(st.text(), st.lists(rows).map("\n".join)), st.sampled_from(RATES), st.integers(1, 5000))
def test_any_text_is_read_or_refused(text: str, rate: Fraction, frames: int) -> None:
    try:
        found = corrected_cues(text, rate=rate, frames=frames, line_length=30, language="und").cues
    except RequestError:
        return
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    assert found[-1].span.end <= frames
    assert all(0 < len(line) <= 30 and not set(line) & CONTROLS for cue in found for line in cue.lines)


words = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="<>&{}"), min_size=1, max_size=14)
written_lines = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda line: len(line) <= 42 and "-->" not in line)


@st.composite
def written_cues(draw: st.DrawFn) -> tuple[Cue, ...]:
    spans = draw(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 300)), min_size=1, max_size=12))
    now, result = 0, []
    for gap, length in spans:
        lines = tuple(draw(st.lists(written_lines, min_size=1, max_size=2)))
        result.append(Cue(FrameSpan(now + gap, now + gap + length), lines))
        now += gap + length
    return tuple(result)


def stamp(frame: int, rate: Fraction, mark: str) -> str:
    seconds, ms = divmod(ms_at(frame, rate), 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{ms:03d}"


@given(written_cues(), st.sampled_from(RATES), st.booleans())
def test_what_we_wrote_ourselves_is_read_back_as_it_was(cues: tuple[Cue, ...], rate: Fraction, webvtt: bool) -> None:
    head, mark = ("WEBVTT\n\n", ".") if webvtt else ("", ",")
    blocks = [
        f"{i}\n{stamp(cue.span.start, rate, mark)} --> {stamp(cue.span.end, rate, mark)}\n" + "\n".join(cue.lines) + "\n"
        for i, cue in enumerate(cues, start=1)
    ]
    text = head + "\n".join(blocks)
    assert corrected_cues(text, rate=rate, frames=cues[-1].span.end, line_length=84, language="und").cues == cues
