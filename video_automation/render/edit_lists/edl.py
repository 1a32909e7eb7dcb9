"""Writes a video's cut as a CMX 3600 edit decision list, which every editor reads."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.source.timecode import frames_a_day, label
from video_automation.render.edit_lists.source_name import one_line, video_name

_LONGEST_TITLE, _LONGEST_REEL = 70, 32
_RESERVED = ("AX", "BL", "BLACK", "BARS")


def edl(source: Source, video: Rendition, title: str) -> str:
    """The cut of a video, one event for each kept span; source times are the camera's timecode, record times begin at zero.

    Both use drop frame if the camera does. A span across midnight becomes two events, since some readers refuse out points
    before their in points. A list cannot state its rate and is opened at that of the video; its last comment tells it. From the
    thousandth event on, numbers have four digits.
    """
    return "".join(f"{line}\n" for line in _lines(source, video, title))


def _lines(source: Source, video: Rendition, title: str) -> Iterator[str]:
    rate = video.timeline.rate
    yield f"TITLE: {one_line(title)[:_LONGEST_TITLE]}"
    yield "FCM: DROP FRAME" if source.timecode.drop else "FCM: NON-DROP FRAME"
    for number, places in enumerate(_events(source, video), 1):
        clocks = " ".join(label(place, rate, drop=source.timecode.drop) for place in places)
        yield f"{number:03}  {_reel(source):8} {_channels(source):5} C        {clocks}"
        yield f"* FROM CLIP NAME: {video_name(source)}"
    yield f"* FRAMES PER SECOND: {rate}"  # not earlier: some readers allow no comments before the first event


def _events(source: Source, video: Rendition) -> Iterator[tuple[int, int, int, int]]:
    """In and out points in the source, in frames since its last midnight; in and out points in the cut."""
    day = frames_a_day(video.timeline.rate, drop=source.timecode.drop)
    for at, span in video.timeline.placed():
        first = source.timecode.frame + span.start
        midnight = (first // day + 1) * day - first
        for begin, end in pairwise(sorted({0, min(midnight, span.length), span.length})):
            shown = (first + begin) % day
            yield shown, shown + end - begin, at + begin, at + end


def _reel(source: Source) -> str:
    """The camera's reel; without one, eight capital letters and digits from the video's name, padded.

    A reel named like a reserved word is padded too: BL would mean black, AX no tape.
    """
    told = re.sub("[^A-Za-z0-9_.-]", "", source.reel)[:_LONGEST_REEL]
    if told:
        return told.ljust(8, "0") if told.upper() in _RESERVED else told
    return re.sub("[^A-Z0-9]", "", PurePosixPath(video_name(source)).stem.upper())[:8].ljust(8, "0")


def _channels(source: Source) -> str:
    if source.sound is None:
        return "V"
    if source.picture.drawn:
        return "A" if source.sound.main.channels == 1 else "AA"
    return "B" if source.sound.main.channels == 1 else "AA/V"
