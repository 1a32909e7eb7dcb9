"""The punctuation of all scripts: marks that end a sentence or a clause, ask a question, or enclose words."""

import re
from unicodedata import east_asian_width

QUESTIONS = "?？؟፧⁇⁈\u037e"
"""Marks at the end of a question; Greek also asks with a semicolon, Armenian within a word (`editing.language`)."""
ELLIPSES = frozenset("…‥⋯")
"""Marks after which a sentence may go on."""
ENDS = ELLIPSES | frozenset(".．。｡!！‼⁉۔।॥։።။។៕།༎" + QUESTIONS)
"""Marks that end a sentence; a full stop may belong to an abbreviation or a number too."""
COMMAS = frozenset(",，、､﹐﹑،՝፣၊")
COLONS = frozenset(";:；：؛៖፤፥")
"""Stronger marks than a comma within a sentence: colons and semicolons."""
DASHES = frozenset("—–―")
"""Dashes between clauses; a hyphen is not one of them."""
OPENING_MARKS = {"¿": "?", "¡": "!"}
"""Marks at the start of a question and of an exclamation, with the matching marks at the end."""

QUOTES = '"“”„‟«»‹›'
"""Quotation marks; each of them opens in one language and closes in another."""
APOSTROPHES = "'’‘‛"
"""They also quote, and they belong to words: “dogs'”."""
OPENING_BRACKETS, CLOSING_BRACKETS = "([{（［｛「『【〔", ")]}）］｝」』】〕"
_OPENING_WORKS, _CLOSING_WORKS = "《〈", "》〉"
"""Chinese marks around the titles of books and films."""
OPENING = OPENING_BRACKETS + _OPENING_WORKS + QUOTES + APOSTROPHES
"""Marks that may stand before the first letter of a word."""
CLOSING = CLOSING_BRACKETS + _CLOSING_WORKS + QUOTES + APOSTROPHES
"""Marks that may stand after the mark that ends a sentence or a clause."""

_BETWEEN = ENDS | COMMAS | COLONS | DASHES
WIDE = frozenset(mark for mark in (*_BETWEEN, *CLOSING) if east_asian_width(mark) in ("W", "F", "H"))
"""Marks of Chinese and Japanese, whose glyphs include their space."""
NO_BEGINNING = (_BETWEEN - DASHES) | frozenset(CLOSING_BRACKETS + _CLOSING_WORKS)
"""Marks that may not begin a line."""
NO_END = frozenset(mark for mark in OPENING_BRACKETS + _OPENING_WORKS if not mark.isascii())
"""Marks of Chinese and Japanese that may not end a line."""
_OF_NO_WORD = (_BETWEEN | frozenset((*OPENING_MARKS, *OPENING, *CLOSING, *"♪♫*"))) - frozenset(APOSTROPHES)
ALL = re.compile(f"[{re.escape(''.join(sorted(_OF_NO_WORD)))}]+")
"""A run of any marks, to be removed where texts are compared; hyphens and apostrophes stay, since they belong to words."""


def mark_at_end(text: str) -> str:
    """The mark that ends a sentence or a clause at a text's end, ignoring closing marks after it; empty if there is none."""
    last = text.rstrip(CLOSING)[-1:]
    return last if last in _BETWEEN else ""
