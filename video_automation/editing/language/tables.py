"""The record of a language: lists of its words and patterns of its phrases."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from video_automation.plan.text.marks import QUESTIONS

_LETTER = r"(?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f])"
"""Letters and digits, with the marks written over, under and beside them."""


@dataclass(frozen=True, slots=True)
class WordList:
    """Words in lower case; "pre-" stands for all that begin so, "-ing" for all that end so."""

    whole: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.whole or self.beginnings or self.endings)

    def __contains__(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.beginnings) or word.endswith(self.endings)

    def __or__(self, other: "WordList") -> "WordList":
        return WordList(self.whole | other.whole, self.beginnings + other.beginnings, self.endings + other.endings)


def word_list(*texts: str) -> WordList:
    """The words of texts as a list; two words that belong together are joined by "_"."""
    listed = [word.replace("_", " ") for text in texts for word in text.split()]
    return WordList(
        frozenset(word for word in listed if not (word.startswith("-") or word.endswith("-"))),
        tuple(word[:-1] for word in listed if word.endswith("-")),
        tuple(word[1:] for word in listed if word.startswith("-")),
    )


NEVER = re.compile(r"(?!)")
"""A pattern that matches nothing."""


def said(alternatives: str, *, spaced: bool = True) -> re.Pattern[str]:
    """A pattern of phrases, which stand between spaces or punctuation if the language is `spaced`."""
    return re.compile(rf"(?<!{_LETTER})(?:{alternatives})(?!{_LETTER})" if spaced else alternatives)


def itself(word: str) -> str:
    """The root of a word in a language whose words have only one form."""
    return word


def stem(algorithm: str) -> Callable[[str], str]:
    """A function that finds the stem of a word, by one of Snowball's algorithms."""

    @lru_cache(maxsize=20_000)
    def root(word: str) -> str:
        import snowballstemmer  # type: ignore[import-untyped]  # noqa: PLC0415  # most processes need none

        stemmed: str = snowballstemmer.stemmer(algorithm).stemWord(word)  # a stemmer for each call: they are not thread-safe
        return stemmed or word

    return root


@dataclass(frozen=True, slots=True)
class Breaks:
    """Words before or after which a break of a line or a caption is good, or bad."""

    conjunctions: WordList = WordList()
    prepositions: WordList = WordList()
    verbs: WordList = WordList()
    """Auxiliary verbs."""
    clinging: WordList = WordList()
    """Words tied to the next: articles, prepositions."""
    leaning: WordList = WordList()
    """Words loosely tied to the next: pronouns, degrees, auxiliary verbs."""
    objects: WordList = WordList()
    """Words tied to the one before."""
    adjectives: tuple[str, ...] = ()
    """Endings of words usually followed by a noun."""
    short: int = 0
    """Words up to this many letters are usually articles and the like: for languages without word lists."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """Patterns of phrases, matched against sentences in lower case."""

    contrast: re.Pattern[str] = NEVER
    address: re.Pattern[str] = NEVER
    """The speaker addresses the listeners."""
    superlative: re.Pattern[str] = NEVER
    number: re.Pattern[str] = NEVER
    """Numbers in words."""
    question: re.Pattern[str] = NEVER
    """Ends of questions that have no question mark."""
    courtesy: re.Pattern[str] = NEVER
    """The speaker greets, thanks, or asks to subscribe."""
    about_itself: re.Pattern[str] = NEVER
    """The speaker talks about the talk itself."""
    turn: re.Pattern[str] = NEVER
    """At a sentence's beginning: the topic changes."""


@dataclass(frozen=True, slots=True)
class Topic:
    """How to recognise the words of a talk's topic, and the forms of one word."""

    stop_words: WordList = WordList()
    """Words that tell nothing about a topic."""
    root: Callable[[str], str] = itself
    """Returns the common root of a word's forms; the word is in lower case."""
    shape: re.Pattern[str] | None = None
    """The shape of a word that may tell of a topic, with attached parts: `before`, `core`, `after`."""
    linking: frozenset[str] = frozenset()
    """Characters after a word that join it to the next: “の”."""
    weak: re.Pattern[str] = NEVER
    """Forms that tell nothing by themselves: adverbs, most forms of verbs."""
    shortest: int = 3
    """The least characters of a word."""
    shortest_is_base: bool = False
    """Whether the shortest form of a noun is its dictionary form."""
    nouns_large: bool = False
    """Whether nouns, and only they, have a capital letter."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Words at which a sentence may be split into clauses that can be read alone, and words unfit for a clause's ends."""

    joins: WordList = WordList()
    """A clause may end before one of these, and another one begin after it."""
    tails: WordList = WordList()
    """In a sentence without borders, its beginning may end before one of these."""
    asks: WordList = WordList()
    """Question words."""
    promises: WordList = WordList()
    """Those question words that may begin a title, wherever they stand in the sentence."""
    skipped: WordList = WordList()
    """Words left out at the beginning of a title."""
    hanging: WordList = WordList()
    """Words that may not end a title,"""
    hanging_last: WordList = WordList()
    """and those that may not end it even at the end of a sentence."""
    unclear: WordList = WordList()
    """First words whose meaning depends on what was said before."""
    pointing: WordList = WordList()
    """Words that refer to something named elsewhere."""
    speaker: WordList = WordList()
    """Words for the speaker."""
    adding: WordList = WordList()
    """First words of an addition to a clause."""
    waiting: WordList = WordList()
    """First words of a clause that needs another one."""
    verbs: WordList = WordList()
    """Auxiliary verbs."""
    participles: tuple[str, ...] = ()
    """Endings of first words that are usually participles."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language; any list may be empty, and all are in a language without word lists."""

    iso: str
    """Its ISO 639 code: "en"."""
    topic: Topic = Topic()
    titles: Titles = Titles()
    hooks: Hooks = Hooks()
    breaks: Breaks = Breaks()
    leaning: WordList = WordList()
    """First words that depend on something said before."""
    going_on: WordList = WordList()
    """First words of a sentence that only completes the one before it."""
    fillers: tuple[str, ...] = ()
    """Sounds that are no words: "um"."""
    doubled: WordList = WordList()
    """Short words that may well be said twice in a row: "no no", "die die"."""
    abbreviations: WordList = WordList()
    """Words, without their full stop, whose full stop ends no sentence."""
    full_stops: bool = True
    """Whether sentences end with a mark."""
    ordinals: bool = False
    """Whether "third" is written as "3."."""
    question_marks: str = QUESTIONS
    """Characters, each of which marks a question at a sentence's end."""
    opens_questions: bool = False
    """Whether a mark also begins a question."""
    unspaced: bool = False
    """Whether it is written without spaces, so that words are counted by characters."""
    dotted_i: bool = False
    """Whether "i" without a dot is another letter."""
