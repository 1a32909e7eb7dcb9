"""Spelling of single words: bare, in lower case, capitalised, without attached parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from video_automation.editing.language.tables import Language, WordList
from video_automation.plan.text.marks import CLOSING, OPENING_MARKS
from video_automation.plan.text.script import joined

_WORD_WIDTH = 3
"""Characters of Chinese or Japanese that say as much as a word between spaces."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A word and its attached parts: “l'”, “eau”; “ツール”, “を”."""

    before: str
    core: str
    after: str


def bare(text: str) -> str:
    """A word without the punctuation around it."""
    if text.isalnum():
        return text
    first, last = 0, len(text)
    while first < last and not _is_written(text[first], first=True):
        first += 1
    while first < last and not _is_written(text[last - 1], first=False):
        last -= 1
    return text[first:last]


def _is_written(char: str, *, first: bool) -> bool:
    """Whether a character is a letter or a digit, or a mark over or under the letter before it."""
    return char.isalnum() or (not first and category(char).startswith("M"))


def small(text: str, language: Language) -> str:
    """A text in lower case, with straight apostrophes."""
    if language.dotted_i:
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower().replace("’", "'")


def capital(text: str, language: Language) -> str:
    """A text with its first letter capitalised, also after the mark that opens a question."""
    start = len(text) - len(text.lstrip("".join(OPENING_MARKS)))
    letter = text[start : start + 1]
    large = "İ" if language.dotted_i and letter == "i" else letter.upper()
    return text[:start] + large + text[start + 1 :]


def normalized(text: str, language: Language) -> str:
    """A word in lower case, without punctuation."""
    return small(bare(text), language)


def word_parts(text: str, language: Language) -> Parts | None:
    """A word split into its parts, as written; None for a word whose form tells of no topic."""
    word = bare(text).replace("’", "'")
    if language.topic.shape is None:
        return Parts("", word, "")
    found = re.fullmatch(language.topic.shape, word)
    if not found:
        return None
    groups = found.groupdict()
    return Parts(groups.get("before") or "", groups["core"], groups.get("after") or "")


def opens_with(text: str, listed: WordList, language: Language) -> bool:
    """Whether a word, or the one contracted at its beginning (“c'”), is listed."""
    word = normalized(text, language)
    head, mark, _ = word.partition("'")
    return word in listed or bool(mark and head + mark in listed.whole)


def listed_at(texts: Sequence[str], place: int, listed: WordList, language: Language) -> int:
    """How many words at an index are listed together: two, one or none."""
    if place + 1 < len(texts) and " ".join(normalized(text, language) for text in texts[place : place + 2]) in listed.whole:
        return 2
    return int(opens_with(texts[place], listed, language))


def ends_with(text: str, listed: WordList, language: Language) -> bool:
    """Whether a word, or the one contracted at its beginning (“d'un”), is listed."""
    word = normalized(text, language)
    _, mark, rest = word.rpartition("'")
    return word in listed or bool(mark and len(rest) > 1 and rest in listed.whole)


def word_root(text: str, language: Language) -> str:
    """The common root of a word's forms."""
    divided = word_parts(text, language)
    return language.topic.root(small(divided.core if divided else bare(text), language))


def is_question(text: str, language: Language) -> bool:
    """Whether a sentence is a question, by its end."""
    end = text.rstrip(CLOSING + " ")
    return end.endswith(tuple(language.question_marks)) or bool(language.hooks.question.search(end))


def word_count(texts: Sequence[str], language: Language) -> int:
    """The number of these words; without spaces between words, the number that such a length has elsewhere."""
    if not language.unspaced:
        return len(texts)
    characters = sum(not category(char).startswith("M") for char in bare(joined(texts)))
    return -(-characters // _WORD_WIDTH)
