"""Clips' caption styles as libass draws them: all different, the spoken word visible, everything inside the picture."""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from captioned import BUSY, box, shown, undrawn
from plans import QUICK
from thorough import few

from video_automation.plan.choices import CLIP_STYLES
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.params import LookParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

GREY = "color=0x7F7F7F"
SIZE = (360, 640)
LONG = ("extraordinarily", "incomprehensible", "WWWWWWWWWWWWWWWWWWWW", "a", "responsibilities", "Jgq.")


def clip(*texts: str, spoken: int = 0, style: str = "pop", look: LookParams | None = None, **more: object) -> Rendition:
    """A clip in whose first frame the word number `spoken` is spoken; the words before it appeared long ago."""
    words = tuple(CueWord(FrameSpan(20 * i, 20 * i + 20), text) for i, text in enumerate(texts))
    timeline = Timeline("a", Fraction(25), (FrameSpan(0, 20 * len(texts)),))
    cues = (Cue(FrameSpan(0, 20 * len(texts)), ("x",), words),)
    made = Rendition("a.mp4", timeline, *SIZE, None, -2.0, QUICK.encode, cues, burn_in=True, kind="short", style=style)  # type: ignore[arg-type]
    return replace(made, look=look or LookParams(), **more)  # type: ignore[arg-type]


@cache
def drawn(video: Rendition, frame: int = 10, on: str = GREY) -> np.ndarray:
    """A frame of a clip with its captions: uint8 of shape (height, width, 3)."""
    with TemporaryDirectory() as folder:
        return shown(Path(folder), video, on=on, chunk=FrameSpan(frame, frame + 10))


def differ(one: np.ndarray, other: np.ndarray) -> int:
    """How many pixels differ visibly."""
    return int((np.abs(one.astype(int) - other).max(axis=2) > 60).sum())


def test_no_style_looks_like_another_one() -> None:
    frames = {style: [drawn(clip("one", "two", "three", style=style), frame) for frame in (0, 30)] for style in CLIP_STYLES}
    for one, first in frames.items():
        for other, second in frames.items():
            if one < other:
                assert max(differ(a, b) for a, b in zip(first, second, strict=True)) > 200, (one, other)


@pytest.mark.parametrize("style", CLIP_STYLES)
def test_which_word_is_spoken_is_seen_in_every_style_but_the_plain_one(style: str) -> None:
    video = clip("moon", "moon", "moon", style=style)
    first, second = drawn(video, 10), drawn(video, 30)
    assert differ(first, undrawn(SIZE, on=GREY)) > 200, "captions are drawn"
    if style not in ("plain", "single"):
        assert differ(first, second) > 100
    else:
        assert differ(first, second) == 0


def test_of_one_word_at_a_time_each_has_its_own_time() -> None:
    video = clip("one", "two", style="single")
    assert differ(drawn(video, 10), drawn(video, 30)) > 200


@pytest.mark.parametrize("style", CLIP_STYLES)
def test_letters_of_every_style_stand_out_from_what_is_round_them(style: str) -> None:
    """On a colourful picture, some of the changed pixels are much lighter, and some much darker."""
    video = clip("one", "two", style=style)
    grey, busy = drawn(video, 10), drawn(video, 10, BUSY)
    changed = np.abs(grey.astype(int) - undrawn(SIZE, on=GREY)).max(axis=2) > 60
    light = busy[changed].mean(axis=1)
    assert np.percentile(light, 95) - np.percentile(light, 5) > 90


CHANGES = {
    "font": "Rubik Bold",
    "letter_colour": "#00C2FF",
    "spoken_colour": "#FF00FF",
    "keyword_colour": "#FF8800",
    "outline_colour": "#7000C0",
    "outline_width": 20,
    "box": "line",
    "letter_case": "capitals",
    "words_per_line": 1,
}


@pytest.mark.parametrize("option", CHANGES)
def test_each_change_of_a_look_is_seen(option: str) -> None:
    video = clip("we", "bake", "bread", style="pop", keywords=(FrameSpan(40, 60),))
    changed = replace(video, look=LookParams(**{option: CHANGES[option]}))  # type: ignore[arg-type]
    assert differ(drawn(video), drawn(changed)) > 100


@pytest.mark.parametrize("style", ["box", "marker", "panel", "card", "typewriter"])
def test_a_box_has_the_colour_it_is_given(style: str) -> None:
    blue = drawn(clip("one", "two", style=style, look=LookParams(box_colour="#0030FF")))
    none = drawn(clip("one", "two", style=style, look=LookParams(box="none")))
    assert int(((blue[..., 2] > 150) & (blue[..., 0] < 90)).sum()) > 500
    assert differ(blue, none) > 500


@pytest.mark.parametrize("words", range(1, 7))
@pytest.mark.parametrize("style", few(CLIP_STYLES, "loud", "panel"))
@pytest.mark.parametrize("at", few(["low", "middle", "high", 0, 100], 100))
def test_long_words_stay_inside_the_picture(style: str, words: int, at: object) -> None:
    video = clip(*LONG, style=style, look=LookParams(words_per_line=words), captions_at=at)
    left, top, right, bottom = box(drawn(video), undrawn(SIZE, on=GREY))
    assert 0.03 * SIZE[0] < left < right < 0.97 * SIZE[0]
    assert 0 < top < bottom < SIZE[1]


@pytest.mark.parametrize("style", ["karaoke", "typewriter"])
def test_joined_letters_stay_joined_where_only_some_of_them_are_reached(style: str) -> None:
    """Letters inside a word keep their forms before, while and after the highlight reaches them."""
    plain = {"letter_colour": "#FFFFFF", "spoken_colour": "#FFFFFF", "box": "none"}
    video = clip("السلام", style=style, language="ar", look=LookParams(**plain))  # type: ignore[arg-type]
    half, whole = drawn(video, 10), drawn(video, 19)
    light_half, light_whole = (frame.min(axis=2).astype(int) for frame in (half, whole))
    assert (light_half > 200).sum() > 100
    assert ((light_half > 200) & (light_whole < 140)).sum() < 20, "what is seen stays"
    if style == "karaoke":
        assert np.abs(light_half - light_whole).max() < 60
