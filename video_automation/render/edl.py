"""A film's cut as a CMX 3600 edit decision list, which every editor reads."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePosixPath

from video_automation.plan.rendition import Rendition
from video_automation.plan.source import Source
from video_automation.plan.time import rounded
from video_automation.render.film_name import film_name, one_line

_LONGEST_TITLE = 70


def edl(source: Source, film: Rendition, title: str) -> str:
    """The cut of a film, one event for each kept span; both clocks begin at zero.

    Timecode never drops a number, at 29.97 frames a second neither: it counts frames. A list does not know its rate and is
    opened at that of the film; its last comment tells it. From the thousandth event on, numbers have four digits.
    """
    return "".join(f"{line}\n" for line in _lines(source, film, title))


def _lines(source: Source, film: Rendition, title: str) -> Iterator[str]:
    rate = film.timeline.rate
    yield f"TITLE: {one_line(title)[:_LONGEST_TITLE]}"
    yield "FCM: NON-DROP FRAME"
    for number, (start, span) in enumerate(film.timeline.placed(), 1):
        places = (span.start, span.end, start, start + span.length)
        clocks = " ".join(_timecode(place, rate) for place in places)
        yield f"{number:03}  {_reel(source)} {_channels(source):5} C        {clocks}"
        yield f"* FROM CLIP NAME: {film_name(source)}"
    yield f"* FRAMES PER SECOND: {rate}"  # not earlier: some readers know no comments before the first event


def _timecode(frame: int, rate: Fraction) -> str:
    in_whole, frames = divmod(frame, rounded(rate))
    return f"{in_whole // 3600:02}:{in_whole // 60 % 60:02}:{in_whole % 60:02}:{frames:02}"


def _reel(source: Source) -> str:
    """Eight capital letters and digits of the film's name, filled up: BL and AX alone would mean black and no tape."""
    return re.sub("[^A-Z0-9]", "", PurePosixPath(film_name(source)).stem.upper())[:8].ljust(8, "0")


def _channels(source: Source) -> str:
    if source.sound is None:
        return "V"
    return "B" if source.sound.channels == 1 else "AA/V"
