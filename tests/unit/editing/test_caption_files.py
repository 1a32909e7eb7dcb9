"""Caption files as other programs and people write them."""

import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paragraphs import PARAGRAPHS

from video_automation.editing.caption_files.encodings import decoded
from video_automation.editing.correction import Corrected, corrected_cues
from video_automation.errors import RequestError
from video_automation.plan.captions import Cue
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.texts import srt, vtt

RATE = Fraction(25)
Read = list[tuple[float, float, str]]
GOOD = [(1.0, 4.0, "First – “one”, café."), (5.0, 8.0, "Second."), (9.0, 12.0, "Third.")]
SRT = "".join(
    f"{i}\n00:00:{start:02.0f},000 --> 00:00:{end:02.0f},000\n{text}\n\n" for i, (start, end, text) in enumerate(GOOD, 1)
)
FORM = "00:01:02,500 --> 00:01:04,000"


def corrected(content: str | bytes, *, language: str = "en", rate: Fraction = RATE) -> Corrected:
    """What is made of such a file for a video of 40 s; remarks on its encoding come first."""
    file = decoded(content.encode() if isinstance(content, str) else content, language=language)
    own = corrected_cues(file.text, rate=rate, frames=int(40 * rate), line_length=80, language=language)
    return Corrected(own.cues, (*file.remarks, *own.remarks))


def shown(content: str | bytes) -> Read:
    """Each caption in seconds, and its text."""
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


class TestWhatIsTold:
    def test_nothing_of_a_file_that_is_read_as_it_is(self) -> None:
        assert corrected(SRT).remarks == ()

    @pytest.mark.parametrize(
        ("change", "captions", "remark"),
        [
            (("00:00:01,", "-00:00:01,"), [(0.0, 4.0, GOOD[0][2]), *GOOD[1:]], "Line 2: a time before the video begins;"),
            (
                ("--> 00:00:08", "--> 00:00:05"),
                [GOOD[0], (5.0, 6.0, "Second."), GOOD[2]],
                "Line 6: the end is not after",
            ),
            (
                ("--> 00:00:08", "--> 00:00:03"),
                [GOOD[0], (5.0, 6.0, "Second."), GOOD[2]],
                "Line 6: the end is not after",
            ),
            (("--> 00:00:08", "--> 00:00:10"), [GOOD[0], (5.0, 9.0, "Second."), GOOD[2]], "Line 6: still shown when the next"),
            (("00:00:05", "00:00:01"), [(1.0, 8.0, f"{GOOD[0][2]}/Second."), GOOD[2]], "Line 6: begins together with another"),
            (("00:00:09,000 --> 00:00:12", "00:00:59,000 --> 00:01:12"), GOOD[:2], "Line 10: shown after the video ends"),
            (
                ("05,000 --> 00:00:08,000", "05,000 --> 00:00:05,010"),
                [GOOD[0], GOOD[2]],
                "Line 6: shown for less than one",
            ),
            (("Second.", "<i>Second.</i>"), GOOD, "Styling is not kept"),
            (("Second.", "<v Ann>Second."), GOOD, "Names of speakers"),
            (("1\n00", "By Ben\n\n1\n00"), GOOD, "Line 1: text above the first time, left out."),
        ],
    )
    def test_what_is_mended_or_lost(self, change: tuple[str, str], captions: Read, remark: str) -> None:
        text = SRT.replace(*change, 1)
        assert shown(text) == captions
        assert [told.startswith(remark) for told in corrected(text).remarks] == [True]

    def test_many_lines_are_counted(self) -> None:
        text = "".join(f"00:00:{second:02} --> 00:00:30\nText {second}\n\n" for second in range(10, 20))
        assert corrected(text).remarks == (
            "Lines 1, 4, 7, 10, 13 and 4 more: still shown when the next caption begins; it ends there.",
        )

    def test_a_file_without_captions_is_told_what_is_needed(self) -> None:
        assert "00:01:02,500 --> 00:01:04,000" in refusal("Dear all,\nthe captions are attached.")
        for document in (b"PK\x03\x04....", b"{\\rtf1\\ansi 00:00:01,000 --> 00:00:02,000}", b"%PDF-1.7"):
            assert "save it as plain text" in refusal(document)


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


class TestRolling:
    LINES = ((1.0, 4.0, "so today we"), (4.0, 7.0, "look at wood"), (7.0, 9.0, "[Music]"))

    def test_each_line_of_youtube_is_shown_once_with_the_times_of_its_words(self) -> None:
        assert shown(ROLLING) == list(self.LINES)
        words = [(word.text, word.span.start, word.span.end) for word in corrected(ROLLING).cues[1].words]
        assert words == [("look", 100, 110), ("at", 110, 125), ("wood", 125, 175)]
        assert any("rolling" in told for told in corrected(ROLLING).remarks)

    def test_so_is_each_of_the_same_as_subrip(self) -> None:
        lines = ["so today we", "look at wood", "and iron", "and stone"]
        rolled = [(3 * i + 1, lines[max(0, i - 1) : i + 1]) for i in range(4)]
        text = "".join(
            f"{i}\n00:00:{at:02},000 --> 00:00:{at + 3:02},000\n{chr(10).join(both)}\n\n"
            for i, (at, both) in enumerate(rolled, 1)
        )
        assert shown(text) == [(3 * i + 1, 3 * i + 4, line) for i, line in enumerate(lines)]

    def test_a_line_that_grows_is_shown_once(self) -> None:
        said = ["so", "so today", "so today we", "so today we look"]
        text = "".join(f"00:00:{i:02} --> 00:00:{i + 1:02}\n{line}\n\n" for i, line in enumerate(said, 1))
        assert shown(text) == [(1.0, 5.0, said[-1])]

    def test_what_people_say_twice_stays_twice(self) -> None:
        text = "".join(
            f"00:00:{i:02} --> 00:00:{i + 1:02}\n{line}\n\n" for i, line in enumerate(["No.", "No.", "Yes.", "No."], 1)
        )
        assert [line for _, _, line in shown(text)] == ["No.", "No.", "Yes.", "No."]


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


class TestSubStation:
    def test_the_dialogue_is_read_without_its_styles(self) -> None:
        assert shown(ASS) == GOOD
        assert [told[:10] for told in corrected(ASS).remarks] == ["Styling is"]

    def test_so_is_the_older_form_and_lines_alone(self) -> None:
        old = "Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
        assert shown(ASS.replace(ASS.splitlines()[9], old).replace("e: 0,", "e: Marked=0,")) == GOOD
        assert shown("\n".join(line for line in ASS.splitlines() if line.startswith("Dialogue"))) == GOOD

    def test_lines_and_commas_of_a_text_stay_and_drawings_go(self) -> None:
        text = ASS.replace("Second.", "One, two\\NThree\\hfour").replace("Third.", "{\\p1}m 0 0 l 10 0{\\p0}")
        assert shown(text)[1:] == [(5.0, 8.0, "One, two/Three four")]
        assert "Line 14: a drawing, left out." in corrected(text).remarks

    def test_a_line_whose_time_is_none_is_named(self) -> None:
        assert refusal(ASS.replace("0:00:05.00", "0:00:x5.00")).startswith("Line 12: “0:00:x5.00” is not a time.")
        assert refusal(ASS.replace("0:00:05.00,0:00:08.00,Default,,0,0,0,,Second.", "0:00:05.00")).startswith("Line 12: ")


class TestWebVtt:
    def test_text_without_a_time_is_told(self) -> None:
        text = "WEBVTT\n\nNOTE\n\nSTYLE\n::cue {}\n\na\n00:01.000 --> 00:02.000\nOne.\n\nLost.\n\n00:03.000 --> 00:04.000\n2."
        assert [line for _, _, line in shown(text)] == ["One.", "2."]
        assert "Line 12: text without a time, left out." in corrected(text).remarks

    def test_the_form_of_a_time_is_that_of_the_format(self) -> None:
        assert refusal("WEBVTT\n\n00:0x.000 --> 00:02.000\nOne.\n") == (
            "Line 3: “00:0x.000 --> 00:02.000” is not a time. Write it as 00:01:02.500 --> 00:01:04.000."
        )


WINDOWS = {
    "fr": "cp1252",
    "de": "cp1252",
    "es": "cp1252",
    "pt": "cp1252",
    "it": "cp1252",
    "sv": "cp1252",
    "pl": "cp1250",
    "tr": "cp1254",
    "ru": "cp1251",
    "uk": "cp1251",
    "el": "cp1253",
    "ar": "cp1256",
    "th": "cp874",
    "ja": "cp932",
    "ko": "cp949",
    "zh": "gb18030",
}
BEYOND = {
    "bg": ("koi8_u", "Защо доматите нямат вкус?\nБерат ги зелени, защото така издържат пътя.\nЗахарта идва от листата."),
    "fr": (
        "mac_roman",
        "Pourquoi les tomates n'ont-elles aucun goût ?\nElles sont cueillies vertes, l'été, à l'étranger, très tôt.",
    ),
    "cs": ("cp1250", "Proč rajčata ze supermarketu nemají žádnou chuť?\nSklízejí je zelená, protože lépe snáší převoz."),
    "hu": ("cp1250", "Miért nincs íze a bolti paradicsomnak?\nZölden szedik, mert jobban bírja az utat. Őszinte köszönet."),
    "he": ("cp1255", "למה לעגבניות מהסופר אין טעם?\nקוטפים אותן ירוקות כי עגבנייה ירוקה שורדת טוב יותר."),
    "lt": ("cp1257", "Kodėl pomidorai iš parduotuvės neturi skonio?\nJie skinami žali, nes geriau ištveria kelionę."),
    "yue": ("cp950", "點解超市嘅番茄冇味道？\n佢哋係青色嘅時候摘落嚟。"),
}


def in_windows() -> list[tuple[str, str, str]]:
    return [(language, encoding, PARAGRAPHS[language].strip()) for language, encoding in WINDOWS.items()] + [
        (language, *what) for language, what in BEYOND.items()
    ]


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
    @pytest.mark.parametrize("text", [SRT, SRT.replace("First", "印刷术在我们目前").replace("Second", "الطباعة")])
    def test_every_form_of_unicode_is_found(self, text: str, encoding: str) -> None:
        file = decoded(text.encode(encoding), language="en")
        assert file.text == text
        assert file.remarks == (() if encoding == "utf-8-sig" else (f"The file is in {encoding[:6].upper()}.",))

    @pytest.mark.parametrize(("language", "encoding", "text"), in_windows())
    @pytest.mark.parametrize("known", [True, False])
    def test_an_encoding_of_windows_is_found_by_its_letters(self, language: str, encoding: str, text: str, known: bool) -> None:
        written = "".join(f"{i}\n00:00:{i:02} --> 00:00:{i + 1:02}\n{line}\n\n" for i, line in enumerate(text.splitlines(), 1))
        file = decoded(written.encode(encoding, "replace"), language=language if known else "en")
        assert file.text == written.encode(encoding, "replace").decode(encoding)
        assert "It was read as " in file.remarks[0]

    def test_what_the_sender_says_is_believed_where_it_makes_text(self) -> None:
        content = SRT.encode("cp1252")
        assert "Baltic" not in decoded(content, language="en", charset="utf-8").remarks[0]
        assert "Greek" in decoded("Ναι".encode("cp1253"), language="en", charset="windows-1253").remarks[0]
        for charset in ("latin-1", "iso-8859-1", "no such", "zip", "idna", "", "\0"):
            assert decoded(content, language="en", charset=charset).text == SRT
        assert decoded(SRT.encode(), language="en", charset="iso-8859-1").text == SRT

    def test_a_line_in_another_encoding_than_the_rest_is_named(self) -> None:
        text = SRT.replace("Second", "“Zweite” für später")
        content = text.encode().replace("für".encode(), "für".encode("cp1252"))
        assert refusal(content) == "Line 7: it is not in UTF-8, as other lines of the file are; save all of it in UTF-8."

    def test_what_is_no_text_is_refused(self) -> None:
        for content in (bytes(range(128, 256)), b"", b"\0" * 100, b"\xff\xfe", b"\xff\xfe\0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"):
            refusal(content)


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
    film = Rendition("a.mp4", Timeline("a", RATE, (FrameSpan(0, 1000),)), 1280, 720, None, -2.0, EncodeParams(), tuple(cues))
    read = corrected_cues(writer(film), rate=RATE, frames=1000, line_length=80, language="und")
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
