"""Words and titles that look like ASS commands are drawn as letters, in the place of captions."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from captioned import picture, undrawn

from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions import fonts
from video_automation.render.captions.ass_captions import script

SIZE = (540, 960)


@pytest.mark.parametrize(
    ("style", "command"),
    [
        ("pop", r"{\pos(9,9)}{\an7}"),
        ("box", r"{\p1}m0_0l900_0_900_900_0_900{\p0}"),
        ("plain", r"{\1c&H0000FF&}{\fs300}"),
    ],
)
def test_a_word_and_a_title_that_are_commands_are_drawn_and_not_obeyed(tmp_path: Path, style: str, command: str) -> None:
    words = (CueWord(FrameSpan(0, 10), command),)
    rendition = Rendition(
        "a.mp4", Timeline("a", Fraction(25), (FrameSpan(0, 10),)), *SIZE, None, -2.0, EncodeParams(),
        (Cue(FrameSpan(0, 10), (command,), words),), burn_in=True, kind="short", style=style, title=command,
    )  # type: ignore[arg-type]  # fmt: skip
    text = script(rendition, FrameSpan(0, 10))
    (tmp_path / "a.ass").write_text(text, "utf-8")
    fonts.provide(tmp_path, [text])
    readable = (*fonts.OF_PACKAGES, *fonts.OF_THE_MACHINE)
    drawn = picture(tmp_path, SIZE, "color=gray", f"ass=f=a.ass:fontsdir={fonts.FOLDER}", readable).astype(int)
    changed = np.abs(drawn - undrawn(SIZE, on="color=gray")).max(axis=2) > 60
    rows = np.flatnonzero(changed.any(axis=1))
    assert rows[0] > SIZE[1] * 0.13  # nothing in the corner that the command names
    assert rows[-1] < SIZE[1] * 0.78
    assert changed.mean() < 0.15  # nothing drawn as a shape, nothing in large letters
    red = (drawn[..., 0] > 180) & (drawn[..., 1] < 90) & (drawn[..., 2] < 90)
    assert not red.any()
    assert (rows < SIZE[1] / 2).any()  # the title
    assert (rows > SIZE[1] / 2).any()  # the word
