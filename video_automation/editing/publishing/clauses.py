"""Finds clauses short enough for a title: three to nine words of one sentence, from one border to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from video_automation.editing.language.registry import language_of
from video_automation.editing.language.tables import Language, WordList
from video_automation.editing.language.wording import ends_with, is_question, listed_at, normalized, opens_with, word_count
from video_automation.plan.source.transcript import Sentence
from video_automation.plan.text.marks import OPENING_MARKS, mark_at_end
from video_automation.plan.text.script import joined

FEWEST, MOST = 3, 9


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of a sentence that can be read alone."""

    sentence: int
    words: tuple[str, ...]
    begins: bool
    """Whether it begins its sentence."""
    ends: bool
    """Whether it ends its sentence."""
    asks: bool
    """Whether it is a question, up to its end."""
    cut: bool
    """Whether its sentence goes on after it."""
    promises: bool
    """Whether it begins with a question word, and so promises an answer."""

    @property
    def first_word(self) -> str:
        """Its first word, as it is written."""
        return self.words[0]


def clauses(sentence: Sentence, place: int) -> Iterator[Clause]:
    """All clauses of the sentence at this index, without duplicates."""
    language = language_of(sentence.language)
    texts = [word.text for word in sentence.words]
    question = is_question(joined(texts), language)
    runs = dict.fromkeys(
        (*_between_borders(texts, language, question=question), *(() if question else _beginnings(texts, language)))
    )
    for first, last in runs:
        words = tuple(texts[first:last])
        if FEWEST <= word_count(words, language) <= MOST and not _is_broken(words, language, ends=last == len(texts)):
            ends = last == len(texts)
            direct = (
                first == 0
                or _is_border(texts[first - 1])
                or all(opens_with(text, language.titles.skipped, language) for text in texts[:first])
            )
            yield Clause(
                place,
                words,
                begins=first == 0,
                ends=ends,
                asks=question and ends and direct,
                promises=_promises(words, language, asks=question and first == 0),
                cut=not ends and (not _is_border(words[-1]) or any(map(_is_border, words[:-1]))),
            )


def _is_border(text: str) -> bool:
    """Whether a clause may end after a word; a full stop within a sentence belongs to an abbreviation."""
    return mark_at_end(text) not in ("", ".", "．")


def _promises(words: Sequence[str], language: Language, *, asks: bool) -> bool:
    listed = language.titles.asks if asks else language.titles.promises
    return listed_at(words, 0, listed, language) > 0


def _between_borders(texts: Sequence[str], language: Language, *, question: bool) -> Iterator[tuple[int, int]]:
    """From each border to each later one, up to the length of a title, without the words that only join it to others."""

    def places(listed: WordList) -> dict[int, int]:
        found = {i: count for i in range(len(texts)) if (count := listed_at(texts, i, listed, language))}
        return {i: count for i, count in found.items() if found.get(i - 1) != 2}

    punctuated = [i + 1 for i, text in enumerate(texts) if _is_border(text)]
    borders = sorted({0, len(texts), *punctuated, *places(language.titles.joins)})
    asking = places(language.titles.asks) if question else {}
    skipped = {i: count for i, count in places(language.titles.skipped).items() if i not in asking}
    for border in sorted({*borders, *places(language.titles.promises)}):
        start = border
        while start in skipped:
            start += skipped[start]
        yield from ((start, end) for end in borders if start < end and word_count(texts[start:end], language) <= MOST)


def _beginnings(texts: Sequence[str], language: Language) -> Iterator[tuple[int, int]]:
    """The first words of a sentence, up to where it only adds something."""
    for end in range(1, len(texts)):
        if FEWEST < word_count(texts[:end], language) <= MOST and opens_with(texts[end], language.titles.tails, language):
            yield 0, end


def _is_broken(words: Sequence[str], language: Language, *, ends: bool) -> bool:
    """Whether words begin or end with an aside, end unfinished, or stumble; `ends` tells whether they end their sentence."""
    hanging = ends_with(words[-1], language.titles.hanging_last if ends else language.titles.hanging, language)
    aside = _is_border(words[0]) or (len(words) > 1 and _is_border(words[-2]))
    asked = any(word.startswith(tuple(OPENING_MARKS)) for word in words[1:])
    said = [normalized(word, language) for word in words]
    return hanging or aside or asked or any(a == b for a, b in pairwise(said)) or any(word in language.fillers for word in said)
