"""Captions as SRT and WebVTT, read back by other people's readers."""

import io
import re
from fractions import Fraction

import av
import webvtt
from hypothesis import assume, example, given
from hypothesis import strategies as st

from video_automation.plan.cues import Cue, plain_line
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan, ms_at
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.sidecar_captions import NO_BRACES, srt, vtt

FPS = Fraction(30000, 1001)
TIMES = ("00:00:01,000 --> 00:00:02,000", "00:01.000 --> 00:02.000", "<00:00:01.000>", "-->")
TAGS = ("<b>", "</b>", "<", ">", "{\\an8}", "{\\b1}", "{y:i}", "{", "}", "&amp;", "&", "\\N", "\\h")
BREAKS = ("\n", "\r", "\n\n", "\x00", "\u2028", "\ufeff", " ", "NOTE ", "STYLE", "WEBVTT", "1")
PIECES = (*TIMES, *TAGS, *BREAKS)
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=6).map("".join)
VIDEOS = st.lists(st.lists(TEXT, min_size=1, max_size=3), max_size=4)


def video(*texts: tuple[str, ...] | list[str]) -> Rendition:
    timeline = Timeline("a", FPS, (FrameSpan(0, 400_000),))
    cues = tuple(Cue(FrameSpan(50 * i + 10, 50 * i + 55), tuple(text)) for i, text in enumerate(texts))
    return Rendition("a.mp4", timeline, 1280, 720, None, -2.0, EncodeParams(), cues)


def expected(made: Rendition) -> list[tuple[int, int, list[str]]]:
    return [(ms_at(c.span.start, FPS), ms_at(c.span.end, FPS), list(c.plain_lines)) for c in made.cues if c.plain_lines]


def seen(made: Rendition) -> list[tuple[int, int, list[str]]]:
    return [(start, end, list(map(joined, lines))) for start, end, lines in expected(made)]


def in_srt(made: Rendition) -> list[tuple[int, int, list[str]]]:
    return [(*times, [line.translate(NO_BRACES) for line in lines]) for *times, lines in seen(made)]


def by_webvtt(text: str, kind: str) -> list[tuple[int, int, list[str]]]:
    """The captions that webvtt-py reads."""
    read = webvtt.from_string(text) if kind == "vtt" else webvtt.from_buffer(io.StringIO(text), format="srt")
    return [(_ms(caption.start), _ms(caption.end), caption.raw_text.split("\n")) for caption in read.captions]


def _ms(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3_600_000 + int(minutes) * 60_000 + round(float(seconds) * 1000)


def by_ffmpeg(text: str, kind: str) -> list[tuple[int, int, str, str]]:
    """The captions that ffmpeg reads: each text as it is written, and as ASS, ffmpeg's own form."""
    found = []
    with av.open(io.BytesIO(text.encode()), format=kind) as opened:
        for packet in opened.demux(subtitles=0):
            for subtitle in packet.decode() if packet.size else []:
                ass = bytes(subtitle.ass).decode().split(",", 8)[-1]
                found.append((packet.pts, packet.pts + packet.duration, bytes(packet).decode(), ass))
    return found


def joined(text: str) -> str:
    """The text as it is shown."""
    return text.replace("\u2060", "")


@given(VIDEOS)
@example([["a", "-->"], ["NOTE", "STYLE"]])
def test_another_reader_finds_the_same_captions_in_webvtt(texts: list[list[str]]) -> None:
    made = video(*texts)
    found = by_webvtt(vtt(made), "vtt")
    assert [(start, end, list(map(unescaped, lines))) for start, end, lines in found] == expected(made)
    assert not any("<" in line or ">" in line for _, _, lines in found for line in lines)


def unescaped(line: str) -> str:
    return line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(VIDEOS)
@example([["1", "00:00:01,000 --> 00:00:02,000"], ["2"]])
def test_another_reader_finds_the_same_captions_in_srt(texts: list[list[str]]) -> None:
    made = video(*texts)
    assume(expected(made))
    assert [(start, end, list(map(joined, lines))) for start, end, lines in by_webvtt(srt(made), "srt")] == in_srt(made)


@given(VIDEOS)
@example([["1", "00:00:01,000 --> 00:00:02,000"], ["2"], ["{\\an8}<i>x</i>"]])
def test_ffmpeg_finds_the_same_captions_in_srt_and_no_command(texts: list[list[str]]) -> None:
    made = video(*texts)
    found = by_ffmpeg(srt(made), "srt")
    assert [(start, end, joined(text).split("\n")) for start, end, text, _ in found] == in_srt(made)
    for _, _, _, ass in found:
        assert not re.search(r"[{}]|\\[^N]|\\$", ass.replace("\\\u2060", "")), ass


@given(VIDEOS)
@example([["1", "00:00:01,000 --> 00:00:02,000"], ["2"], ["{\\an8}<i>x</i>"]])
def test_ffmpeg_shows_every_letter_of_webvtt(texts: list[list[str]]) -> None:
    made = video(*texts)
    found = by_ffmpeg(vtt(made), "webvtt")
    shown = [(start, end, ass.replace("\\{{}", "{").replace("\\N", "\n")) for start, end, _, ass in found]
    assert [(start, end, joined(text).split("\n")) for start, end, text in shown] == seen(made)


def test_the_form_of_srt() -> None:
    assert srt(video(("Hello,", "world."), ("Bye.",))) == (
        "1\n00:00:00,334 --> 00:00:01,835\nHello,\nworld.\n\n2\n00:00:02,002 --> 00:00:03,504\nBye.\n"
    )


def test_the_form_of_webvtt() -> None:
    assert vtt(video(("R&D: 1 < 2",))) == "WEBVTT\n\n00:00:00.334 --> 00:00:01.835\nR&amp;D: 1 &lt; 2\n"
    assert vtt(video()) == "WEBVTT\n"


def test_hours_are_counted() -> None:
    late = Rendition(
        "a.mp4", Timeline("a", Fraction(25), (FrameSpan(0, 10_000_000),)), 2, 2, None, -2.0, EncodeParams(),
        (Cue(FrameSpan(9_000_000, 9_000_025), ("late",)),),
    )  # fmt: skip
    assert "100:00:00,000 --> 100:00:01,000" in srt(late)


def test_captions_of_nothing_visible_are_left_out_and_numbers_go_on() -> None:
    assert re.findall(r"^\d+$", srt(video(("a",), ("\n", "\x00"), ("b",))), re.MULTILINE) == ["1", "2"]


@given(st.text())
def test_plain_text_is_one_line_that_can_be_written(text: str) -> None:
    line = plain_line(text)
    assert len(line.splitlines()) <= 1
    assert plain_line(line) == line
    line.encode()
