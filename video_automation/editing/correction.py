"""Captions as a person, or another editor, has written them (SubRip or WebVTT), for a film."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import unescape
from itertools import groupby, pairwise, takewhile

from video_automation.editing.linebreaks import lines
from video_automation.errors import RequestError
from video_automation.plan.captions import Cue
from video_automation.plan.legibility import columns
from video_automation.plan.segmentation import words_of
from video_automation.plan.time import FrameSpan, frame_at

_MOST_CUES = 20_000
"""A day of talk has fewer."""
_MOST_LINES = 2
_MOST_CHARACTERS = 2_000
"""Of one caption: more than any picture holds."""

_CLOCK = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{1,3})"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|</?>|<[0-9:.]+>")
"""Tags, and the times of single words in WebVTT."""
_CODES = re.compile(r"\{\\[^{}]*\}")
"""Codes of Advanced SubStation, which some editors leave in SubRip."""
_ENTITY = re.compile(r"&(?:[a-zA-Z]+|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
"""Characters that steer a program rather than being read, but for those that are white space."""


def corrected_cues(text: str, *, rate: Fraction, frames: int, line_length: int, language: str) -> tuple[Cue, ...]:
    """The captions in such a text, in order, each up to the next one at most, all within a film of so many frames.

    Up to two lines stay as they are if none is longer than `line_length`; else they are broken anew, into as few as will do.
    Tags, styles and notes go. Captions that begin together become one.

    Raises:
        RequestError: no caption for this film can be read in it, there are too many, or one is too long.
    """
    text = text.removeprefix("\ufeff")
    webvtt = text.startswith("WEBVTT")
    written = tuple(_written(text, webvtt=webvtt))
    if not written:
        raise _broken("no captions could be read; they have to be SubRip (.srt) or WebVTT (.vtt)")
    if len(written) > _MOST_CUES:
        raise _broken(f"there are {len(written)} captions, and {_MOST_CUES} at most can be used")
    placed = [
        (frame_at(start, rate), frame_at(end, rate), shown)
        for start, end, body in written
        if (shown := _plain(body, webvtt=webvtt))
    ]
    together = [list(group) for _, group in groupby(sorted(placed, key=lambda cue: cue[0]), key=lambda cue: cue[0])]
    starts = [group[0][0] for group in together]
    result = []
    for group, (start, following) in zip(together, pairwise([*starts, frames]), strict=True):
        end = min(max(end for _, end, _ in group), following, frames)
        if start < end:
            shown = [line for _, _, lines_of_one in group for line in lines_of_one]
            if sum(map(len, shown)) > _MOST_CHARACTERS:
                raise _broken(f"one of them is longer than {_MOST_CHARACTERS} characters")
            result.append(Cue(FrameSpan(start, end), _fitting(shown, line_length, language)))
    if not result:
        raise _broken("none of the captions would be seen in the film")
    return tuple(result)


def _broken(what: str) -> RequestError:
    return RequestError(f"The corrected captions cannot be used: {what}.", code="broken_captions")


def _written(text: str, *, webvtt: bool) -> Iterator[tuple[int, int, list[str]]]:
    """Each caption's times in milliseconds and its lines, in the order of the text."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    times = [(i, found.groups()) for i, row in enumerate(rows) if (found := _TIMES.fullmatch(row))]
    ends = (*(i for i, _ in times[1:]), len(rows))
    for (i, clock), end in zip(times, ends, strict=False):
        body = rows[i + 1 : end]
        if webvtt:  # an empty line ends it; a note, a style or the name of the next one may follow
            body = list(takewhile(str.strip, body))
        elif end < len(rows) and body and body[-1].strip().isdecimal():
            body.pop()  # the number of the next one
        yield _ms(clock[:4]), _ms(clock[4:]), body


def _ms(clock: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = clock
    return (int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)) * 1000 + int((fraction or "").ljust(3, "0"))


def _plain(body: Sequence[str], *, webvtt: bool) -> list[str]:
    """Lines without markup, without spaces that are not seen, and without those that are empty then."""
    text = _TAGS.sub("", "\n".join(body))
    rows = (text if webvtt else _CODES.sub("", text)).split("\n")
    decoded = (_ENTITY.sub(lambda entity: unescape(entity[0]), row) for row in rows)
    folded = (" ".join(_UNSEEN.sub("", row).split()) for row in decoded)
    return [row for row in folded if row]


def _fitting(rows: Sequence[str], line_length: int, language: str) -> tuple[str, ...]:
    if len(rows) <= _MOST_LINES and all(columns(row) <= line_length for row in rows):
        return tuple(rows)
    return lines(words_of(" ".join(rows), language), language, line_length)
