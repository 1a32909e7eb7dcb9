"""Parses the times of captions in any spelling: other digits, colons, dashes and arrows, spaces, frames, no milliseconds."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from video_automation.editing.caption_files.written import captions_error, no_time
from video_automation.plan.time import rounded

_SHORTEST, _LONGEST = 6, 2_000
"""The least and the most characters of a line with times."""
_SIGNS = {
    **dict.fromkeys("：﹕∶ː꞉︓", ":"),
    **dict.fromkeys("；﹔", ";"),
    **dict.fromkeys("，﹐٫،、", ","),
    **dict.fromkeys("．。·", "."),
    **dict.fromkeys("‐‑‒–—―−﹣－ー", "-"),
    **dict.fromkeys("＞﹥›", ">"),
    **dict.fromkeys("→⟶➔➜➝➞➡⇒⟹►▶", "->"),
    **dict.fromkeys(
        "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufe0f", ""
    ),
}
"""Variants of the signs in a time. U+2060 is not among them: we use it to mark an arrow that is text."""
_TABLE = str.maketrans(_SIGNS)

_CLOCK = r"(-?) ?(?:(\d{1,4}) ?: ?)?(\d{1,4}) ?: ?(\d{1,2})(?: ?[.,] ?(\d{1,9})|( ?[:;]) ?(\d{1,3}))?"
_NUMBER = r"(?:\d{1,6}[.)]? )?"
_TAIL = r"(?: (\D.*))?"
_ARROW = r" ?(?:[-=~] ?)*> ?"
_TIMES = re.compile(_NUMBER + _CLOCK + _ARROW + _CLOCK + _TAIL)
_BARE = re.compile(_CLOCK + " ?(?:(?:- ?)+|, ?)" + _CLOCK)
"""Times separated by a dash, or by a comma as in YouTube's SBV."""
_ALONE = re.compile(_CLOCK)
_MEANT = re.compile(r"\d ?[:;.,] ?\S{1,4} ?(?:[-=~] ?)*>|> ?-? ?\S{1,4} ?[:;.,] ?\d")
"""A time, or an attempt at one, beside an arrow."""
_TAGS = re.compile("<[^<>]*>")
_BEGINS = re.compile(r"-? ?\d{1,4} ?[:;.,] ?\d{1,2} ?[:;.,] ?\d")
_TENTHS = 3


@dataclass(frozen=True, slots=True)
class Times:
    """One line of a file that holds a caption's times."""

    place: int
    """The line's index, from 0."""
    start_ms: int
    end_ms: int
    rest: str
    """The rest of the line."""
    framed: bool
    """Whether the times count frames."""


def clock_ms(text: str, rate: Fraction, line: int, *, point: str = ".") -> int:
    """A single time in milliseconds. Raises RequestError, naming the line, if the text is no time."""
    found = _ALONE.fullmatch(_usual(text))
    if not found:
        raise no_time(text, line, point=point)
    return _ms(found.groups(), rate, line)


def times_in(rows: Sequence[str], rate: Fraction, *, point: str) -> tuple[Times, ...]:
    """All lines that hold times, in order; `rate` is that of frames, `point` the format's sign before milliseconds.

    In a file with arrows `-->`, lines with other arrows count only where times have to be: below a blank line or a number.

    Raises:
        RequestError: a line should hold times and does not.
    """
    canonical = any("-->" in row and _TIMES.fullmatch(_usual(row)) for row in rows)
    found: list[Times] = []
    last = 0
    for place, row in enumerate(rows):
        if not _may_be(row):
            continue
        numbered = _stands_below_number(rows, place, last)
        stands = numbered or place == 0 or not rows[place - 1].strip()
        times = _times(row, place, rate, strictly=canonical and not stands, barely=stands or not canonical)
        if times:
            found.append(times)
            last = _number(rows[place - 1]) if place else 0
        elif _is_meant(row, numbered=numbered, stands=stands or not canonical):
            raise no_time(row, place + 1, point=point)
    return tuple(found)


def frames_told(times: Sequence[Times], rate: Fraction) -> tuple[str, ...]:
    """The remark that frames were counted, if they were."""
    if not any(time.framed for time in times):
        return ()
    return (f"Times are given in frames; they were taken as {math.ceil(rate)} a second, as the video has them.",)


def _may_be(row: str) -> bool:
    return _SHORTEST <= len(row) <= _LONGEST and any(map(str.isdecimal, row))


def _number(row: str) -> int:
    """The number in a line; 0 if the line holds anything else."""
    text = _usual(row).strip("#.) ")
    return int(text) if text.isdecimal() and len(text) <= 9 else 0


def _stands_below_number(rows: Sequence[str], place: int, last: int) -> bool:
    """Whether the line above is a caption's number: below a blank line, or the successor of the last number."""
    number = _number(rows[place - 1]) if place else 0
    return bool(number) and (place == 1 or not rows[place - 2].strip() or number == last + 1)


def _times(row: str, place: int, rate: Fraction, *, strictly: bool, barely: bool) -> Times | None:
    if strictly and "-->" not in row:
        return None
    usual = _usual(row)
    found = _TIMES.fullmatch(usual) or (_BARE.fullmatch(usual) if barely else None)
    if not found:
        return None
    groups = found.groups()
    start, end = groups[:7], groups[7:14]
    rest = groups[14] if len(groups) > 14 and groups[14] else ""
    return Times(
        place,
        _ms(start, rate, place + 1),
        _ms(end, rate, place + 1),
        " ".join(row.split()[-len(rest.split()) :]) if rest else "",
        framed=_is_framed(start) or _is_framed(end),
    )


def _is_meant(row: str, *, numbered: bool, stands: bool) -> bool:
    """Whether a line without valid times was meant to hold times."""
    usual = _usual(row)
    if numbered and ("-->" in row or _BEGINS.match(usual)):
        return True
    if "-->" not in row:
        usual = _TAGS.sub("", usual) if stands else ""
    return bool(_MEANT.search(usual))


def _usual(row: str) -> str:
    """A line with ASCII signs and digits, and single spaces."""
    if row.isascii():
        return " ".join(row.split())
    plain = (str(unicodedata.decimal(char, char)) for char in row.translate(_TABLE))
    return " ".join("".join(plain).split())


def _is_framed(clock: Sequence[str | None]) -> bool:
    return bool(clock[6]) and len(clock[6] or "") < _TENTHS


def _ms(clock: Sequence[str | None], rate: Fraction, line: int) -> int:
    """The milliseconds of a time. Raises RequestError if a second has fewer frames than it says."""
    sign, hours, minutes, seconds, fraction, _, last = clock
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    if _is_framed(clock):
        second = math.ceil(rate)
        if int(last or 0) >= second:
            raise captions_error(f"frame {last} of a second, and the video has {second}; give milliseconds instead", line)
        ms = rounded((whole * second + int(last or 0)) * 1000 / rate)
    else:
        ms = whole * 1000 + (int((fraction or last or "").ljust(4, "0")[:4]) + 5) // 10
    return -ms if sign else ms
