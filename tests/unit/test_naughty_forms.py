"""Every naughty string as a name, title, caption or word in every text we write: it is kept, and has no effect."""

import io
import logging
import re
from fractions import Fraction
from pathlib import Path

import pytest
import webvtt
from naughty import NAUGHTY
from unit.editing.test_naming import check_stem
from unit.render.test_edit_lists import check_name

from video_automation import logs
from video_automation.editing.captions.correction import corrected_cues
from video_automation.editing.publishing.naming import safe_stem
from video_automation.errors import RequestError
from video_automation.jobs.lifecycle.reclipping import wished
from video_automation.plan.choices import CLIP_STYLES, LONG_VIDEO_STYLE
from video_automation.plan.cues import Cue, CueWord, plain_line
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.ass_captions import script
from video_automation.render.captions.sidecar_captions import NO_BRACES, srt, vtt
from video_automation.web.uploads.form_upload import shown_name

RATE = Fraction(25)
OUR_COMMANDS = re.compile(
    r"\{(\\fs[0-9.]+)?(\\alpha&HFF&|\\1a&HFF&(\\3a&HFF&)?)?(\\xbord[0-9.]+\\ybord[0-9.]+)?(\\blur[0-9.]+)?(\\fscx\d+\\fscy\d+)?\}|"
    r"\{\\fn[A-Za-z ]+\\fs[0-9.]+\\b[01]\}|\{\\c&H[0-9A-F]{6}&(\\3c&H[0-9A-F]{6}&)?\}|"
    r"\{\\alpha&H(00|FF)&\}|\{\\3a&H[0-9A-F]{2}&(\\4a&HFF&)?\}|\\N|\\\{|\\\u200b"
)
STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def captioned() -> tuple[Cue, ...]:
    """All naughty strings as the captions of one video, entered as the page does."""
    lines = [plain_line(text) for text in NAUGHTY if plain_line(text) and len(plain_line(text)) < 2_000]
    blocks = (f"{_clock(i)} --> {_clock(i + 1)}\n{escaped(line)}\n" for i, line in enumerate(lines))
    return corrected_cues("\n".join(("WEBVTT\n", *blocks)), rate=RATE, frames=25 * 2_000, line_length=500, language="en").cues


def _clock(second: int) -> str:
    return f"00:{second // 60:02}:{second % 60:02}.000"


def video(cues: tuple[Cue, ...], **more: object) -> Rendition:
    timeline = Timeline("a", RATE, (FrameSpan(0, 25 * 2_000),))
    return Rendition("a.mp4", timeline, 1280, 720, None, -2.0, EncodeParams(), cues, burn_in=True, **more)  # type: ignore[arg-type]


def test_captions_are_what_was_typed_but_for_what_nobody_sees() -> None:
    unseen = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
    typed = [" ".join(unseen.sub("", plain_line(text)).split()) for text in NAUGHTY if len(plain_line(text)) < 2_000]
    assert [cue.text for cue in captioned()] == [text for text in typed if text]


def test_captions_that_are_downloaded_and_put_back_are_the_same() -> None:
    cues = captioned()
    again = corrected_cues(vtt(video(cues)), rate=RATE, frames=25 * 2_000, line_length=500, language="en").cues
    assert [(cue.span, cue.lines) for cue in again] == [(cue.span, cue.lines) for cue in cues]
    third = corrected_cues(srt(video(cues)), rate=RATE, frames=25 * 2_000, line_length=500, language="en").cues
    assert [cue.text for cue in third] == [cue.text.translate(NO_BRACES) for cue in cues]


def test_another_reader_finds_as_many_captions_and_no_markup() -> None:
    cues = captioned()
    read = webvtt.from_buffer(io.StringIO(vtt(video(cues))), format="vtt")
    assert len(read.captions) == len(cues)
    assert not any("<" in line or "-->" in line for caption in read.captions for line in caption.lines)
    assert not read.styles


@pytest.mark.parametrize("style", [LONG_VIDEO_STYLE.name, *CLIP_STYLES])
def test_no_word_and_no_title_is_a_command_of_the_captions_that_are_drawn(style: str) -> None:
    for text in NAUGHTY:
        words = tuple(CueWord(FrameSpan(at, at + 5), word) for at, word in zip((0, 5), (text, "b"), strict=True))
        lines = tuple(filter(None, (plain_line(text),)))
        made = video((Cue(FrameSpan(0, 25), lines, words),), style=style, title=text)
        drawn = [line for line in script(made, FrameSpan(0, 25)).splitlines() if line.startswith("Dialogue:")]
        for line in drawn:
            rest = OUR_COMMANDS.sub("", line.split(",", 9)[9])
            assert not re.search(r"\\|\{(?!\u200b)", rest), line


def test_each_form_of_an_edit_list_keeps_its_form_whatever_video_and_title_are_called() -> None:
    for text in NAUGHTY[::7] + NAUGHTY[-50:]:
        check_name(text)


def test_a_title_is_one_line_and_else_what_was_sent() -> None:
    for text in NAUGHTY:
        try:
            title = wished({"title": text}).title
        except RequestError:
            assert len(plain_line(text)) > 100
            continue
        assert (title or "") == plain_line(text)


def test_a_shown_name_is_the_name_without_folders_and_what_shows_nothing() -> None:
    for text in NAUGHTY:
        try:
            name = shown_name(text)
        except RequestError:
            assert not re.search(r"\w", text.replace("\\", "/").rpartition("/")[2])
            continue
        assert len(name) <= 255
        assert not re.search("[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ufeff/\\\\]", name)
        assert shown_name(name) == name
        check_stem(safe_stem(text))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\a.mp4", "a.mp4"),
        ("a\u202egpj.4pm", "agpj.4pm"),
        ("pay\u200bpal\ufeff\u00ad.mp4", "paypal.mp4"),
        ("x\u3164\U000e0041y.mp4", "xy.mp4"),
        ("می\u200cخواهم 👩\u200d👧.mp4", "می\u200cخواهم 👩\u200d👧.mp4"),
        ("a\r\nSet-Cookie: b", "aSet-Cookie: b"),
        ("é" * 4096, "é" * 255),
    ],
)
def test_the_name_that_is_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_no_string_forges_a_line_of_a_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "task.log"
    monkeypatch.setattr(
        logging.getLogger("video_automation"), "propagate", False
    )  # xdist cannot send on a captured log with a lone surrogate
    with logs.task_log("an-id", file):
        for text in (*NAUGHTY, "\ud800"):
            logging.getLogger("video_automation.test").warning("said: %s", text)
    rows = re.split("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", file.read_text())[:-1]
    ours = [row for row in rows if not row.startswith("    ")]
    assert len(ours) == len(NAUGHTY) + 1
    assert all(STAMP.match(row) and " WARNING an-id video_automation.test: said: " in row for row in ours)
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", file.read_text())
