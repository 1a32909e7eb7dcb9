"""The cost of breaking a text before each of its words, into lines or into captions."""

from collections.abc import Sequence
from itertools import pairwise

from video_automation.editing.language.registry import language_of
from video_automation.editing.language.tables import Breaks, Language
from video_automation.editing.language.wording import normalized
from video_automation.editing.speech.sentences import ends_sentence, is_abbreviation
from video_automation.plan.cues import DASH
from video_automation.plan.text.marks import COLONS, COMMAS, DASHES, NO_BEGINNING, NO_END, OPENING, mark_at_end

SENTENCE, CLAUSE, COMMA = 0, 1, 2
"""The cost of a break after a full stop or before another speaker, after other strong punctuation, after a comma,"""
CONJUNCTION, PREPOSITION, VERB = 4, 6, 8
"""before a word that opens a part of a sentence,"""
PLAIN, LOOSE, TIGHT, NAME = 10, 15, 22, 90
"""between any two words, between loosely tied words, after a word tied to the next, within a name."""

_NO_BEGINNING = NO_BEGINNING | frozenset("・ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
"""Characters that may not begin a line; the letters are those that Japanese writes small or repeats."""


def break_costs(texts: Sequence[str], language: str) -> tuple[int, ...]:
    """The cost of a break before each word, from 0 after a sentence up to `NAME`; 0 before the first word."""
    spoken = language_of(language)
    bare = [normalized(text, spoken) for text in texts]
    costs = [0]
    for (before, word), (bare_before, bare_word) in zip(pairwise(texts), pairwise(bare), strict=True):
        written = _after(before, word, spoken)
        costs.append(_between(bare_before, bare_word, spoken.breaks) if written is None else written)
    return tuple(costs[: len(texts)])


def _after(text: str, following: str, language: Language) -> int | None:
    """The cost if punctuation or the capitals of a name decide it; else None."""
    if following.startswith(DASH):
        return SENTENCE
    if following[:1] in _NO_BEGINNING or text[-1:] in NO_END:
        return NAME
    if ends_sentence(text, following, language):
        return SENTENCE
    if mark_at_end(text) in COLONS | DASHES:
        return CLAUSE
    if mark_at_end(text) in COMMAS:
        return COMMA
    return NAME if _is_name(text, following, language) else None


def _is_name(text: str, following: str, language: Language) -> bool:
    """Whether two words belong to one name: both capitalised, or a title and its name."""
    if language.topic.nouns_large:
        return False
    first, second = text.lstrip(OPENING), following.lstrip(OPENING)
    if (
        not (first and second and first[0].isupper() and second[0].isupper())
        or normalized(text, language).partition("'")[0] in language.titles.speaker
    ):
        return False
    return first[-1].isalnum() or is_abbreviation(first, language)


def _between(before: str, word: str, listed: Breaks) -> int:
    """The cost by the words themselves, if punctuation does not decide it."""
    if before in listed.clinging or any(map(str.isdigit, before)):
        return TIGHT
    if word in listed.conjunctions:
        return CONJUNCTION
    if "'" in before or before in listed.leaning or word in listed.objects:
        return LOOSE
    if word in listed.prepositions:
        return PREPOSITION
    if word in listed.verbs:
        return VERB
    likely_leans = before.endswith(listed.adjectives) or 0 < len(before) <= listed.short
    return LOOSE if likely_leans else PLAIN
