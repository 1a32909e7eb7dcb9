"""Compares two texts word by word."""

import re
from collections.abc import Sequence

import inflect

_NUMBER = re.compile(r"\b\d[\d,]*(?:st|nd|rd|th)?\b")
_YEARS = range(1100, 2000)
_SPEAKER = inflect.engine()


def plain(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation. Numbers become words: "42" is "forty two"."""
    said = _NUMBER.sub(lambda number: _in_words(number.group()), text.lower())
    return re.sub(r"[^\w' ]", " ", said.replace("-", " ")).split()


def _in_words(number: str) -> str:
    pairs = 2 if number.isdecimal() and int(number) in _YEARS and int(number) % 100 else 0
    return str(_SPEAKER.number_to_words(number, group=pairs, andword=""))


def errors(truth: Sequence[str], said: Sequence[str]) -> int:
    """The least number of words to insert, delete or replace (Levenshtein distance)."""
    row = list(range(len(said) + 1))
    for i, word in enumerate(truth, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(said, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def lost(truth: Sequence[str], said: Sequence[str]) -> int:
    """How many words of `truth` have no match in `said`."""
    return len(truth) - len(matches(truth, said))


def matches(truth: Sequence[str], said: Sequence[str]) -> dict[int, int]:
    """For each word of `truth` that has a match in `said`: its index, and that of the match.

    As many as can be had in order (the longest common subsequence), so that texts which say the same twice are matched rightly.
    """
    longest = [[0] * (len(said) + 1) for _ in range(len(truth) + 1)]
    for i in reversed(range(len(truth))):
        for j in reversed(range(len(said))):
            same = truth[i] == said[j]
            longest[i][j] = longest[i + 1][j + 1] + 1 if same else max(longest[i + 1][j], longest[i][j + 1])
    found: dict[int, int] = {}
    i = j = 0
    while i < len(truth) and j < len(said):
        if truth[i] == said[j]:
            found[i] = j
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
