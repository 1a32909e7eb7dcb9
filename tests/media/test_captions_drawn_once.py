"""Captions of which each look is drawn once: the same frames as where libass draws each anew."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from captioned import cue
from plans import QUICK

from video_automation.media.ffmpeg import Tools, ffmpeg_output
from video_automation.plan.cues import Cue
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions import fonts
from video_automation.render.captions.ass_captions import script
from video_automation.render.captions.caption_filters import captioned, changes, drawn_anew

SIZE = (320, 180)
FRAMES = 96
CUES = (cue(7, 30, "First of all,", "two lines"), cue(30, 41, "then another"), cue(60, 96, "the last one"))


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60)])
@pytest.mark.parametrize("matrix", ["bt709", "smpte170m", "bt470bg"])
def test_frames_are_those_of_captions_drawn_anew(tmp_path: Path, rate: Fraction, matrix: str) -> None:
    text = written(tmp_path, rate, CUES)
    once = captioned(text, "a.ass", size=SIZE, rate=rate, frames=FRAMES, matrix=matrix)
    assert "blend" in once
    bare, anew, drawn = (frames(tmp_path, rate, matrix, step) for step in ("null", drawn_anew("a.ass"), once))
    assert np.abs(drawn - anew).max() <= 2
    for frame in range(FRAMES):
        shown = any(one.span.start <= frame < one.span.end for one in CUES)
        assert bool((np.abs(drawn[frame] - bare[frame]) > 40).any()) == shown, frame


def test_a_chunk_may_have_more_looks_than_ffmpeg_adds_up(tmp_path: Path) -> None:
    length = 2400
    text = written(tmp_path, Fraction(25), tuple(cue(at, at + 16, "word") for at in range(0, length, 32)), length)
    once = captioned(text, "a.ass", size=SIZE, rate=Fraction(25), frames=length, matrix="bt709")
    assert once.count("eq(n,") == 150
    drawn, anew = (
        frames(tmp_path, Fraction(25), "bt709", f"{step},scale=64:36", length) for step in (once, drawn_anew("a.ass"))
    )
    assert np.abs(drawn - anew).max() <= 2


def test_captions_that_change_all_the_time_are_drawn_anew(tmp_path: Path) -> None:
    words = tuple(cue(frame, frame + 4, "word") for frame in range(0, FRAMES, 8))
    text = written(tmp_path, Fraction(25), words)
    assert len(changes(text, Fraction(25), FRAMES)) == 24
    assert captioned(text, "a.ass", size=SIZE, rate=Fraction(25), frames=FRAMES, matrix="bt709") == drawn_anew("a.ass")


def test_a_look_begins_where_a_caption_begins_or_ends(tmp_path: Path) -> None:
    for rate in (Fraction(24000, 1001), Fraction(25), Fraction(60)):
        assert changes(written(tmp_path, rate, CUES), rate, FRAMES) == (0, 7, 30, 41, 60)


def written(folder: Path, rate: Fraction, cues: tuple[Cue, ...], length: int = FRAMES) -> str:
    """A script of captions, in a file with the fonts it needs."""
    span = FrameSpan(0, length)
    timeline = Timeline("a", rate, (span,))
    text = script(Rendition("a.mp4", timeline, *SIZE, None, -2.0, QUICK.encode, cues, burn_in=True, language="en"), span)
    (folder / "a.ass").write_text(text, "utf-8")
    fonts.provide(folder, [text])
    return text


def frames(folder: Path, rate: Fraction, matrix: str, step: str, count: int = FRAMES) -> np.ndarray:
    """Moving pictures after a filter: their samples, of shape (frame, sample)."""
    source = f"testsrc2=s={SIZE[0]}x{SIZE[1]}:r={rate},trim=end_frame={count},format=yuv420p"
    tagged = f"setparams=colorspace={matrix}:range=limited"
    args = ("-f", "lavfi", "-i", source, "-vf", f"{tagged},{step}", "-fps_mode", "passthrough", "-f", "rawvideo")
    readable = (*fonts.OF_PACKAGES, *fonts.OF_THE_MACHINE)
    with ffmpeg_output(Tools(folder, readable), args) as stream:
        raw = stream.read()
    return np.frombuffer(raw, np.uint8).reshape(count, -1).astype(int)
