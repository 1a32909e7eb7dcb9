"""The baseline for rendering: two plain ffmpeg encoders with one thread each, each for half of the kept spans.

They make the same videos, with the same crops and captions, but without levelling, analysis, joining and checks.
"""

import subprocess
import time
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg

from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan, seconds
from video_automation.render.captions import fonts
from video_automation.render.captions.ass_captions import script
from video_automation.render.encode.encoders import CHOSEN
from video_automation.render.encode.reframe_filters import fitting


def bare_seconds(video: Path, rendition: Rendition, folder: Path, *, encoders: int = 2) -> float:
    """Wall-clock seconds that the plain encoders take for a rendition's picture and sound."""
    fonts.provide(folder, [script(rendition, FrameSpan(0, rendition.timeline.frames))])
    borders = [rendition.timeline.frames * i // encoders for i in range(encoders + 1)]
    halves = [FrameSpan(a, b) for a, b in pairwise(borders)]
    began = time.monotonic()
    programs = [
        subprocess.Popen(_argv(video, rendition, half, folder, f"bare{i}"), cwd=folder, stdin=subprocess.DEVNULL)
        for i, half in enumerate(halves)
    ]
    statuses = [program.wait() for program in programs]
    if any(statuses):
        raise SystemExit("a bare encoder failed")
    return time.monotonic() - began


def _argv(video: Path, rendition: Rendition, half: FrameSpan, folder: Path, name: str) -> list[str]:
    part = rendition.timeline.slice(half)
    shaped = f",{fitted}" if (fitted := fitting(rendition, half)) else ""
    captions = script(rendition, half)
    (folder / f"{name}.ass").write_text(captions, "utf-8")
    drawn = f",ass=f={name}.ass:fontsdir={fonts.FOLDER}" if captions else ""
    first, encode = part.spans[0].start, rendition.encode
    frames = "+".join(f"between(n,{span.start - first},{span.end - first - 1})" for span in part.spans)
    moments = "+".join(
        f"between(t,{seconds(span.start - first, part.rate)},{seconds(span.end - first, part.rate)})" for span in part.spans
    )
    return [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-threads", "1"),
        *("-ss", seconds(first, part.rate), "-i", str(video.absolute()), "-filter_threads", "1"),
        *("-vf", f"fps={part.rate},select='{frames}',setpts=N/({part.rate}*TB){shaped},format=yuv420p{drawn}"),
        *("-frames:v", str(part.frames)),
        *CHOSEN.arguments(encode),
        *("-g", "60"),
        *("-af", f"aselect='{moments}',asetpts=N/SR/TB", "-c:a", "aac", "-b:a", f"{encode.audio_kbps}k"),
        f"{name}.mp4",
    ]
