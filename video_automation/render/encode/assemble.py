"""Joins finished segments into one video by copying, adds its captions track, and checks it against the plan."""

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path

import av

from video_automation.errors import PlanError
from video_automation.media.command import Command
from video_automation.media.ffmpeg import run
from video_automation.media.program import Tools
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import seconds
from video_automation.render.captions.sidecar_captions import NO_BRACES, vtt
from video_automation.render.encode.segments import CardSegment, PictureSegment, Segment, SoundSegment

_MP4 = ("-movflags", "+faststart", "-f", "mp4")
_SAME_START_S = Fraction(1, 1000)


def assemble(rendition: Rendition, segments: tuple[Segment, ...], folder: Path, tools: Tools) -> Path:
    """Joins the segments of a rendition, whose files are in `folder`; returns the video, `rendition.name` in `tools.folder`.

    Raises:
        PlanError: the video does not have the planned frames.
        Others as `media.ffmpeg.run`.
    """
    picture = [segment for segment in segments if not isinstance(segment, SoundSegment)]
    sound = [segment for segment in segments if isinstance(segment, SoundSegment)]
    joined, captions = (tools.folder / f"{rendition.name}.{kind}" for kind in ("ffconcat", "vtt"))
    joined.write_text(_join_list(picture, rendition.timeline.rate, folder))
    texts = bool(rendition.cues) and not rendition.burn_in
    streams: tuple[str, ...] = ("-f", "concat", "-safe", "0", "-i", f"file:{joined.name}")
    maps: tuple[str, ...] = ("-map", "0:v")
    for segment in sound:
        streams += ("-i", f"file:{folder / segment.file_name}")
        maps += ("-map", "1:a")
    if texts:
        captions.write_text(vtt(rendition).translate(NO_BRACES), "utf-8")
        streams += ("-f", "webvtt", "-i", f"file:{captions.name}")
        maps += ("-map", f"{1 + len(sound)}:s")
    copy = ("-c", "copy", "-c:s", "mov_text", "-map_metadata", "-1", "-map_chapters", "-1")
    try:
        video = run(replace(tools, readable=(folder,)), Command((*streams, *maps, *copy, *_MP4), rendition.name))
    finally:
        joined.unlink(missing_ok=True)
        captions.unlink(missing_ok=True)
    _check(video, rendition, sounds=len(sound), texts=int(texts))
    return video


def _join_list(picture: list[PictureSegment | CardSegment], rate: Fraction, folder: Path) -> str:
    """The list for ffmpeg's concat demuxer: it starts each file where the durations before it end, to the microsecond.

    Durations are differences of places in the video, each rounded once, so that no error adds up.
    """
    lines = ["ffconcat version 1.0"]
    borders = accumulate((segment.frames for segment in picture), initial=0)
    places = pairwise(Fraction(seconds(frame, rate)) for frame in borders)
    for segment, (start, end) in zip(picture, places, strict=True):
        lines += [f"file 'file:{folder / segment.file_name}'", f"duration {float(end - start):.6f}"]
    return "\n".join((*lines, ""))


def _check(path: Path, rendition: Rendition, *, sounds: int, texts: int) -> None:
    with av.open(str(path)) as video:
        picture = video.streams.video[0]
        begin_at_once = (picture, *video.streams.audio)
        starts = [(stream.start_time or 0) * stream.time_base for stream in begin_at_once if stream.time_base is not None]
        frames, heard, told = picture.frames, len(video.streams.audio), len(video.streams.subtitles)
    if frames != rendition.frames:
        raise PlanError(f"{rendition.name} has {frames} frames, not the planned {rendition.frames}")
    if heard != sounds or any(abs(start) > _SAME_START_S for start in starts):
        raise PlanError(f"{rendition.name} has {heard} sound tracks and starts at {[float(start) for start in starts]} s")
    if told != texts:
        raise PlanError(f"{rendition.name} has {told} tracks of captions, not {texts}")
