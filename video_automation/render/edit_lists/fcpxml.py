"""Writes a video's cut as FCPXML, which Final Cut Pro and Resolve read."""

from collections.abc import Iterator
from fractions import Fraction
from xml.etree.ElementTree import Element

from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.render.edit_lists.source_name import one_line, video_name, video_url
from video_automation.render.edit_lists.xml_elements import element, xml_document


def fcpxml(source: Source, video: Rendition, title: str) -> str:
    """The cut of a video: one project, all times exact fractions of a second.

    Version 1.8 is the last in which an asset names its file itself; later ones are read by fewer programs.
    """
    rate, picture = video.timeline.rate, source.picture
    shot = () if picture.drawn else (_format("shot", rate, picture.display_width, picture.display_height),)
    resources = element("resources", _format("cut", rate, video.width, video.height), *shot, _asset(source, rate))
    sequence = element(
        "sequence",
        element("spine", *_clips(source, video)),
        format="cut",
        duration=_time(video.timeline.frames, rate),
        tcStart="0s",
        tcFormat=_counting(source),
    )
    name = one_line(title)
    library = element("library", element("event", element("project", sequence, name=name), name=name))
    return xml_document(element("fcpxml", resources, library, version="1.8"))


def _format(name: str, rate: Fraction, width: int, height: int) -> Element:
    return element("format", id=name, frameDuration=_time(1, rate), width=str(width), height=str(height))


def _asset(source: Source, rate: Fraction) -> Element:
    sound = source.sound.main if source.sound else None
    heard = (
        {"hasAudio": "1", "audioSources": "1", "audioChannels": str(sound.channels), "audioRate": str(sound.sample_rate)}
        if sound
        else {}
    )
    return element(
        "asset",
        *_reel(source),
        id="film",
        name=video_name(source),
        src=video_url(source),
        start=_time(source.timecode.frame, rate),
        duration=_time(source.picture.frames, rate),
        **({} if source.picture.drawn else {"hasVideo": "1", "format": "shot"}),
        **heard,
    )


def _reel(source: Source) -> tuple[Element, ...]:
    if not source.reel:
        return ()
    return (element("metadata", element("md", key="com.apple.proapps.studio.reel", value=one_line(source.reel))),)


def _counting(source: Source) -> str:
    return "DF" if source.timecode.drop else "NDF"


def _clips(source: Source, video: Rendition) -> Iterator[Element]:
    rate = video.timeline.rate
    for start, span in video.timeline.placed():
        yield element(
            "asset-clip",
            name=video_name(source),
            ref="film",
            offset=_time(start, rate),
            start=_time(source.timecode.frame + span.start, rate),
            duration=_time(span.length, rate),
            tcFormat=_counting(source),
            **({"audioRole": "dialogue"} if source.picture.drawn else {"format": "shot"}),
        )


def _time(frames: int, rate: Fraction) -> str:
    return f"{frames * rate.denominator}/{rate.numerator}s" if frames else "0s"
