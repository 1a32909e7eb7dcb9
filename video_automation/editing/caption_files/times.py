"""The times of captions, however they are typed: other digits, colons, dashes and arrows, spaces, frames, no milliseconds."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from video_automation.editing.caption_files.written import captions_error, no_time
from video_automation.plan.time import rounded

_SHORTEST, _LONGEST = 6, 2_000
"""A line with times has so many characters at least, and at most."""
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
"""What is typed for the signs of a time. U+2060 is not among them: with it we mark an arrow that is text."""
_TABLE = str.maketrans(_SIGNS)

_CLOCK = r"(-?) ?(?:(\d{1,4}) ?: ?)?(\d{1,4}) ?: ?(\d{1,2})(?: ?[.,] ?(\d{1,9})|( ?[:;]) ?(\d{1,3}))?"
_NUMBER = r"(?:\d{1,6}[.)]? )?"
_TAIL = r"(?: (\D.*))?"
_ARROW = r" ?(?:[-=~] ?)*> ?"
_TIMES = re.compile(_NUMBER + _CLOCK + _ARROW + _CLOCK + _TAIL)
_BARE = re.compile(_CLOCK + " ?(?:(?:- ?)+|, ?)" + _CLOCK)
"""Times with a dash between them, or a comma, as YouTube's SBV has them."""
_ALONE = re.compile(_CLOCK)
_MEANT = re.compile(r"\d ?[:;.,] ?\S{1,4} ?(?:[-=~] ?)*>|> ?-? ?\S{1,4} ?[:;.,] ?\d")
"""A clock, or what should be one, on either side of an arrow."""
_TAGS = re.compile("<[^<>]*>")
_BEGINS = re.compile(r"-? ?\d{1,4} ?[:;.,] ?\d{1,2} ?[:;.,] ?\d")
_TENTHS = 3


@dataclass(frozen=True, slots=True)
class Times:
    """One line of a file that tells when a caption is shown."""

    place: int
    """Its place among the lines, from 0."""
    start_ms: int
    end_ms: int
    rest: str
    """What else is in the line."""
    framed: bool
    """Whether frames are counted in it."""


def clock_ms(text: str, rate: Fraction, line: int, *, point: str = ".") -> int:
    """A single time in milliseconds. Raises RequestError naming the line where it is none."""
    found = _ALONE.fullmatch(_usual(text))
    if not found:
        raise no_time(text, line, point=point)
    return _ms(found.groups(), rate, line)


def times_in(rows: Sequence[str], rate: Fraction, *, point: str) -> tuple[Times, ...]:
    """All lines that tell times, in order; frames are those of this rate, `point` stands before milliseconds in the format.

    In a file with arrows `-->` other arrows tell times only where these have to stand: below a blank line or a number.

    Raises:
        RequestError: a line should tell times and does not.
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
    """The sentence that frames were counted, where they were."""
    if not any(time.framed for time in times):
        return ()
    return (f"Times are given in frames; they were taken as {math.ceil(rate)} a second, as the video has them.",)


def _may_be(row: str) -> bool:
    return _SHORTEST <= len(row) <= _LONGEST and any(map(str.isdecimal, row))


def _number(row: str) -> int:
    """The number a line holds; 0 where it holds anything else."""
    text = _usual(row).strip("#.) ")
    return int(text) if text.isdecimal() and len(text) <= 9 else 0


def _stands_below_number(rows: Sequence[str], place: int, last: int) -> bool:
    """Whether the line above holds the number of a caption: below a blank line, or the number that follows the last one."""
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
    """Whether a line that tells no times was meant to."""
    usual = _usual(row)
    if numbered and ("-->" in row or _BEGINS.match(usual)):
        return True
    if "-->" not in row:
        usual = _TAGS.sub("", usual) if stands else ""
    return bool(_MEANT.search(usual))


def _usual(row: str) -> str:
    """A line with the signs and digits of a computer's keyboard, and single spaces."""
    if row.isascii():
        return " ".join(row.split())
    plain = (str(unicodedata.decimal(char, char)) for char in row.translate(_TABLE))
    return " ".join("".join(plain).split())


def _is_framed(clock: Sequence[str | None]) -> bool:
    return bool(clock[6]) and len(clock[6] or "") < _TENTHS


def _ms(clock: Sequence[str | None], rate: Fraction, line: int) -> int:
    """Raises RequestError where there are not so many frames in a second."""
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
