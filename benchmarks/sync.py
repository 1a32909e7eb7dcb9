"""Measures how far sound and picture drift apart: clicks against flashes, after over forty cuts in five minutes."""

import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np

from benchmarks.measured import cores
from video_automation.execution.executors import LocalPool
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.params import Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.time import SAMPLE_RATE, FrameSpan, rounded
from video_automation.plan.timeline import Timeline
from video_automation.render.encode.rendering import render_plan

_EVERY = 111
"""Frames from one flash to the next."""
_CUT_S = (Fraction(2), Fraction(3))
"""The span that is cut after each flash, in seconds from the flash."""
_SECONDS = 300
_CASES = {"CFR 30": (Fraction(30), False), "CFR 29.97": (Fraction(30000, 1001), False), "VFR": (Fraction(30), True)}


def sync(folder: Path) -> list[str]:
    """The earliest and the latest click against its flash in milliseconds, at constant and variable frame rates."""
    return [f"{name}: {_measured(folder, rate, variable=variable)}" for name, (rate, variable) in _CASES.items()]


def _measured(folder: Path, rate: Fraction, *, variable: bool) -> str:
    video = _flashes(folder / "flashes.mp4", rate, variable=variable)
    tools = Tools(folder, (video,))
    source = probe(tools, video, name=video.name, limits=MediaLimits())
    plan = _plan(source, _EVERY / rate)
    render_plan(plan, video, tools, LocalPool(cores()), on_made=lambda _rendition, _path: None)
    output = folder / plan.main.name
    flashes, clicks = list(_flash_times(output)), list(_click_times(output))
    if len(flashes) != len(clicks):
        raise SystemExit(f"{len(flashes)} flashes but {len(clicks)} clicks")
    offsets = [(click - flash) * 1000 for flash, click in zip(flashes, clicks, strict=True)]
    cuts = len(plan.main.timeline.spans) - 1
    return f"{cuts} cuts, {len(flashes)} flashes, clicks {min(offsets):+.1f} to {max(offsets):+.1f} ms off"


def _flashes(video: Path, rate: Fraction, *, variable: bool) -> Path:
    """A black video: every 111th frame begins a click and a flash of three frames. For a variable rate, frames are dropped."""
    flash = f"drawbox=color=white:t=fill:enable='lt(mod(n,{_EVERY}),3)'"
    drop = f",select='lt(mod(n,{_EVERY}),4)+gt(mod(n*37,100),40)'" if variable else ""
    period = float(_EVERY / rate)
    click = f"aevalsrc='if(lt(mod(t,{period:.9f}),0.004),0.5*sin(2*PI*3000*t),0)':s={SAMPLE_RATE}"
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "lavfi", "-i", f"color=black:s=320x180:r={rate}"]
    argv += ["-f", "lavfi", "-i", click, "-vf", flash + drop, "-fps_mode", "passthrough", "-t", str(_SECONDS)]
    argv += ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-b:a", "192k", str(video)]
    subprocess.run(argv, check=True)
    return video


def _plan(source: Source, period_s: Fraction) -> EditPlan:
    picture, params = source.picture, Params()
    edges = (number * period_s + edge for number in range(int(_SECONDS / period_s)) for edge in _CUT_S)
    borders = [0, *(rounded(at * picture.rate) for at in edges), picture.frames]
    spans = tuple(FrameSpan(a, b) for a, b in zip(borders[::2], borders[1::2], strict=True))
    timeline = Timeline(source.id, picture.rate, spans)
    size = (picture.display_width, picture.display_height)
    return EditPlan(source, (Rendition("video.mp4", timeline, *size, 0.0, params.level.ceiling_dbtp, params.encode),), params)


def _flash_times(video: Path) -> Iterator[float]:
    with av.open(str(video)) as opened:
        before = 0.0
        for frame in opened.decode(video=0):
            light = float(frame.to_ndarray(format="gray").mean())
            if light > 100 >= before:
                yield float(frame.time or 0)
            before = light


def _click_times(video: Path) -> Iterator[float]:
    with av.open(str(video)) as opened:
        blocks = [(float(frame.time or 0), np.abs(frame.to_ndarray()[0])) for frame in opened.decode(audio=0)]
    loud = np.concatenate([block for _, block in blocks])
    first = blocks[0][0]
    places = np.flatnonzero(loud > loud.max() / 4)
    starts = places[np.diff(places, prepend=-SAMPLE_RATE) > SAMPLE_RATE // 2]
    yield from (first + float(place) / SAMPLE_RATE for place in starts)
