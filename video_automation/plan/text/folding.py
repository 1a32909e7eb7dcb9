"""Text as a search compares it: case, accents and punctuation do not count, in any script."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from video_automation.plan.text.marks import APOSTROPHES
from video_automation.plan.text.script import is_unspaced

WORD_END = "\n"
"""What separates words in a text that is searched: a folded word never holds it."""
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670]")
"""Marks that many leave out: of Latin, Greek and Cyrillic; of Hebrew; of Arabic. In other scripts marks are letters."""
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart, as people type them who lack them."""


def searchable(text: str) -> str:
    """A text without case, accents and punctuation; its words are separated by one space each."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    letters = unicodedata.normalize("NFC", plain).casefold().translate(_PLAIN)
    return " ".join("".join(map(_kept, letters)).split())


@dataclass(frozen=True, slots=True)
class SoughtWords:
    """Words that are sought in folded text, one after the other."""

    needles: tuple[str, ...]
    """Parts that a text has where it has the phrase: most texts are told by them, at once, not to have it."""
    pattern: re.Pattern[str]

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in a folded text it stands: from a character on, and up to another."""
        if all(needle in text for needle in self.needles):
            yield from (found.span() for found in self.pattern.finditer(text))


def sought_words(query: str) -> SoughtWords | None:
    """The phrase that a query asks for; None where it has no word.

    It stands where a word begins, and its last word may be the beginning of a longer one. In scripts without spaces between
    words it may begin and go on anywhere.
    """
    text = searchable(query)
    if not text:
        return None
    parts = ["" if is_unspaced(text[0]) else f"(?<![^ {WORD_END}])", re.escape(text[0])]
    for before, char in pairwise(text):
        free = is_unspaced(before) or is_unspaced(char)
        if char == " ":
            parts.append(f"[ {WORD_END}]{'*' if free else '+'}")
        else:
            parts.append(f"{f'[ {WORD_END}]*' if free else ''}{re.escape(char)}")
    needles = (word if not any(map(is_unspaced, word)) else word[0] for word in text.split())
    return SoughtWords(tuple(needles), re.compile("".join(parts)))


def _kept(char: str) -> str:
    if char in APOSTROPHES:
        return ""
    return char if unicodedata.category(char)[0] in "LMN" else " "
