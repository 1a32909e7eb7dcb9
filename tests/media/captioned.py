"""Draws captions into pictures, and finds where they are."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from plans import QUICK, pixels

from video_automation.media.command import Command
from video_automation.media.ffmpeg import Tools, run
from video_automation.plan.cues import Cue
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions import fonts
from video_automation.render.captions.ass_captions import script

LIGHT, DARK, BUSY = "color=white", "color=black", "mandelbrot=start_x=-0.743:start_scale=0.01:maxiter=500"
"""Backgrounds to draw on, as lavfi sources."""
FIRST = FrameSpan(0, 10)


def cue(start: int, end: int, *lines: str) -> Cue:
    """A caption that is shown on these frames."""
    return Cue(FrameSpan(start, end), lines)


def with_cues(plan: EditPlan, cues: Sequence[Cue], *, burn_in: bool = True) -> EditPlan:
    """The plan with these captions in its video."""
    return replace(plan, renditions=(replace(plan.renditions[0], cues=tuple(cues), burn_in=burn_in),))


def captioned(size: tuple[int, int], *lines: str, language: str = "en") -> Rendition:
    """A rendition of ten frames of this size with one caption."""
    timeline = Timeline("a", Fraction(25), (FrameSpan(0, 10),))
    return Rendition("a.mp4", timeline, *size, None, -2.0, QUICK.encode, (cue(0, 10, *lines),), burn_in=True, language=language)


def drawn(
    folder: Path,
    size: tuple[int, int],
    *lines: str,
    on: str = LIGHT,
    readable: tuple[Path, ...] = fonts.OF_THE_MACHINE,
    own_font: bool = True,
    language: str = "en",
) -> np.ndarray:
    """A picture with a caption: uint8 of shape (height, width, 3)."""
    return shown(folder, captioned(size, *lines, language=language), on=on, readable=readable, own_font=own_font)


def shown(
    folder: Path,
    rendition: Rendition,
    *,
    on: str = LIGHT,
    readable: tuple[Path, ...] = fonts.OF_THE_MACHINE,
    own_font: bool = True,
    chunk: FrameSpan = FIRST,
) -> np.ndarray:
    """A picture with everything that is drawn into the first frame of a chunk."""
    text = script(rendition, chunk)
    (folder / "a.ass").write_text(text, "utf-8")
    if own_font:
        fonts.provide(folder, [text])
        readable = (*readable, *fonts.OF_PACKAGES)
    size = (rendition.width, rendition.height)
    return picture(folder, size, on, f"ass=f=a.ass:fontsdir={fonts.FOLDER}", readable)


@cache
def undrawn(size: tuple[int, int], *, on: str = LIGHT) -> np.ndarray:
    """The same picture without a caption."""
    with TemporaryDirectory() as folder:
        return picture(Path(folder), size, on, "null", ())


def picture(folder: Path, size: tuple[int, int], on: str, step: str, readable: tuple[Path, ...]) -> np.ndarray:
    """One picture after a filter: uint8 of shape (height, width, 3)."""
    source = ("-f", "lavfi", "-i", f"{on}:s={size[0]}x{size[1]},trim=end_frame=1")
    encoder = ("-frames:v", "1", "-c:v", "libx264", "-qp", "4", "-preset", "ultrafast", "-f", "mp4")
    video = run(Tools(folder, readable), Command((*source, "-vf", f"format=yuv420p,{step}", *encoder), "a.mp4"))
    return pixels(video, size=size)


def box(with_caption: np.ndarray, without: np.ndarray) -> tuple[int, int, int, int]:
    """The box around a caption: left, top, right, bottom in pixels; right and bottom are just outside."""
    changed = np.abs(with_caption.astype(int) - without).max(axis=2) > 60
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
