"""`python -m benchmarks.render [MINUTES] [PRESET]` measures rendering, levelled and joined, against plain encoders."""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.bare import bare_seconds
from benchmarks.talks import Talk, talk
from video_automation.execution.executors import LocalPool
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.plan.choices import Preset
from video_automation.plan.edit import EditPlan
from video_automation.plan.params import Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.time import FrameSpan, frame_at
from video_automation.plan.timeline import Timeline
from video_automation.render.encode.rendering import render_plan

_GAIN_DB = 8.9
"""The gain that the analysis finds for the talk."""


def lines(folder: Path, *, minutes: float, preset: Preset, rounds: int = 2) -> Iterator[str]:
    """The figures of each round, since the machine may be busy during one of them."""
    recording = talk(folder, minutes=minutes)
    tools = Tools(folder, (recording.video,))
    source = probe(tools, recording.video, name="talk.mp4", limits=MediaLimits())
    plan = _plan(recording, source, preset)
    rendition = plan.main
    for number in range(rounds):
        work = folder / f"work{number}"
        work.mkdir()
        bare_cpu, bare = _cpu_s(), bare_seconds(recording.video, rendition, work)
        ours_cpu = _cpu_s()
        bare_cpu, began = ours_cpu - bare_cpu, time.monotonic()
        render_plan(
            plan, recording.video, Tools(work, (recording.video,)), LocalPool(2), on_made=lambda _rendition, _path: None
        )
        wall, ours_cpu = time.monotonic() - began, _cpu_s() - ours_cpu
        kept_s = float(rendition.timeline.frames / source.picture.rate)
        took = f"bare {bare:.1f} s (processor {bare_cpu:.1f}), render {wall:.1f} s ({ours_cpu:.1f})"
        yield f"{preset}, {kept_s:.0f} s kept: {took}: {wall / bare:.3f} x wall, {ours_cpu / bare_cpu:.3f} x processor"


def _plan(recording: Talk, source: Source, preset: Preset) -> EditPlan:
    picture, params = source.picture, Params()
    spans: list[FrameSpan] = []
    for start_s, end_s in recording.sentences:
        start = max(0, frame_at(round(start_s * 1000) - 110, picture.rate))
        end = min(picture.frames, frame_at(round(end_s * 1000) + 140, picture.rate))
        if spans and start <= spans[-1].end:
            start = spans.pop().start
        spans.append(FrameSpan(start, end))
    timeline = Timeline(source.id, picture.rate, tuple(spans))
    encode = replace(params.encode, preset=preset)
    size = (picture.display_width, picture.display_height)
    return EditPlan(source, (Rendition("video.mp4", timeline, *size, _GAIN_DB, params.level.ceiling_dbtp, encode),), params)


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    preset: Preset = sys.argv[2] if len(sys.argv) > 2 else Params().encode.preset  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(Path(folder), minutes=minutes, preset=preset):
            print(line, flush=True)


if __name__ == "__main__":
    main()
