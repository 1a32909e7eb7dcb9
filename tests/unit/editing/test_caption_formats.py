"""Captions in the formats of YouTube, ASS and WebVTT are read; remarks say what is lost."""

import pytest
from test_caption_files import ASS, GOOD, ROLLING, SRT, Read, corrected, refusal, shown


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
