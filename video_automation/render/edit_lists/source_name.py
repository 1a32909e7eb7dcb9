"""How edit lists name the video they are cut from: as its user does, so that it is found where the user keeps it."""

import re
from pathlib import PureWindowsPath
from urllib.parse import quote

from video_automation.plan.source.recording import Source

_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that end a line somewhere, or that XML or UTF-8 cannot hold."""


def one_line(text: str) -> str:
    """A text as an edit list can hold it: on one line, without control characters."""
    return _UNWRITABLE.sub("", text)


def video_name(source: Source) -> str:
    """The video's file name as its user knows it, without folders."""
    return one_line(PureWindowsPath(source.name).name) or "video"


def video_url(source: Source) -> str:
    """The video as an address relative to the edit list: one percent-encoded name, whatever stands in it."""
    return quote(video_name(source), safe="")
