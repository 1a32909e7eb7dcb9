"""Reads Advanced SubStation and SubStation Alpha (.ass, .ssa)."""

import re
from collections.abc import Sequence
from fractions import Fraction

from video_automation.editing.caption_files.markup import STYLES_GO, folded
from video_automation.editing.caption_files.times import clock_ms
from video_automation.editing.caption_files.written import Caption, CaptionFile, Row, captions_error, no_time, told

_USUAL = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
"""The columns, if no line names them."""
_SECTION = re.compile(r"\s*\[(?:script info|events)\]\s*", re.IGNORECASE)
_DIALOGUE = re.compile(r"\s*dialogue:\s*(?:marked=)?\d+\s*,\s*-?\d+:\d", re.IGNORECASE)
_OVERRIDES = re.compile(r"\{[^{}]*\}")
_DRAWING = re.compile(r"\\p[1-9]")


def is_ass(rows: Sequence[str]) -> bool:
    """Whether one of the lines occurs only in these files."""
    return any(_SECTION.fullmatch(row) or _DIALOGUE.match(row) for row in rows)


def read_ass(rows: Sequence[str], rate: Fraction) -> CaptionFile:
    """The dialogue lines, without styles, movements and drawings.

    Raises:
        RequestError: a line lacks columns, or its times are invalid.
    """
    columns: tuple[str, ...] = _USUAL
    captions, drawings = [], []
    styled = False
    in_events = True
    for line, row in enumerate(rows, 1):
        kind, _, value = row.strip().partition(":")
        if kind.startswith("["):
            in_events = kind.lower() == "[events]"
        elif in_events and kind.lower() == "format":
            columns = _columns(value, line)
        elif in_events and kind.lower() == "dialogue":
            fields = dict(zip(columns, value.split(",", len(columns) - 1), strict=False))
            if "text" not in fields:
                raise no_time(row, line, point=".") if "end" not in fields else captions_error("the line lacks its text", line)
            text = fields["text"]
            styled = styled or "{" in text
            if any(map(_DRAWING.search, _OVERRIDES.findall(text))):
                drawings.append(line)
                continue
            start, end = (clock_ms(fields[edge].strip(), rate, line) for edge in ("start", "end"))
            captions.append(Caption(line, start, end, _rows(text)))
    remarks = told(drawings, "a drawing, left out.")
    return CaptionFile(tuple(captions), (*remarks, *((STYLES_GO,) if styled else ())))


def _columns(value: str, line: int) -> tuple[str, ...]:
    """The column names. Raises RequestError if a needed one is missing."""
    columns = tuple(name.strip().lower() for name in value.split(","))
    if not {"start", "end"} <= set(columns) or columns[-1] != "text":
        raise captions_error("the columns have to name Start and End, and Text as the last", line)
    return columns


def _rows(text: str) -> tuple[Row, ...]:
    broken = _OVERRIDES.sub("", text).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
    return tuple(Row(row) for row in map(folded, broken.split("\n")) if row)
