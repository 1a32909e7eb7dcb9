"""Joins finished units into one film by copying, and checks it against the plan."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av

from video_automation.errors import PlanError
from video_automation.media.command import Command
from video_automation.media.program import Tools
from video_automation.media.run import run
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import seconds
from video_automation.render.units import Unit

_SAME_START_S = Fraction(1, 1000)


def assemble(rendition: Rendition, units: tuple[Unit, ...], folder: Path, tools: Tools) -> Path:
    """Joins the units of a rendition, whose files are in `folder`; gives the film, `rendition.name` in `tools.folder`.

    Raises:
        PlanError: the film has not the planned frames.
        Others as `media.run.run`.
    """
    picture = [unit for unit in units if unit.kind == "picture"]
    sound = [unit for unit in units if unit.kind == "sound"]
    joined = tools.folder / f"{rendition.name}.ffconcat"
    joined.write_text(_join_list(picture, rendition.timeline.rate, folder))
    streams: tuple[str, ...] = ("-f", "concat", "-safe", "0", "-i", f"file:{joined.name}")
    maps: tuple[str, ...] = ("-map", "0:v")
    for unit in sound:
        streams += ("-i", f"file:{folder / unit.file_name}")
        maps += ("-map", "1:a")
    copy = ("-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart", "-f", "mp4")
    try:
        film = run(replace(tools, readable=(folder,)), Command((*streams, *maps, *copy), rendition.name))
    finally:
        joined.unlink(missing_ok=True)
    _check(film, rendition, sounds=len(sound))
    return film


def _join_list(picture: list[Unit], rate: Fraction, folder: Path) -> str:
    """What ffmpeg's concat demuxer reads: it starts each file where the durations before it end, to the microsecond.

    They are differences of places on the timeline, each rounded once, so that no error adds up.
    """
    lines = ["ffconcat version 1.0"]
    for unit in picture:
        start, end = (Fraction(seconds(frame, rate)) for frame in (unit.span.start, unit.span.end))
        lines += [f"file 'file:{folder / unit.file_name}'", f"duration {float(end - start):.6f}"]
    return "\n".join((*lines, ""))


def _check(path: Path, rendition: Rendition, *, sounds: int) -> None:
    with av.open(str(path)) as film:
        picture = film.streams.video[0]
        starts = [(stream.start_time or 0) * stream.time_base for stream in film.streams if stream.time_base is not None]
        frames, heard = picture.frames, len(film.streams.audio)
    if frames != rendition.timeline.frames:
        raise PlanError(f"{rendition.name} has {frames} frames, not the planned {rendition.timeline.frames}")
    if heard != sounds or any(abs(start) > _SAME_START_S for start in starts):
        raise PlanError(f"{rendition.name} has {heard} sound tracks and starts at {[float(start) for start in starts]} s")
