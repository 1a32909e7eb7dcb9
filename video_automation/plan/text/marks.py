"""The punctuation of all scripts: which marks end a sentence or a clause, ask, or stand around words."""

import re
from unicodedata import east_asian_width

QUESTIONS = "?？؟፧⁇⁈\u037e"
"""Marks at the end of a question; Greek asks with a semicolon, too, and Armenian within a word (`editing.language`)."""
ELLIPSES = frozenset("…‥⋯")
"""Marks after which a sentence may go on."""
ENDS = ELLIPSES | frozenset(".．。｡!！‼⁉۔।॥։።။។៕།༎" + QUESTIONS)
"""Marks that end a sentence; a full stop may belong to an abbreviation or a number too."""
COMMAS = frozenset(",，、､﹐﹑،՝፣၊")
COLONS = frozenset(";:；：؛៖፤፥")
"""Stronger marks than a comma within a sentence: colons and semicolons."""
DASHES = frozenset("—–―")
"""Dashes that part clauses; a hyphen is none."""
OPENING_MARKS = {"¿": "?", "¡": "!"}
"""Marks at the beginning of a question and of an exclamation, and those that belong to them at its end."""

QUOTES = '"“”„‟«»‹›'
"""Quotation marks; each of them opens in one language and closes in another."""
APOSTROPHES = "'’‘‛"
"""They quote, too, and they belong to words: “dogs'”."""
OPENING_BRACKETS, CLOSING_BRACKETS = "([{（［｛「『【〔", ")]}）］｝」』】〕"
_OPENING_WORKS, _CLOSING_WORKS = "《〈", "》〉"
"""What Chinese writes around the titles of books and videos."""
OPENING = OPENING_BRACKETS + _OPENING_WORKS + QUOTES + APOSTROPHES
"""What may stand before the first letter of a word."""
CLOSING = CLOSING_BRACKETS + _CLOSING_WORKS + QUOTES + APOSTROPHES
"""What may stand after the mark that ends a sentence or a clause."""

_BETWEEN = ENDS | COMMAS | COLONS | DASHES
WIDE = frozenset(mark for mark in (*_BETWEEN, *CLOSING) if east_asian_width(mark) in ("W", "F", "H"))
"""Marks of Chinese and Japanese, which bring their own space."""
NO_BEGINNING = (_BETWEEN - DASHES) | frozenset(CLOSING_BRACKETS + _CLOSING_WORKS)
"""Marks with which no line begins,"""
NO_END = frozenset(mark for mark in OPENING_BRACKETS + _OPENING_WORKS if not mark.isascii())
"""and those of Chinese and Japanese with which none ends."""
_OF_NO_WORD = (_BETWEEN | frozenset((*OPENING_MARKS, *OPENING, *CLOSING, *"♪♫*"))) - frozenset(APOSTROPHES)
ALL = re.compile(f"[{re.escape(''.join(sorted(_OF_NO_WORD)))}]+")
"""Any marks in a row, to be taken out where texts are compared; hyphens and apostrophes stay, since they belong to words."""


def mark_at_end(text: str) -> str:
    """The mark that ends a sentence or a clause at a text's end, whatever closes after it; empty where there is none."""
    last = text.rstrip(CLOSING)[-1:]
    return last if last in _BETWEEN else ""
