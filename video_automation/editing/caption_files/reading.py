"""Reads a caption file of any format.

A format is a module beside this one with a function that reads lines (`srt.py` is the shortest) and one that recognises its
files; list it in `_FORMATS`. `times.py`, `markup.py` and `written.py` handle times, markup, remarks and errors.
"""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from video_automation.editing.caption_files import ass, srt, vtt
from video_automation.editing.caption_files.rolling import unrolled
from video_automation.editing.caption_files.written import CaptionFile, captions_error

_Knows = Callable[[Sequence[str]], bool]
_Reads = Callable[[Sequence[str], Fraction], CaptionFile]

_FORMATS: tuple[tuple[_Knows, _Reads], ...] = (
    (vtt.is_webvtt, vtt.read_vtt),
    (ass.is_ass, ass.read_ass),
    (lambda _: True, srt.read_srt),
)
"""The first format that recognises a file reads it."""
_LINE_ENDS = re.compile("\r{1,2}\n|\r|\n|\x0b|\x0c|\u2028|\u2029")
"""Includes the line ends of Word, and those that were converted twice."""


def captions_in(text: str, rate: Fraction) -> CaptionFile:
    """The captions of this text, with remarks on it; `rate` is the video's, in which frames are counted.

    Raises:
        RequestError: the text has no captions, or a line cannot be read; the sentence names the line.
    """
    rows = _LINE_ENDS.split(text.removeprefix("\ufeff"))
    read = next(reads for knows, reads in _FORMATS if knows(rows))
    file = read(rows, rate)
    if not file.captions:
        raise captions_error(
            "no captions could be read; each needs a line above it such as 00:01:02,500 --> 00:01:04,000, as SubRip (.srt) and "
            "WebVTT (.vtt) have it",
            1,
        )
    return unrolled(file)
