"""Clauses short enough to be a title: three to nine words of one sentence, from one border to another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from video_automation.editing.english import ASKS, HANGING, JOINS, SKIPPED, TAILS
from video_automation.editing.phrases import bare
from video_automation.plan.transcript import Sentence

FEWEST, MOST = 3, 9
_BORDER = re.compile(r"[,;:—–!?…。，、；：！？]['\"”’)]*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """Some words of a sentence that can be read alone."""

    sentence: int
    words: tuple[str, ...]
    begins: bool
    """Whether it is a sentence's beginning."""
    ends: bool
    """Whether it is a sentence's end."""
    asks: bool
    """Whether it is a question, to its end."""
    cut: bool
    """Whether its sentence goes on where it ends."""

    @property
    def first_word(self) -> str:
        """Its first word, written small."""
        return plain(self.words[0])


def plain(text: str) -> str:
    """A word written small, without punctuation."""
    return bare(text).casefold().replace("’", "'")


def clauses(sentence: Sentence, place: int, language: str) -> Iterator[Clause]:
    """All clauses of the sentence at a place, each once."""
    texts = [word.text for word in sentence.words]
    question = texts[-1].rstrip("\"'”’").endswith(("?", "？"))
    runs = dict.fromkeys((*_between_borders(texts, language), *(() if question else _beginnings(texts, language))))
    for first, last in runs:
        words = tuple(texts[first:last])
        if FEWEST <= len(words) <= MOST and not _is_broken(words, language):
            ends = last == len(texts)
            direct = (
                first == 0 or bool(_BORDER.search(texts[first - 1])) or all(plain(text) in SKIPPED for text in texts[:first])
            )
            yield Clause(
                place,
                words,
                begins=first == 0,
                ends=ends,
                asks=question and ends and direct,
                cut=not ends and (not _BORDER.search(words[-1]) or any(map(_BORDER.search, words[:-1]))),
            )


def _between_borders(texts: Sequence[str], language: str) -> Iterator[tuple[int, int]]:
    """From each border to each later one, as far as a title may reach, without the words that only join it to others."""
    english = language == "en"
    punctuated = [i + 1 for i, text in enumerate(texts) if _BORDER.search(text)]
    joins = [i for i, text in enumerate(texts) if english and plain(text) in JOINS]
    asks = [i for i, text in enumerate(texts) if english and plain(text) in ASKS]
    borders = sorted({0, len(texts), *punctuated, *joins})
    for border in sorted({*borders, *asks}):
        start = border
        while english and start < len(texts) and plain(texts[start]) in SKIPPED:
            start += 1
        yield from ((start, end) for end in borders if start < end <= start + MOST)


def _beginnings(texts: Sequence[str], language: str) -> Iterator[tuple[int, int]]:
    """The first words of a sentence, up to where it only adds something."""
    if language == "en":
        yield from ((0, end) for end in range(FEWEST + 1, min(len(texts), MOST + 1)) if plain(texts[end]) in TAILS)


def _is_broken(words: Sequence[str], language: str) -> bool:
    """Whether words begin or end with an aside, end in the air, or stumble."""
    hanging = language == "en" and plain(words[-1]) in HANGING
    aside = _BORDER.search(words[0]) or _BORDER.search(words[-2])
    return hanging or bool(aside) or any(plain(a) == plain(b) for a, b in pairwise(words))
