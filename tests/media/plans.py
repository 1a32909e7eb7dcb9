"""Plans for the videos of `videos.py`, written by hand, so that tests of rendering need no probe and no decisions."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np

from video_automation.execution.executors import LocalPool
from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.params import EncodeParams, LevelParams, Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Mixed, Picture, Sound, SoundTrack, Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.encode.rendering import render_plan

B_FRAMES = ("-c:v", "libx264", "-preset", "superfast", "-bf", "3", "-crf", "24", "-pix_fmt", "yuv420p", "-g", "48")
"""Arguments of an encoder that stores frames in another order than they are shown."""
QUICK = Params(encode=EncodeParams(preset="superfast", crf=18))
QUIET = replace(QUICK, level=LevelParams(target_lufs=-40))
"""A target much quieter than clicks: rendering lowers them as far as allowed, with one encode and without the limiter."""


def picture(*, frames: int, rate: Fraction = Fraction(30), size: tuple[int, int] = (320, 180), **other: object) -> Picture:
    """A plain picture, except for the fields in `other`."""
    plain = Picture(0, "h264", *size, Fraction(1), 0, rate, frames, variable=False, interlaced=False, transfer="sdr")
    return replace(plain, **other)  # type: ignore[arg-type]


def plan_of(
    video: Path, spans: Sequence[tuple[int, int]], shown: Picture, *, sound: int | None = None, gain_db: float | None = None
) -> EditPlan:
    """A plan that keeps these frames of a video. `sound` is the number of its sound stream; without `gain_db` it is `QUIET`."""
    heard = None if sound is None else Sound((SoundTrack(sound, "aac", 48_000, 1),), (Mixed(sound),))
    duration_ms = int(shown.frames / shown.rate * 1000)
    with av.open(str(video)) as opened:
        container, start_us = opened.format.name, opened.start_time or 0
    source = Source("video", video.name, container, duration_ms, shown, heard, start_us)
    timeline = Timeline(source.id, shown.rate, tuple(FrameSpan(*span) for span in spans))
    size = (shown.display_width, shown.display_height)
    params = QUIET if gain_db is None else QUICK
    gain = None if sound is None else gain_db or 0.0
    rendition = Rendition("out.mp4", timeline, *size, gain, params.level.ceiling_dbtp, params.encode)
    return EditPlan(source, (rendition,), params)


def rendered(plan: EditPlan, video: Path, folder: Path, *, workers: int = 2) -> Path:
    """Renders the only rendition of a plan; gives its video."""
    folder.mkdir(exist_ok=True)
    made: list[Path] = []
    render_plan(plan, video, Tools(folder, (video,)), LocalPool(workers), on_made=lambda _, path: made.append(path))
    (path,) = made
    return path


def pixels(video: Path, *, size: tuple[int, int], frame: int = 0) -> np.ndarray:
    """One frame of a video: uint8 of shape (height, width, 3)."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(video), "-vf", f"select=eq(n\\,{frame})")
    raw = subprocess.run(
        [*argv, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True
    ).stdout
    return np.frombuffer(raw, np.uint8).reshape(size[1], size[0], 3)
