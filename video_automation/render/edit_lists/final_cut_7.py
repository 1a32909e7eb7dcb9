"""Writes a video's cut as Final Cut Pro 7 XML, which Premiere and Resolve read."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element

from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.source.timecode import Timecode, label
from video_automation.plan.time import SAMPLE_RATE, FrameSpan, rounded
from video_automation.render.edit_lists.source_name import one_line, video_name, video_url
from video_automation.render.edit_lists.xml_elements import element, xml_document


@dataclass(frozen=True, slots=True)
class _Track:
    """A track of the sequence, and the source channel on it."""

    medium: str
    number: int


def final_cut_7_xml(source: Source, video: Rendition, title: str) -> str:
    """The cut of a video: one sequence, the source's picture linked with its sound, all positions in frames."""
    tracks = tuple(_Track(medium, number + 1) for medium, count in _counts(source) for number in range(count))
    cut = {track: element("track", *_clips(source, video, track, tracks), *_output(track)) for track in tracks}
    picture, sound = ([cut[track] for track in tracks if track.medium == medium] for medium in ("video", "audio"))
    media = element("media", element("video", element("format", _shape(video)), *picture))
    if sound:
        media.append(element("audio", element("format", _samples(SAMPLE_RATE)), *sound))
    rate = video.timeline.rate
    sequence = element(
        "sequence",
        element("name", one_line(title)),
        element("duration", video.timeline.frames),
        _rate(rate),
        _clock(Timecode(0, source.timecode.drop), rate),
        media,
        id="cut",
    )
    return xml_document(element("xmeml", sequence, version="4"))


def _clips(source: Source, video: Rendition, track: _Track, tracks: tuple[_Track, ...]) -> Iterator[Element]:
    for number, (start, span) in enumerate(video.timeline.placed(), 1):
        first = track == tracks[0] and number == 1
        yield element(
            "clipitem",
            element("name", video_name(source)),
            element("duration", source.picture.frames),
            _rate(video.timeline.rate),
            *_places(start, span),
            _file(source) if first else element("file", id="film"),
            element("sourcetrack", element("mediatype", track.medium), element("trackindex", track.number)),
            *(_link(other, number) for other in tracks),
            id=_id(track, number),
        )


def _places(start: int, span: FrameSpan) -> tuple[Element, ...]:
    places = (("start", start), ("end", start + span.length), ("in", span.start), ("out", span.end))
    return tuple(element(name, frame) for name, frame in places)


def _link(track: _Track, number: int) -> Element:
    return element(
        "link",
        element("linkclipref", _id(track, number)),
        element("mediatype", track.medium),
        element("trackindex", track.number),
        element("clipindex", number),
    )


def _id(track: _Track, number: int) -> str:
    return f"{track.medium}-{track.number}-{number}"


def _output(track: _Track) -> tuple[Element, ...]:
    return (element("outputchannelindex", track.number),) if track.medium == "audio" else ()


def _file(source: Source) -> Element:
    """The full description of the source: later mentions are by id."""
    rate = source.picture.rate
    width, height = source.picture.display_width, source.picture.display_height
    media = element("media")
    if not source.picture.drawn:
        media.append(element("video", _size(rate, width, height)))
    if source.sound:
        sound = element("audio", _samples(source.sound.main.sample_rate), element("channelcount", source.sound.main.channels))
        media.append(sound)
    return element(
        "file",
        element("name", video_name(source)),
        element("pathurl", video_url(source)),
        _rate(rate),
        element("duration", source.picture.frames),
        _clock(source.timecode, rate, *_reel(source)),
        media,
        id="film",
    )


def _shape(video: Rendition) -> Element:
    return _size(video.timeline.rate, video.width, video.height)


def _size(rate: Fraction, width: int, height: int) -> Element:
    return element(
        "samplecharacteristics",
        _rate(rate),
        element("width", width),
        element("height", height),
        element("pixelaspectratio", "square"),
        element("fielddominance", "none"),
    )


def _samples(per_second: int) -> Element:
    return element("samplecharacteristics", element("depth", 16), element("samplerate", per_second))


def _rate(rate: Fraction) -> Element:
    """The frame rate as a whole number, and whether it is a thousandth slower (NTSC)."""
    return element("rate", element("timebase", rounded(rate)), element("ntsc", "TRUE" if rate.denominator == 1001 else "FALSE"))


def _reel(source: Source) -> tuple[Element, ...]:
    return (element("reel", element("name", one_line(source.reel))),) if source.reel else ()


def _clock(start: Timecode, rate: Fraction, *more: Element) -> Element:
    """The timecode of the first frame: other positions count from there."""
    return element(
        "timecode",
        _rate(rate),
        element("string", label(start.frame, rate, drop=start.drop)),
        element("frame", start.frame),
        element("displayformat", "DF" if start.drop else "NDF"),
        *more,
    )


def _counts(source: Source) -> tuple[tuple[str, int], ...]:
    """How many tracks of each medium the source fills."""
    channels = min(source.sound.main.channels, 2) if source.sound else 0
    return ("video", 0 if source.picture.drawn else 1), ("audio", channels)
