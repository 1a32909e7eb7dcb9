"""Reads WebVTT (.vtt)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from video_automation.editing.caption_files.markup import SPEAKERS_GO, STYLES_GO, is_settings, without_markup
from video_automation.editing.caption_files.times import frames_told, times_in
from video_automation.editing.caption_files.written import Caption, CaptionFile, told

_APART = ("NOTE", "STYLE", "REGION", "WEBVTT")
"""The first words of blocks that are no captions."""


def is_webvtt(rows: Sequence[str]) -> bool:
    """Whether the first line is WebVTT's."""
    return next((row for row in rows if row.strip()), "").lstrip().startswith("WEBVTT")


def read_vtt(rows: Sequence[str], rate: Fraction) -> CaptionFile:
    """The captions in these lines: each is the text below a line of times up to an empty one; YouTube's begin with a space.

    Raises:
        RequestError: a line should hold times and does not.
    """
    times = times_in(rows, rate, point=".")
    styled = any(row.strip() == "STYLE" for row in rows)
    named = False
    captions = []
    used: set[int] = set()
    ends = (*(time.place for time in times[1:]), len(rows))
    for time, end in zip(times, ends, strict=False):
        below = rows[time.place + 1 : end]
        body = [*below[:1], *takewhile(str.strip, below[1:])] if any(below[:1]) else []
        used.update(range(time.place - 1, time.place + 1 + len(body)))
        beside = is_settings(time.rest)
        found = without_markup(body if beside or not time.rest else [time.rest, *body], time.start_ms, codes=False)
        styled, named = styled or beside or found.styled, named or found.named
        captions.append(Caption(time.place + 1, time.start_ms, time.end_ms, found.rows))
    remarks = told([place + 1 for place in _stray(rows, used)], "text without a time, left out.")
    return CaptionFile(
        tuple(captions),
        (*frames_told(times, rate), *remarks, *((STYLES_GO,) if styled else ()), *((SPEAKERS_GO,) if named else ())),
    )


def _stray(rows: Sequence[str], used: set[int]) -> Iterator[int]:
    """The first lines of blocks that WebVTT does not allow."""
    above = ""
    for place, row in enumerate(rows):
        begins = bool(row.strip()) and not above.strip()
        above = row
        if begins and place not in used and not row.lstrip("\ufeff ").startswith(_APART):
            yield place
