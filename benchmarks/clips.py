"""Clips of talks whose sentences are known: how many, where they begin and end, how they are framed; the whole job's time."""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.bare import bare_seconds
from benchmarks.films import talk
from benchmarks.jobs import processed
from benchmarks.measured import cores
from benchmarks.speech import transcribed
from video_automation.analysis.looking import look
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import FrameSpan


def chosen(folder: Path) -> Iterator[str]:
    """The clips of a ten-minute talk: their lengths, and how far they are from the borders of sentences."""
    film = talk(folder, minutes=10, size="640x360")
    _, plan, _ = processed(film.film, folder / "out")
    films = [plan.short(clip) for clip in plan.clips]
    lengths = sorted(float(film.timeline.frames / film.timeline.rate) for film in films)
    early = [min((start - _edges(one)[0] for start, _ in film.sentences), key=abs) for one in films]
    late = [min((_edges(one)[1] - end for _, end in film.sentences), key=abs) for one in films]
    yield f"{len(films)} clips of {lengths[0]:.0f} to {lengths[-1]:.0f} s"
    yield f"they begin at most {max(early):.2f} s before a sentence, end at most {max(late):.2f} s after one"
    yield from _framed(film.film, plan, folder)


def _edges(film: Rendition) -> tuple[float, float]:
    timeline = film.timeline
    return float(timeline.spans[0].start / timeline.rate), float(timeline.spans[-1].end / timeline.rate)


def _framed(film: Path, plan: EditPlan, folder: Path) -> Iterator[str]:
    """Faces whose middle is inside the crop; the largest step of a crop outside cuts, in parts of its width."""
    tools = Tools(folder, (film,))
    source = probe(tools, film, name=film.name, limits=MediaLimits())
    faces, inside, steps = 0, 0, [0.0]
    for one in (plan.short(clip) for clip in plan.clips):
        if not one.framing or one.framing.layout != "crop":
            continue
        (path,) = one.framing.crops
        spans = one.timeline.spans
        sight = look(tools, film, source, FrameSpan(spans[0].start, spans[-1].end), on_progress=lambda _: None)
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
    """The whole default job of a five-minute talk against the same transcription and the same encodes alone, twice in turn."""
    film = talk(folder, minutes=5).film
    for _ in range(2):
        run, plan, _ = processed(film, folder / "out")
        began = time.monotonic()
        transcribed(film, folder)
        alone_s = time.monotonic() - began
        alone_s += sum(bare_seconds(film, one, folder, encoders=cores()) for one in plan.renditions)
        length_s = plan.source.duration_ms / 1000
        ratio, speed = run.wall_s / alone_s, length_s / run.wall_s
        yield f"{run.wall_s:.0f} s against {alone_s:.0f} s: {ratio:.2f}; {speed:.1f} x real time; {run.peak_mb:.0f} MB at most"
