"""Reads the timecode and reel name a camera wrote into a file; ignores values that do not look like them."""

from collections.abc import Iterator
from fractions import Fraction

import av
from av.container import InputContainer

from video_automation.plan.source.timecode import NO_CLOCK, Timecode, read_label

_LONGEST_REEL = 64


def timecode(video: InputContainer, picture: av.VideoStream, rate: Fraction, counted: Fraction) -> Timecode:
    """The camera's timecode, counted at the rate `counted`, at the start of a grid of `rate`."""
    read = (read_label(text, rate, counted) for text in _said(video, picture, "timecode"))
    return next((found for found in read if found), NO_CLOCK)


def reel(video: InputContainer, picture: av.VideoStream) -> str:
    """The name of the reel, card or tape; empty if the file names none."""
    return next((name.strip()[:_LONGEST_REEL] for name in _said(video, picture, "reel_name") if name.strip()), "")


def _said(video: InputContainer, picture: av.VideoStream, key: str) -> Iterator[str]:
    """The values of a key in the picture track, the file and its timecode tracks; containers differ in case."""
    for tags in (picture.metadata, video.metadata, *(stream.metadata for stream in video.streams.data)):
        yield from (value for name, value in tags.items() if name.lower() == key)
