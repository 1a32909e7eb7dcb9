"""How far two texts are from each other, word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher


def plain(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return re.sub(r"[^\w' ]", " ", text.replace("-", " ").lower()).split()


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
