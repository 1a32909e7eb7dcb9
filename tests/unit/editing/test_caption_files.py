"""Caption files as other programs and people write them."""

import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.editing.caption_files.encodings import decoded
from video_automation.editing.captions.correction import Corrected, corrected_cues
from video_automation.errors import RequestError
from video_automation.plan.cues import Cue
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.sidecar_captions import srt, vtt

RATE = Fraction(25)
Read = list[tuple[float, float, str]]
GOOD = [(1.0, 4.0, "First – “one”, café."), (5.0, 8.0, "Second."), (9.0, 12.0, "Third.")]
SRT = "".join(
    f"{i}\n00:00:{start:02.0f},000 --> 00:00:{end:02.0f},000\n{text}\n\n" for i, (start, end, text) in enumerate(GOOD, 1)
)
FORM = "00:01:02,500 --> 00:01:04,000"
ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:01.000 --> 00:00:03.990 align:start position:0%
_
so<00:00:01.500><c> today</c><00:00:02.000><c> we</c>

00:00:03.990 --> 00:00:04.000 align:start position:0%
so today we
_

00:00:04.000 --> 00:00:06.990 align:start position:0%
so today we
look<00:00:04.400><c> at</c><00:00:05.000><c> wood</c>

00:00:06.990 --> 00:00:07.000 align:start position:0%
look at wood
_

00:00:07.000 --> 00:00:09.000 align:start position:0%
look at wood
[Music]
""".replace("_", " ")
ASS = """[Script Info]
Title: a test
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not shown
Dialogue: 0,0:00:05.00,0:00:08.00,Default,,0,0,0,,Second.
Dialogue: 0,0:00:01.00,0:00:04.00,Default,Ann,0,0,0,,{\\an8\\i1}First – “one”,{\\i0} café.
Dialogue: 0,0:00:09.00,0:00:12.00,Default,,0,0,0,,Third.
"""


def corrected(content: str | bytes, *, language: str = "en", rate: Fraction = RATE) -> Corrected:
    """The captions that a file gives for a video of 40 s, and the remarks; those on its encoding come first."""
    file = decoded(content.encode() if isinstance(content, str) else content, language=language)
    own = corrected_cues(file.text, rate=rate, frames=int(40 * rate), line_length=80, language=language)
    return Corrected(own.cues, (*file.remarks, *own.remarks))


def shown(content: str | bytes) -> Read:
    """The captions of a file: times in seconds, and text."""
    return [(cue.span.start / 25, cue.span.end / 25, "/".join(cue.lines)) for cue in corrected(content).cues]


def refusal(content: str | bytes) -> str:
    with pytest.raises(RequestError) as error:
        corrected(content)
    assert error.value.code == "broken_captions"
    return error.value.sentence


class TestTimes:
    @pytest.mark.parametrize(
        "times",
        [
            "00:00:01,000 --> 00:00:04,000",
            "00:00:01 --> 00:00:04",
            "0:00:01 --> 0:00:04",
            "00:01 --> 00:04",
            "0:1.0 --> 0:4.0",
            "00:00:01,0 --> 00:00:04.00",
            "00:00:01:00 --> 00:00:04:00",
            "00:00:01;00 --> 00:00:04;00",
            "00:00:01:000 --> 00:00:04:000",
            "00 : 00 : 01 , 000  -->  00 : 00 : 04 , 000",
            "00:00:01,000-->00:00:04,000",
            "00:00:01,000 –> 00:00:04,000",
            "00:00:01,000 —> 00:00:04,000",
            "00:00:01,000 -> 00:00:04,000",
            "00:00:01,000 - -> 00:00:04,000",
            "00:00:01,000 -- > 00:00:04,000",
            "00:00:01,000 ---> 00:00:04,000",
            "00:00:01,000 ==> 00:00:04,000",
            "00:00:01,000 → 00:00:04,000",
            "00:00:01,000 --&gt; 00:00:04,000",
            "00:00:01,000\t-->\t00:00:04,000",
            "00:00:01,000\u00a0-->\u00a000:00:04,000",
            "\u200e00:00:01,000 --> 00:00:04,000\u200f",
            "０0：00：01，000 --> 00：00：04，000",
            "٠٠:٠٠:٠١٫٠٠٠ --> ٠٠:٠٠:٠٤٫٠٠٠",
            "००:००:०१,००० --> ००:००:०४,०००",
            "00:00:01,000 --> 00:00:04,000  X1:117 X2:619 Y1:042 Y2:428",
            "00:00:01.000 --> 00:00:04.000 align:start position:0%",
            "0:00:01.000,0:00:04.000",
            "00:00:01,000 - 00:00:04,000",
            "00:00:01,000 -- 00:00:04,000",
        ],
    )
    def test_a_time_is_read_however_it_is_typed(self, times: str) -> None:
        assert shown(SRT.replace("00:00:01,000 --> 00:00:04,000", times)) == GOOD
        assert shown(f"{times}\nOne.\n") == [(1.0, 4.0, "One.")]

    def test_frames_are_those_of_the_video(self) -> None:
        assert shown("00:00:01:12 --> 00:00:02:24\nA\n")[0][:2] == (1.48, 2.96)
        assert corrected("00:00:01:12 --> 00:00:02:24\nA\n").remarks == (
            "Times are given in frames; they were taken as 25 a second, as the video has them.",
        )
        at_30 = corrected("00:00:01:12 --> 00:00:02:24\nA\n", rate=Fraction(30000, 1001)).cues
        assert [(cue.span.start, cue.span.end) for cue in at_30] == [(42, 84)]
        assert refusal("00:00:01:12 --> 00:00:02:25\nA\n") == (
            "Line 1: frame 25 of a second, and the video has 25; give milliseconds instead."
        )

    @pytest.mark.parametrize(
        "times",
        [
            "00:00:0x,000 --> 00:00:08,000",
            "00:00:05,000 --> ",
            "--> 00:00:08,000",
            "00:00:O5,000 --> 00:00:08,000",
            "00:00:05,000 00:00:08,000",
            "00:00:05,000 to 00:00:08,000",
            "00:00:05,000 --> 00:00:08 000",
            "00:00:05,000 --> 00:00:08,",
            "5.0 --> 8.0",
            "00:00:05,000 --> tomorrow",
            "00:00:05,000",
        ],
    )
    def test_a_line_that_should_be_a_time_is_named(self, times: str) -> None:
        told = refusal(SRT.replace("00:00:05,000 --> 00:00:08,000", times))
        assert told == f"Line 6: “{times.strip()}” is not a time. Write it as {FORM}."

    def test_no_time_is_drawn_where_arrows_and_blank_lines_are_not_as_they_should_be(self) -> None:
        for arrow in ("->", "→", "–>"):
            assert shown(SRT.replace("-->", arrow).replace("\n\n", "\n")) == GOOD
            assert shown(SRT.replace("--> 00:00:08", f"{arrow} 00:00:08").replace("\n\n", "\n")) == GOOD

    def test_an_arrow_in_a_text_is_text(self) -> None:
        said = ["Look --> here", "From A -> B", "The bus, 12:30 → 13:00", "12:30 → 13:00", "3 > 2", "--> see below"]
        for text in said:
            assert shown(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n")[0][2] == text


class TestSubRip:
    @pytest.mark.parametrize(
        "text",
        [
            SRT.replace("\n", "\r\n"),
            SRT.replace("\n", "\r"),
            SRT.replace("\n", "\r\r\n"),
            SRT.replace("\n", "\n\n"),
            SRT.replace("\n\n", "\n"),
            "\n\n\ufeff" + SRT,
            SRT.replace("1\n00", "00").replace("2\n00", "00").replace("3\n00", "00"),
            SRT.replace("2\n00", "1\n00").replace("3\n00", "1\n00"),
            SRT.replace("2\n00", "\n2\n\n00"),
            SRT.replace("2\n00", "2\n2\n00"),
            SRT.replace("1\n00", "1 00").replace("2\n00", "2. 00"),
            SRT.replace("1\n00", "#1\n00").replace("2\n00", "#2\n00").replace("3\n00", "#3\n00"),
            SRT.replace(",000\n", ",000 "),
            SRT.replace("First", "{\\an8}<i>First</i>").replace("Second", "<font color=red>Second</font>"),
        ],
    )
    def test_what_stands_around_times_and_texts_makes_no_difference(self, text: str) -> None:
        assert shown(text) == GOOD

    def test_sounds_and_years_stay(self) -> None:
        assert shown("00:00:01,000 --> 00:00:02,000\n[music]\nIn 1450\n1455\n\n00:00:03,000 --> 00:00:04,000\n1500\n") == [
            (1.0, 2.0, "[music] In 1450 1455"),
            (3.0, 4.0, "1500"),
        ]

    def test_line_ends_in_a_line_are_kept(self) -> None:
        for end in ("<br>", "<br />", "\\N"):
            assert shown(f"00:01 --> 00:02\nOne{end}two\n")[0][2] == "One/two"

    def test_subviewer_is_read(self) -> None:
        text = "[INFORMATION]\n[SUBTITLE]\n00:00:01.00,00:00:04.00\nOne[br]two\n\n00:00:05.00,00:00:08.00\nThree\n"
        assert shown(text) == [(1.0, 4.0, "One/two"), (5.0, 8.0, "Three")]

    def test_youtube_exports_are_read(self) -> None:
        assert shown("".join(f"0:00:{a:06.3f},0:00:{b:06.3f}\n{text}\n\n" for a, b, text in GOOD)) == GOOD


contents = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda text, encoding: text.encode(encoding, "replace"),
        st.lists(
            st.one_of(st.text(max_size=20), st.sampled_from([SRT, ROLLING, ASS, "-->", "[Events]", "Dialogue: 0,0:0:1"]))
        ).map("\n".join),
        st.sampled_from(["utf-8", "utf-16", "utf-16-be", "cp1252", "cp1251", "cp932", "gb18030"]),
    ),
)


@given(contents, st.sampled_from(["en", "ru", "ja", "und"]), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_are_read_or_refused(content: bytes, language: str, charset: str | None) -> None:
    try:
        file = decoded(content, language=language, charset=charset)
        corrected_cues(file.text, rate=RATE, frames=1000, line_length=30, language=language)
    except RequestError as refused:
        told = refused
    else:
        return
    assert told.code == "broken_captions"


lines = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9)
captions = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 90), st.lists(lines, min_size=1, max_size=2)), min_size=1, max_size=9
)


@given(captions, st.sampled_from([srt, vtt]))
def test_what_our_own_writers_write_is_read_back(written: list[tuple[int, int, list[str]]], writer) -> None:
    now, cues = 0, []
    for gap, length, texts in written:
        cues.append(Cue(FrameSpan(now + gap, now + gap + length), tuple(texts)))
        now += gap + length
    video = Rendition("a.mp4", Timeline("a", RATE, (FrameSpan(0, 1000),)), 1280, 720, None, -2.0, EncodeParams(), tuple(cues))
    read = corrected_cues(writer(video), rate=RATE, frames=1000, line_length=80, language="und")
    braces = str.maketrans("{}", "()") if writer is srt else {}
    assert [(cue.span, cue.lines) for cue in read.cues] == [
        (cue.span, tuple(line.translate(braces) for line in cue.plain_lines)) for cue in cues
    ]


CASES = Path(os.environ.get("MEDIA_CORPUS", Path(__file__).parents[4] / "shared/media")) / "cases"


@pytest.mark.skipif(not (CASES / "27_00_good.srt").exists(), reason="the collection of caption files is not here")
@pytest.mark.parametrize("file", sorted(CASES.glob("27_*.*")), ids=lambda file: file.name)
def test_files_of_the_collection_are_read_as_the_good_one(file: Path) -> None:
    good = [cue.text for cue in corrected((CASES / "27_00_good.srt").read_bytes()).cues]
    found = corrected(file.read_bytes())
    assert [cue.text for cue in found.cues] == (["first words", "then more"] if "rolling" in file.name else good)
    assert bool(found.remarks) == (file.name.split("_")[1] in ("01", "03", "07", "12", "17"))
