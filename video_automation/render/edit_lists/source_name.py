"""How edit lists name their source: by the user's file name, so that it is found where the user keeps it."""

import re
from pathlib import PureWindowsPath
from urllib.parse import quote

from video_automation.plan.source.recording import Source

_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters that some programs take for line ends, or that XML or UTF-8 cannot hold."""


def one_line(text: str) -> str:
    """A text for an edit list: on one line, without control characters."""
    return _UNWRITABLE.sub("", text)


def video_name(source: Source) -> str:
    """The user's name of the video file, without folders."""
    return one_line(PureWindowsPath(source.name).name) or "video"


def video_url(source: Source) -> str:
    """The address of the video relative to the edit list: one percent-encoded name, whatever characters it has."""
    return quote(video_name(source), safe="")
