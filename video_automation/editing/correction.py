"""Captions a person has written or corrected, as a text in SRT or WebVTT, made into cues."""

from fractions import Fraction
from html import unescape

import pysubs2

from video_automation.errors import RequestError
from video_automation.plan.captions import Cue
from video_automation.plan.time import FrameSpan, frame_at


def corrected_cues(text: str, *, rate: Fraction, frames: int, line_length: int) -> tuple[Cue, ...]:  # noqa: ARG001
    """The cues a text holds that lie in a film of so many frames.

    Raises:
        RequestError: it is no SRT or WebVTT, or holds no caption that lies in the film.
    """
    try:
        subtitles = pysubs2.SSAFile.from_string(text, format_="vtt" if text.lstrip("\ufeff").startswith("WEBVTT") else "srt")
    except (pysubs2.exceptions.Pysubs2Error, ValueError):
        subtitles = pysubs2.SSAFile()
    cues = []
    for event in subtitles:
        lines = tuple(filter(None, (line.strip() for line in unescape(event.plaintext).splitlines())))
        start, end = frame_at(event.start, rate), min(frames, frame_at(event.end, rate))
        if lines and start < end:
            cues.append(Cue(FrameSpan(start, end), lines))
    if not cues:
        raise RequestError("This text holds no captions of this film, as SRT or WebVTT.", code="broken_captions")
    return tuple(cues)
