"""Writes a video's cut as OpenTimelineIO, which Resolve, Kdenlive, Premiere and Avid read."""

import json
from fractions import Fraction
from typing import Literal

from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.time import FrameSpan
from video_automation.render.edit_lists.source_name import one_line, video_name, video_url


def otio(source: Source, video: Rendition, title: str) -> str:
    """The cut of a video: a track for the source's picture and one for its sound, if it has them, with the same cuts."""
    there: dict[Literal["Video", "Audio"], bool] = {"Video": not source.picture.drawn, "Audio": source.sound is not None}
    tracks = [_track(source, video, kind) for kind in there if there[kind]]
    timeline = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": one_line(title),
        "global_start_time": _time(0, video.timeline.rate),
        "tracks": {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "source_range": None, "children": tracks},
    }
    return json.dumps(timeline, ensure_ascii=False, indent=1) + "\n"


def _track(source: Source, video: Rendition, kind: Literal["Video", "Audio"]) -> dict[str, object]:
    clips = [_clip(source, span, video.timeline.rate) for span in video.timeline.spans]
    return {"OTIO_SCHEMA": "Track.1", "name": kind, "kind": kind, "source_range": None, "children": clips}


def _clip(source: Source, span: FrameSpan, rate: Fraction) -> dict[str, object]:
    media = {
        "OTIO_SCHEMA": "ExternalReference.1",
        "name": video_name(source),
        "target_url": video_url(source),
        "available_range": _range(source.timecode.frame, source.picture.frames, rate),
    }
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": video_name(source),  # Resolve finds media by the clip's name
        "metadata": {"cmx_3600": {"reel": one_line(source.reel)}} if source.reel else {},
        "source_range": _range(source.timecode.frame + span.start, span.length, rate),
        "active_media_reference_key": "DEFAULT_MEDIA",
        "media_references": {"DEFAULT_MEDIA": media},
    }


def _range(start: int, length: int, rate: Fraction) -> dict[str, object]:
    return {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(start, rate), "duration": _time(length, rate)}


def _time(frames: int, rate: Fraction) -> dict[str, object]:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(frames)}
