"""Clauses short enough to be a title: three to nine words of one sentence, from one border to another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from video_automation.editing.phrases import bare
from video_automation.plan.transcript import Sentence

FEWEST, MOST = 3, 9
_BORDER = re.compile(r"[,;:—–!?…。，、；：！？]['\"”’)]*$")
_JOINS = frozenset("because while although though unless whereas".split())
"""A clause may end before one of these, and another begin after it."""
_TAILS = frozenset("and or that which who where when before after in on at for from with without to into of by than as".split())
"""Where a sentence has no border, its beginning may end before one of these."""
_ASKS = frozenset("how why what".split())
"""A title may begin with these, wherever they stand in a sentence."""
_SKIPPED = frozenset(
    """
    because but and so then well now okay ok um uh er yeah yes no oh also actually basically finally first second third that
    or nor thus therefore however indeed perhaps maybe anyway still yet
    """.split()
)
"""Words a title does without at its beginning."""
_HANGING = frozenset(
    """
    a an the of to in on at by for from with without as into onto about than that which who whom whose or nor is are was were
    be been being has have had do does did will would can could should may might must shall my your his her its our their this
    these those very really just quite more most such not i we they he she it you where when how why what there there's it's
    i'm we're you're they're let's if like up out one each every any some no am don't didn't doesn't isn't aren't wasn't going
    gonna because but and so while although though unless whereas since until then also only even too much many both between
    against during through over under after before never always often soon i've we've they've you've i'd we'd makes make gets
    get goes go comes come said says say means mean began begin made took gave seems seem became becomes become
    """.split()
)
"""Words no title ends with."""


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
                first == 0 or bool(_BORDER.search(texts[first - 1])) or all(plain(text) in _SKIPPED for text in texts[:first])
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
    joins = [i for i, text in enumerate(texts) if english and plain(text) in _JOINS]
    asks = [i for i, text in enumerate(texts) if english and plain(text) in _ASKS]
    borders = sorted({0, len(texts), *punctuated, *joins})
    for border in sorted({*borders, *asks}):
        start = border
        while english and start < len(texts) and plain(texts[start]) in _SKIPPED:
            start += 1
        yield from ((start, end) for end in borders if start < end <= start + MOST)


def _beginnings(texts: Sequence[str], language: str) -> Iterator[tuple[int, int]]:
    """The first words of a sentence, up to where it only adds something."""
    if language == "en":
        yield from ((0, end) for end in range(FEWEST + 1, min(len(texts), MOST + 1)) if plain(texts[end]) in _TAILS)


def _is_broken(words: Sequence[str], language: str) -> bool:
    """Whether words begin with an aside, end in the air, or stumble."""
    hanging = language == "en" and plain(words[-1]) in _HANGING
    return hanging or bool(_BORDER.search(words[0])) or any(plain(a) == plain(b) for a, b in pairwise(words))
