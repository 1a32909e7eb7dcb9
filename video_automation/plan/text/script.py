"""The script of a text, and where it puts spaces between words."""

from collections.abc import Iterable
from unicodedata import combining, normalize

from fontTools import unicodedata as names  # type: ignore[import-untyped]
from fontTools.unicodedata import script  # type: ignore[import-untyped]

_DIAERESIS = "\u0308"
_CJK = frozenset(("Hani", "Hira", "Kana", "Bopo"))
_UNSPACED = _CJK | {"Thai", "Laoo", "Khmr", "Mymr", "Tibt"}
"""Scripts without spaces between words (ISO 15924); the first ones have none beside words of other scripts either."""
_CJK_MARKS = (range(0x3000, 0x3040), range(0xFF00, 0xFF66))
"""Punctuation and full-width forms of Chinese, Japanese and Korean, which belong to no single script."""


def is_unspaced(char: str) -> bool:
    """Whether this character is of a script without spaces between words."""
    return not char.isascii() and (script(char) in _UNSPACED or _is_cjk(char))


def _is_cjk(char: str) -> bool:
    return not char.isascii() and (script(char) in _CJK or any(ord(char) in marks for marks in _CJK_MARKS))


def joined(words: Iterable[str]) -> str:
    """Words joined as they are written: with spaces between them, except in scripts that have none there."""
    text = ""
    for word in words:
        text += f" {word}" if text and word and are_spaced(text[-1], word[0]) else word
    return text


def are_spaced(end: str, beginning: str) -> bool:
    """Whether a space is written between a word with this end and one with this beginning."""
    return not end.isspace() and not (_is_cjk(end) or _is_cjk(beginning) or (is_unspaced(end) and is_unspaced(beginning)))


def in_capitals(text: str, language: str) -> str:
    """A text in capitals, as its language writes them; letters of scripts whose capitals no font has stay."""
    if language in ("tr", "az"):
        text = text.replace("i", "İ").replace("ı", "I")
    return "".join(char if script(char) == "Geor" else _capital(char) for char in text)


def _capital(char: str) -> str:
    """A letter's capital; Greek ones have no accent."""
    if script(char) != "Grek":
        return char.upper()
    parts = normalize("NFD", char.upper())
    return normalize("NFC", "".join(part for part in parts if part == _DIAERESIS or not combining(part)))


def script_name(char: str) -> str:
    """The common name of a character's script: "Bengali"; "Common" for signs and pictures."""
    return str(names.script_name(script(char)))
