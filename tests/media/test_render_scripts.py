"""Captions in every script use the bundled fonts, run in the right direction, and stay inside the safe area."""

import os
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from captioned import DARK, LIGHT, box, captioned, drawn, shown, undrawn
from thorough import few

from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.lettering import Hand, width_em
from video_automation.render.captions.typefaces import VIDEOS

SIZE, CLIP = (1280, 720), (1080, 1920)
SAID = {
    "el": ("ell", "Καλημέρα σε όλους"),
    "ru": ("rus", "Доброе утро, сегодня"),
    "ar": ("ara", "صباح الخير يا أصدقائي"),
    "he": ("heb", "בוקר טוב לכולם, היום"),
    "hi": ("hin", "आज हम भाषा के बारे में"),
    "th": ("tha", "วันนี้เราจะพูดถึงภาษาไทย"),
    "zh": ("chi_sim", "今天我们来谈谈文化"),
    "yue": ("chi_tra", "你們準備好了嗎"),
    "ja": ("jpn", "今日は日本語の話です"),
    "ko": ("kor", "오늘은 한국어 이야기입니다"),
    "ta": ("tam", "இன்று நாம் தமிழ் மொழி"),
    "te": ("tel", "ఈ రోజు మనం తెలుగు భాష"),
    "km": ("khm", "ថ្ងៃនេះយើងនឹងនិយាយ"),
}
USUAL = ("ar", "hi", "ja", "th")


@cache
def readers() -> frozenset[str]:
    """The languages that the OCR program of this machine knows."""
    if shutil.which("tesseract") is None:
        return frozenset()
    listed = subprocess.run(("tesseract", "--list-langs"), capture_output=True, check=True, text=True).stdout
    return frozenset(listed.split())


def read(picture: np.ndarray, reader: str) -> str:
    if reader not in readers():
        (pytest.fail if os.environ.get("CI") and not readers() else pytest.skip)(f"tesseract does not read {reader} here")
    height, width, _ = picture.shape
    form = b"P6 %d %d 255\n" % (width, height)
    argv = ("tesseract", "stdin", "stdout", "--psm", "6", "-l", reader)
    env = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads busy-wait for each other
    return subprocess.run(argv, input=form + picture.tobytes(), capture_output=True, check=True, env=env).stdout.decode()


@cache
def line_of(language: str) -> tuple[np.ndarray, tuple[int, int, int, int]]:
    """A picture with a line in a language, drawn only with our own fonts, and the box around it."""
    with TemporaryDirectory() as folder:
        picture = drawn(Path(folder), SIZE, SAID[language][1], language=language, readable=())
    return picture, box(picture, undrawn(SIZE))


def letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum() or unicodedata.combining(char))


def errors(said: str, found: str) -> float:
    """The share of letters that are wrong, missing or added."""
    row = list(range(len(found) + 1))
    for i, char in enumerate(said, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (char != other))
    return row[-1] / len(said)


@pytest.mark.parametrize("language", few(SAID, *USUAL))
def test_a_caption_can_be_read(language: str) -> None:
    reader, text = SAID[language]
    picture, (left, top, right, bottom) = line_of(language)
    caption = 255 - picture[top:bottom, left:right]
    caption = np.pad(caption.repeat(2, axis=0).repeat(2, axis=1), ((20, 20), (20, 20), (0, 0)), mode="edge")
    assert errors(letters(text), letters(read(caption, reader))) <= 0.1


@pytest.mark.parametrize("language", few(SAID, "el", "ru", "ar", "he", "hi", "th", "zh", "yue", "ja", "ko"))
def test_no_letter_is_a_box(tmp_path: Path, language: str) -> None:
    one, other = [char for char in dict.fromkeys(SAID[language][1]) if unicodedata.category(char) == "Lo" or char.islower()][:2]
    pictures = [
        drawn(tmp_path, (320, 180), f"{char} {char} {char}", language=language, readable=(), on=DARK) for char in (one, other)
    ]
    assert (np.abs(pictures[0].astype(int) - pictures[1]).max(axis=2) > 100).sum() > 20


@pytest.mark.parametrize("language", few(SAID, *USUAL))
def test_a_line_is_no_wider_than_it_is_thought_to_be_and_not_much_narrower(language: str) -> None:
    em = 0.05 * (SIZE[0] * SIZE[1]) ** 0.5
    _, (left, top, right, bottom) = line_of(language)
    thought = width_em(SAID[language][1], Hand(VIDEOS, language))
    assert 0.7 * thought < (right - left) / em - 0.4 < 1.02 * thought
    assert bottom - top < 2.1 * em


@pytest.mark.parametrize("language", few(SAID, *USUAL))
def test_nothing_of_a_letter_leaves_the_box_behind_it(tmp_path: Path, language: str) -> None:
    text = SAID[language][1]
    on_light, on_dark = (drawn(tmp_path, SIZE, text, text, language=language, readable=(), on=on) for on in (LIGHT, DARK))
    _, top, _, bottom = box(on_light, undrawn(SIZE))
    lit = np.flatnonzero((on_dark.max(axis=2) > 120).any(axis=1))
    assert top < lit[0]
    assert lit[-1] < bottom


@pytest.mark.parametrize(
    ("language", "words"),
    few(
        [
            ("ar", ("صباح", "الخير", "يا", "أصدقائي")),
            ("he", ("קניתי", "iPhone", "אתמול")),
            ("en", ("one", "two", "three")),
            ("th", ("สวัสดี", "ครับ")),
        ],
        *(("he", ("קניתי", "iPhone", "אתמול")), ("en", ("one", "two", "three"))),
    ),
)
@pytest.mark.parametrize("style", ["pop", "box"])
def test_the_marked_word_is_the_spoken_one_and_the_first_is_where_one_begins_to_read(
    tmp_path: Path, language: str, words: tuple[str, ...], style: str
) -> None:
    middles = []
    for spoken in range(2):
        video = clip(words[:2], language, style, spoken)
        wide = replace(video, width=1920, height=1080)  # on one line
        colours = shown(tmp_path, wide, on=DARK, readable=()).astype(int)
        marked = colours[..., 0] - colours[..., 2] > 80 if style == "pop" else colours[..., 1] - colours[..., 0] > 60
        assert marked.any()
        middles.append(np.flatnonzero(marked.any(axis=0)).mean())
    assert (middles[0] > middles[1]) == (language in ("ar", "he"))


def clip(words: tuple[str, ...], language: str, style: str, spoken: int) -> object:
    """A clip of ten frames during which the word number `spoken` is spoken."""
    spans = [FrameSpan(0, 1) if i < spoken else FrameSpan(0 if i == spoken else 9, 10) for i in range(len(words))]
    cues = (Cue(FrameSpan(0, 10), (" ".join(words),), tuple(map(CueWord, spans, words))),)
    timeline = Timeline("a", Fraction(25), (FrameSpan(0, 10),))
    return replace(captioned(CLIP), timeline=timeline, cues=cues, style=style, kind="short", language=language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("without", "mark", "language"),
    few(
        [
            ("שלום לכם", "?", "he"),
            ("מה שלומך", "!", "und"),
            ("هل أنت هنا", "؟", "ar"),
            ("iPhone هو الأفضل", "!", "en"),
            ("Yes", "?", "en"),
        ],
        *(("هل أنت هنا", "؟", "ar"), ("iPhone هو الأفضل", "!", "en"), ("Yes", "?", "en")),
    ),
)
def test_punctuation_is_at_the_end_of_what_is_read(tmp_path: Path, without: str, mark: str, language: str) -> None:
    plain, ended = (drawn(tmp_path, SIZE, text, language=language, readable=(), on=DARK) for text in (without, without + mark))
    ink = [np.flatnonzero((picture.max(axis=2) > 120).any(axis=0)) for picture in (plain, ended)]
    wide = 150 if len(without) > 4 else 50
    from_right = without != "Yes"
    edge = slice(-wide, None) if from_right else slice(0, wide)
    columns = [
        (picture.max(axis=2) > 120)[:, found[0] : found[-1] + 1][:, edge]
        for picture, found in zip((plain, ended), ink, strict=True)
    ]
    assert (columns[0] != columns[1]).mean() < 0.004  # nothing changes where reading begins
