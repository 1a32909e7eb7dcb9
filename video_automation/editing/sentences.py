"""Words into sentences: by their punctuation, and where there is none, by the pauses."""

import re
from collections.abc import Sequence
from itertools import pairwise

from video_automation.plan.transcript import Sentence, Word

_PAUSE_MS = 1500
"""A pause longer than this ends a sentence if what follows is written large."""
_LONG_PAUSE_MS = 3000
"""One longer than this ends it anyway."""

_CLOSING = "\"'”’»›)]}」』）"
_END = re.compile(rf"[.?!…。？！｡][.?!…。？！｡{re.escape(_CLOSING)}]*$")
_ABBREVIATION = re.compile(
    r"(?:mr|mrs|ms|dr|prof|st|sr|jr|gen|col|sgt|capt|lt|rev|hon|gov|sen|rep|no|vs|etc|approx|inc|ltd|co|corp|fig|vol|pp"
    r"|bzw|usw|z\.b|d\.h|sra|mme|mlle|[^\W\d_](?:\.[^\W\d_])*)\.",
    re.IGNORECASE,
)
"""Titles and the like; initials, alone or together, as in "U.S." and "e.g."."""


def sentences(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """The words in order, in sentences."""
    ends = [i for i, (word, following) in enumerate(pairwise(words), start=1) if _ended(word, following)]
    return tuple(Sentence(tuple(words[first:last])) for first, last in pairwise([0, *ends, len(words)]) if first < last)


def ends_sentence(text: str, following: str) -> bool:
    """Whether a sentence ends with a word so written, where the word after it is written as `following`."""
    if not _END.search(text) or is_abbreviation(text):
        return False
    return not (text[-1] == "." and text[-2:-1].isdigit() and following[:1].isdigit())


def is_abbreviation(text: str) -> bool:
    """Whether the full stop at a word's end belongs to the word."""
    return bool(_ABBREVIATION.fullmatch(text.lstrip("\"'“‘«‹([{「『（")))


def _ended(word: Word, following: Word) -> bool:
    pause = following.start_ms - word.end_ms
    unmarked = pause > _LONG_PAUSE_MS or (pause > _PAUSE_MS and following.text[:1].isupper())
    return unmarked or ends_sentence(word.text, following.text)
