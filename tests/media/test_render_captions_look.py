"""Captions stay inside the safe area, are legible on any background, and show exactly their text."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from captioned import BUSY, DARK, LIGHT, box, drawn, undrawn
from thorough import few

from video_automation.media import sandbox
from video_automation.render.captions import fonts
from video_automation.render.captions.lettering import Hand, missing_glyphs, width_em
from video_automation.render.captions.typefaces import VIDEOS

needs_landlock = pytest.mark.skipif(not sandbox.landlock_version(), reason="no fonts can be hidden without Landlock")

WIDE = ("It was the best of times, it was the worst", "of times, the age of wisdom, of foolishness")
LINES = {
    (320, 180): WIDE,
    (1280, 720): WIDE,
    (640, 268): WIDE,
    (480, 360): ("It was the best of times, it was the", "worst of times, the age of wisdom"),
    (360, 360): ("It was the best of times, it", "was the worst of times"),
    (720, 1280): ("It was the best of", "times, it was the"),
}
LONGEST = {(320, 180): 42, (1280, 720): 42, (640, 268): 42, (480, 360): 36, (360, 360): 28, (720, 1280): 22}
"""The longest line in characters, by the size of the picture."""
SIZES = few(LINES, (320, 180), (360, 360), (720, 1280))


@cache
def lines_on(size: tuple[int, int], background: str) -> np.ndarray:
    """A picture of this size with usual caption lines on this background."""
    with TemporaryDirectory() as folder:
        return drawn(Path(folder), size, *LINES[size], on=background)


def em_of(size: tuple[int, int]) -> float:
    return 0.05 * float(size[0] * size[1]) ** 0.5


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("text", few(["usual", "widest", "endless"], "widest", "endless"))
def test_captions_stay_in_the_safe_part_of_the_picture(tmp_path: Path, width: int, height: int, text: str) -> None:
    size = (width, height)
    wide = "W" * LONGEST[size]
    lines = {"usual": LINES[size], "widest": (wide, wide), "endless": (" ".join(["never ending"] * 12),)}[text]
    left, top, right, bottom = box(drawn(tmp_path, size, *lines), undrawn(size))
    assert left >= 0.05 * width - 1
    assert right <= 0.95 * width + 1
    assert top >= 0.05 * height
    assert bottom <= (0.76 if height > width else 0.95) * height + 1
    assert bottom >= (0.74 if height > width else 0.93) * height
    assert abs(left + right - width) <= 3


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_usual_lines_are_not_made_smaller_and_fill_much_of_the_width(width: int, height: int) -> None:
    size = (width, height)
    left, top, right, bottom = box(lines_on(size, LIGHT), undrawn(size))
    assert bottom - top == pytest.approx((2 * VIDEOS.latin.line_em + 0.4) * em_of(size), abs=2)
    assert 0.5 * size[0] < right - left < 0.9 * size[0]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_line_that_is_too_wide_becomes_smaller_and_stays_one_line(tmp_path: Path, width: int, height: int) -> None:
    size = (width, height)
    line = ("WOMEN AND MEN " * 4)[: LONGEST[size]].strip()
    left, top, right, bottom = box(drawn(tmp_path, size, line), undrawn(size))
    assert bottom - top <= (VIDEOS.latin.line_em + 0.4) * em_of(size) + 2
    assert right - left > 0.6 * size[0]


@pytest.mark.parametrize(
    "line",
    few(
        [
            r"{\b1}bold{\b0} or not",
            r"a\Nb\nc\hd",
            r"\{\i1\}",
            r"{\pos(10,10)}{\an8}top",
            r"{\p1}m 0 0 l 90 90 0 90{\p0}",
            "{unclosed",
            "} closed {} {a comment}",
            "ends with \\",
            r"\\N and \{",
            r"{=0}{*\fs90}",
            "Dialogue: 0,0:00:00.00,0:00:09.00,Default",
            "[Events]",
            "; no comment",
        ],
        *(r"{\b1}bold{\b0} or not", r"a\Nb\nc\hd", r"\{\i1\}", "{unclosed", "} closed {} {a comment}", "ends with \\"),
    ),
)
def test_what_looks_like_a_command_is_drawn_as_it_is_written(tmp_path: Path, line: str) -> None:
    size = (1280, 720)
    left, top, right, bottom = box(drawn(tmp_path, size, line), undrawn(size))
    assert bottom - top == pytest.approx((VIDEOS.latin.line_em + 0.4) * em_of(size), abs=2)  # one line
    assert right - left == pytest.approx(
        (width_em(line, Hand(VIDEOS, "en")) + 0.4) * em_of(size), rel=0.03
    )  # with every letter


def read(picture: np.ndarray) -> str:
    """The text that OCR reads in a picture."""
    if shutil.which("tesseract") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no tesseract")
    height, width, _ = picture.shape
    form = b"P6 %d %d 255\n" % (width, height)
    argv = ("tesseract", "stdin", "stdout", "--psm", "6")
    env = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads busy-wait for each other
    done = subprocess.run(argv, input=form + picture.tobytes(), capture_output=True, check=True, env=env)
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize("background", few([LIGHT, DARK, BUSY], DARK, BUSY), ids=["light", "dark", "busy"])
@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (320, 180)], ids=str)
def test_captions_can_be_read_on_any_picture(size: tuple[int, int], background: str) -> None:
    left, top, right, bottom = box(lines_on(size, LIGHT), undrawn(size))
    caption = lines_on(size, background)[top:bottom, left:right]
    if size[1] < 400:  # OCR expects the resolution of scanned pages
        caption = caption.repeat(4, axis=0).repeat(4, axis=1)
    assert read(caption) == " ".join(LINES[size])


@needs_landlock
def test_a_machine_without_fonts_draws_captions_all_the_same(tmp_path: Path) -> None:
    without = undrawn((320, 180))
    bare = drawn(tmp_path, (320, 180), "Hello", readable=(), own_font=False)
    assert (bare == without).all(), "no proof: a font was there anyhow"
    own = drawn(tmp_path, (320, 180), "Hello", readable=())
    assert box(own, without)
    assert (own == drawn(tmp_path, (320, 180), "Hello")).all()


def drawable_elsewhere() -> list[str]:
    """Letters that our fonts lack, and a font of this machine has."""
    return list(fonts.on_this_machine(missing_glyphs(["ກ ᚠ ক ა"])))


@needs_landlock
def test_letters_our_fonts_lack_are_drawn_with_one_of_the_machine(tmp_path: Path) -> None:
    letters = drawable_elsewhere()
    if not letters:
        pytest.skip("this machine has no font with letters ours lack")
    for letter in letters:
        with_it, boxes = (drawn(tmp_path, (320, 180), letter * 9, readable=fonts_) for fonts_ in (fonts.OF_THE_MACHINE, ()))
        assert (np.abs(with_it.astype(int) - boxes) > 100).sum() > 100, letter
