"""Edit lists for other editors (OpenTimelineIO, Final Cut Pro 7 XML, CMX 3600), which name the source as its user does."""

from collections.abc import Sequence
from fractions import Fraction

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from video_automation.plan.captions import plain
from video_automation.plan.source import Source
from video_automation.plan.timeline import Timeline

Cut = tuple[str, Timeline]
"""A film's name and what it keeps of the source."""


def otio_json(source: Source, cuts: Sequence[Cut]) -> bytes:
    """All cuts of a source as a collection of OpenTimelineIO's."""
    return _written(_collection(source, cuts), "otio_json")


def fcp_xml(source: Source, cuts: Sequence[Cut]) -> bytes | None:
    """All cuts as sequences of Final Cut Pro 7's XML, which Premiere, Resolve and others read too; None as for `edl`."""
    if not _has_timecode(source.picture.rate):
        return None
    return _written(_collection(source, cuts), "fcp_xml")


def edl(source: Source, cut: Cut) -> bytes | None:
    """The picture of one cut as a CMX 3600 list; None at a rate for which there is no timecode (SMPTE ST 12)."""
    name, timeline = cut
    if not _has_timecode(timeline.rate):
        return None
    film = otio.schema.Timeline(plain(name))
    film.tracks.append(_track(source, cut, otio.schema.TrackKind.Video))
    return _written(film, "cmx_3600", rate=float(timeline.rate))


def _has_timecode(rate: Fraction) -> bool:
    found: bool = RationalTime.is_smpte_timecode_rate(float(rate))
    return found


def _written(value: otio.core.SerializableObject, form: str, **options: float) -> bytes:
    text: str = otio.adapters.write_to_string(value, form, **options)
    return text.encode()


def _collection(source: Source, cuts: Sequence[Cut]) -> otio.schema.SerializableCollection:
    films = otio.schema.SerializableCollection(plain(source.name))
    for name, timeline in cuts:
        film = otio.schema.Timeline(plain(name), global_start_time=RationalTime(0, float(timeline.rate)))
        film.tracks.append(_track(source, (name, timeline), otio.schema.TrackKind.Video))
        if source.sound:
            film.tracks.append(_track(source, (name, timeline), otio.schema.TrackKind.Audio))
        films.append(film)
    return films


def _track(source: Source, cut: Cut, kind: str) -> otio.schema.Track:
    film, timeline = cut
    track = otio.schema.Track(kind, kind=kind)
    name = _fit_for_xml(plain(source.name))
    for span in timeline.spans:
        whole = _range(0, source.picture.frames, timeline.rate)
        media = otio.schema.ExternalReference(target_url=name, available_range=whole)
        media.name = name
        part = otio.schema.Clip(name, media, _range(span.start, span.length, timeline.rate))
        part.metadata["video_automation"] = {"film": film, "track": kind}  # the XML writes equal parts once only
        track.append(part)
    return track


def _range(start: int, length: int, rate: Fraction) -> TimeRange:
    return TimeRange(RationalTime(start, float(rate)), RationalTime(length, float(rate)))


def _fit_for_xml(name: str) -> str:
    """The name without the few characters XML 1.0 cannot hold."""
    return "".join(c for c in name if c not in "\ufffe\uffff")
