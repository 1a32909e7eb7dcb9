"""The room of a text on a line, and the time to read it: by its scripts, measured in Latin letters."""

import unicodedata
from dataclasses import dataclass

from fontTools.unicodedata import script  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class _Taken:
    """The room and reading time of one character, where a Latin letter has 1; in sixteenths, so that sums are exact."""

    room: float
    time: float


_USUAL = _Taken(1, 1)
_WIDE = _Taken(42 / 16, 30 / 16)
"""Chinese, Japanese, Korean: 16 characters a line, 9 to 11 a second."""
_BY_SCRIPT = {
    "Thai": _Taken(19 / 16, 1),  # 35 characters a line
    "Laoo": _Taken(19 / 16, 1),
    "Khmr": _Taken(19 / 16, 1),
    "Mymr": _Taken(20 / 16, 1),
    "Taml": _Taken(20 / 16, 1),  # letters as wide as two
    "Mlym": _Taken(20 / 16, 1),
}
"""Scripts that differ from 42 characters a line and 17 to 20 a second; Arabic, Hebrew and Hindi do not.

The values are those of Netflix' Timed Text Style Guides, language by language; they give readers of Chinese 9 characters a
second, of Korean 12. The values of scripts without a guide were found by comparing lines that fill as much of a picture.
"""


def columns(text: str) -> float:
    """The room of a text on a line, in Latin letters."""
    return len(text) if text.isascii() else sum(_taken(char).room for char in text)


def reading_time(text: str) -> float:
    """The time to read a text, in that of Latin letters."""
    return len(text) if text.isascii() else sum(_taken(char).time for char in text)


def clusters(text: str) -> tuple[str, ...]:
    """A text split into what readers take for single letters: each with its marks and joined characters."""
    found: list[str] = []
    for char in text:
        if found and _belongs(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return tuple(found)


_JOINER, _NON_JOINER = "\u200d", "\u200c"
_SARA_AM = ("\u0e33", "\u0eb3")
"""Vowels of Thai and Lao that Unicode counts as letters."""
_STACKING = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u17d2\u1039")
"""Signs that stack the next letter under or into the one before: of Devanagari, Bengali, Gujarati, Odia, Telugu, Malayalam,
Khmer, Burmese."""
_HANGUL_PARTS = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))
"""Vowels and final consonants of Korean that are written as single characters."""
_SKIN, _FLAGS = range(0x1F3FB, 0x1F400), range(0x1F1E6, 0x1F200)


def _taken(char: str) -> _Taken:
    return _WIDE if unicodedata.east_asian_width(char) in "WF" else _BY_SCRIPT.get(script(char), _USUAL)


def _belongs(before: str, char: str) -> bool:
    """Whether a character belongs to the letter before it."""
    code = ord(char)
    if unicodedata.category(char).startswith("M") or char in (_JOINER, _NON_JOINER, *_SARA_AM) or code in _SKIN:
        return True
    if any(code in parts for parts in _HANGUL_PARTS) or before[-1] == _JOINER:
        return True
    if code in _FLAGS:
        return len(before) == 1 and ord(before) in _FLAGS
    return before[-1] in _STACKING and unicodedata.category(char) == "Lo"
