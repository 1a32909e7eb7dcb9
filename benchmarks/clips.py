"""Measures clips of talks with known sentences: their number, borders and framing, and the time of the whole job."""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.bare import bare_seconds
from benchmarks.jobs import processed
from benchmarks.measured import cores
from benchmarks.speech import transcribed
from benchmarks.talks import talk
from video_automation.analysis.looking import look
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan


def chosen(folder: Path) -> Iterator[str]:
    """The clips of a ten-minute talk: their lengths, and how far their borders are from those of sentences."""
    video = talk(folder, minutes=10, size="640x360")
    _, plan, _ = processed(video.video, folder / "out")
    videos = [plan.short(clip) for clip in plan.clips]
    lengths = sorted(float(video.timeline.frames / video.timeline.rate) for video in videos)
    early = [min((start - _edges(one)[0] for start, _ in video.sentences), key=abs) for one in videos]
    late = [min((_edges(one)[1] - end for _, end in video.sentences), key=abs) for one in videos]
    yield f"{len(videos)} clips of {lengths[0]:.0f} to {lengths[-1]:.0f} s"
    yield f"they begin at most {max(early):.2f} s before a sentence, end at most {max(late):.2f} s after one"
    yield from _framed(video.video, plan, folder)


def _edges(video: Rendition) -> tuple[float, float]:
    timeline = video.timeline
    return float(timeline.spans[0].start / timeline.rate), float(timeline.spans[-1].end / timeline.rate)


def _framed(video: Path, plan: EditPlan, folder: Path) -> Iterator[str]:
    """How many faces have their middle inside the crop; the largest move of a crop outside cuts, as a share of its width."""
    tools = Tools(folder, (video,))
    source = probe(tools, video, name=video.name, limits=MediaLimits())
    faces, inside, steps = 0, 0, [0.0]
    for one in (plan.short(clip) for clip in plan.clips):
        if not one.framing or [span.layout for span in one.framing.spans] != ["crop"]:
            continue
        (path,) = one.framing.at(0).crops
        spans = one.timeline.spans
        sight = look(tools, video, source, FrameSpan(spans[0].start, spans[-1].end), on_progress=lambda _: None)
        for sample in sight.samples:
            place = one.timeline.timeline_frame(sample.frame)
            if place is None or not sample.faces:
                continue
            face, (x, y) = sample.faces[0], path.at(place)
            faces += 1
            inside += x <= face.x + face.width // 2 < x + path.width and y <= face.y + face.height // 2 < y + path.height
        jumps = {b.frame for a, b in pairwise(path.keys) if b.frame - a.frame == 1}
        moves = (n for n in range(1, one.timeline.frames) if n not in jumps)
        steps.append(max(abs(path.at(n)[0] - path.at(n - 1)[0]) for n in moves) / path.width)
    share = inside / max(1, faces)
    yield f"{share:.1%} of {faces} faces inside the crop; largest step outside cuts {max(steps):.1%} of its width"


def everything(folder: Path) -> Iterator[str]:
    """The default job of a five-minute talk against the same transcription and encodes alone, twice each by turns."""
    video = talk(folder, minutes=5).video
    for _ in range(2):
        run, plan, _ = processed(video, folder / "out")
        began = time.monotonic()
        transcribed(video, folder)
        alone_s = time.monotonic() - began
        alone_s += sum(bare_seconds(video, one, folder, encoders=cores()) for one in plan.renditions)
        length_s = plan.source.duration_ms / 1000
        ratio, speed = run.wall_s / alone_s, length_s / run.wall_s
        yield f"{run.wall_s:.0f} s against {alone_s:.0f} s: {ratio:.2f}; {speed:.1f} x real time; {run.peak_mb:.0f} MB at most"
