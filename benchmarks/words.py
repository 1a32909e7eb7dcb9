"""How far two texts are from each other, word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import inflect

_NUMBER = re.compile(r"\b\d[\d,]*(?:st|nd|rd|th)?\b")
_YEARS = range(1100, 2000)
_SPEAKER = inflect.engine()


def plain(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation; numbers as they are said, so that "42" is "forty two"."""
    said = _NUMBER.sub(lambda number: _in_words(number.group()), text.lower())
    return re.sub(r"[^\w' ]", " ", said.replace("-", " ")).split()


def _in_words(number: str) -> str:
    pairs = 2 if number.isdecimal() and int(number) in _YEARS and int(number) % 100 else 0
    return str(_SPEAKER.number_to_words(number, group=pairs, andword=""))


def errors(truth: Sequence[str], said: Sequence[str]) -> int:
    """The least number of words to put in, take out or change (Levenshtein)."""
    row = list(range(len(said) + 1))
    for i, word in enumerate(truth, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(said, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def lost(truth: Sequence[str], said: Sequence[str]) -> int:
    """How many words of the truth have no match in what was said."""
    matcher = SequenceMatcher(None, truth, said, autojunk=False)
    return len(truth) - sum(block.size for block in matcher.get_matching_blocks())


def matches(truth: Sequence[str], said: Sequence[str]) -> dict[int, int]:
    """For each word of the truth that was said, which one of the said words it is."""
    matcher = SequenceMatcher(None, truth, said, autojunk=False)
    return {a + i: b + i for a, b, size in matcher.get_matching_blocks() for i in range(size)}
