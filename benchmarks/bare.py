"""What rendering is measured against: two bare ffmpeg encoders with one thread each, half of the kept spans each."""

import subprocess
import time
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg

from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan, seconds
from video_automation.plan.timeline import Timeline


def bare_seconds(film: Path, rendition: Rendition, folder: Path, *, encoders: int = 2) -> float:
    """Wall seconds that bare encoders take for a rendition's picture and sound; no levelling, no join, no check."""
    timeline = rendition.timeline
    borders = [timeline.frames * i // encoders for i in range(encoders + 1)]
    halves = [timeline.slice(FrameSpan(a, b)) for a, b in pairwise(borders)]
    began = time.monotonic()
    programs = [
        subprocess.Popen(_argv(film, rendition, half, folder / f"bare{i}.mp4"), stdin=subprocess.DEVNULL)
        for i, half in enumerate(halves)
    ]
    statuses = [program.wait() for program in programs]
    if any(statuses):
        raise SystemExit("a bare encoder failed")
    return time.monotonic() - began


def _argv(film: Path, rendition: Rendition, part: Timeline, output: Path) -> list[str]:
    first, encode = part.spans[0].start, rendition.encode
    frames = "+".join(f"between(n,{span.start - first},{span.end - first - 1})" for span in part.spans)
    moments = "+".join(
        f"between(t,{seconds(span.start - first, part.rate)},{seconds(span.end - first, part.rate)})" for span in part.spans
    )
    return [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-threads", "1"),
        *("-ss", seconds(first, part.rate), "-i", str(film), "-filter_threads", "1"),
        *("-vf", f"fps={part.rate},select='{frames}',setpts=N/({part.rate}*TB){_shape(rendition)},format=yuv420p"),
        *("-frames:v", str(part.frames)),
        *("-c:v", "libx264", "-threads", "1", "-preset", encode.preset, "-crf", str(encode.crf), "-g", "60"),
        *("-af", f"aselect='{moments}',asetpts=N/SR/TB", "-c:a", "aac", "-b:a", f"{encode.audio_kbps}k"),
        str(output),
    ]


def _shape(rendition: Rendition) -> str:
    """A clip's box and size; it does not move here."""
    if not rendition.framing or not rendition.framing.crops:
        return ""
    path = rendition.framing.crops[0]
    x, y = path.at(0)
    return f",crop={path.width}:{path.height}:{x}:{y},scale={rendition.width}:{rendition.height}"
