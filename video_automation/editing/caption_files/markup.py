"""Removes the markup from captions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from video_automation.editing.caption_files.written import Row

_TAGS = re.compile(r"</?([a-zA-Z])[^<>]*>|</?>")
_BREAKS = re.compile(r"<[bB][rR] ?/?>")
_STAMPS = re.compile(r"<([0-9:.]+)>")
"""The times of single words in WebVTT."""
_STAMP = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})\.(\d{3})")
_CODES = re.compile(r"\{\\[^{}]*\}|\{[a-zA-Z]:[^{}]*\}")
"""Codes of Advanced SubStation and of MicroDVD, which some editors leave in SubRip."""
_ENTITY = re.compile(r"&(?:[a-zA-Z]+|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
"""Invisible control characters, except white space."""
_SETTING = re.compile(r"[A-Za-z][\w-]*:\S+")
STYLES_GO = "Styling is not kept: fonts, colours, italics, and places other than the usual one."
SPEAKERS_GO = "Names of speakers that stand in tags are not shown."


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of a caption."""

    rows: tuple[Row, ...]
    styled: bool
    """Whether styling was dropped,"""
    named: bool
    """and the name of a speaker."""


def without_markup(body: Sequence[str], start_ms: int, *, codes: bool) -> Plain:
    """Lines without markup and invisible spaces; empty lines are left out.

    `start_ms` is the start of the caption; `codes` tells whether codes in braces and backslashes are markup too.
    """
    text = _BREAKS.sub("\n", "\n".join(body))
    styled = named = False
    if codes:
        text, count = _CODES.subn("", text.replace("\\N", "\n").replace("\\h", " "))
        styled = count > 0
    for tag in _TAGS.finditer(text):
        named = named or tag[1] == "v"
        styled = styled or (tag[1] not in ("c", "v", None) or tag[0].startswith("<c."))
    return Plain(tuple(_rows(_TAGS.sub("", text).split("\n"), start_ms)), styled, named)


def is_settings(text: str) -> bool:
    """Whether this text beside a caption's times sets its position, as in WebVTT and some SubRip."""
    return bool(text) and all(map(_SETTING.fullmatch, text.split()))


def folded(text: str) -> str:
    """A line without invisible characters, with single spaces."""
    return " ".join(_UNSEEN.sub("", text).split())


def _rows(lines: Sequence[str], now_ms: int) -> Iterator[Row]:
    """The lines that are not empty, with the times of their words."""
    for line in lines:
        pieces = _STAMPS.split(line)
        if len(pieces) == 1:
            if text := _seen(line):
                yield Row(text)
            continue
        words = []
        for place, piece in enumerate(pieces):
            if place % 2:
                now_ms = _ms(piece, now_ms)
            elif word := _seen(piece):
                words.append((now_ms, word))
        if text := _seen("".join(pieces[::2])):
            yield Row(text, tuple(words))


def _ms(stamp: str, otherwise: int) -> int:
    found = _STAMP.fullmatch(stamp)
    if not found:
        return otherwise
    hours, minutes, seconds, thousandths = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _seen(text: str) -> str:
    return folded(_ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text)
