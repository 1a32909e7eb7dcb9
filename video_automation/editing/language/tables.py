"""What is known of a language: lists of its words, patterns of its phrases, all in one record."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from video_automation.plan.text.marks import QUESTIONS

_LETTER = r"(?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f])"
"""Letters and digits, with the marks that are written over, under and beside them."""


@dataclass(frozen=True, slots=True)
class WordList:
    """Words, written small; "pre-" stands for all that begin so, "-ing" for all that end so."""

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
    """The words of texts as a list; two that belong together are written with "_" between."""
    listed = [word.replace("_", " ") for text in texts for word in text.split()]
    return WordList(
        frozenset(word for word in listed if not (word.startswith("-") or word.endswith("-"))),
        tuple(word[:-1] for word in listed if word.endswith("-")),
        tuple(word[1:] for word in listed if word.startswith("-")),
    )


NEVER = re.compile(r"(?!)")
"""A pattern that nothing fits."""


def said(alternatives: str, *, spaced: bool = True) -> re.Pattern[str]:
    """A pattern of phrases, which stand between spaces or punctuation where a language is `spaced`."""
    return re.compile(rf"(?<!{_LETTER})(?:{alternatives})(?!{_LETTER})" if spaced else alternatives)


def itself(word: str) -> str:
    """The root of a word in a language whose words have but one form."""
    return word


def stem(algorithm: str) -> Callable[[str], str]:
    """Finds what the forms of a word have in common, by one of Snowball's algorithms."""

    @lru_cache(maxsize=20_000)
    def root(word: str) -> str:
        import snowballstemmer  # type: ignore[import-untyped]  # noqa: PLC0415  # most processes need none

        stemmed: str = snowballstemmer.stemmer(algorithm).stemWord(word)  # a stemmer of its own: they are not safe in threads
        return stemmed or word

    return root


@dataclass(frozen=True, slots=True)
class Breaks:
    """Words before or after which a line or a caption is broken well, or badly."""

    conjunctions: WordList = WordList()
    prepositions: WordList = WordList()
    verbs: WordList = WordList()
    """Auxiliary verbs."""
    clinging: WordList = WordList()
    """Words that cling to the next: articles, prepositions."""
    leaning: WordList = WordList()
    """Words that lean on the next: pronouns, degrees, auxiliary verbs."""
    objects: WordList = WordList()
    """Words that lean on the one before."""
    adjectives: tuple[str, ...] = ()
    """Endings of words that a noun mostly follows."""
    short: int = 0
    """Words of so few letters are mostly articles and the like: for languages of which no word is known."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """Patterns of phrases, sought in sentences written small."""

    contrast: re.Pattern[str] = NEVER
    address: re.Pattern[str] = NEVER
    """The listeners are spoken to."""
    superlative: re.Pattern[str] = NEVER
    number: re.Pattern[str] = NEVER
    """Numbers in words."""
    question: re.Pattern[str] = NEVER
    """Ends of questions that have no question mark."""
    courtesy: re.Pattern[str] = NEVER
    """Somebody is greeted, thanked, or asked to subscribe."""
    about_itself: re.Pattern[str] = NEVER
    """The talk tells of itself."""
    turn: re.Pattern[str] = NEVER
    """At a sentence's beginning: it turns to something else."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What tells the words a talk is about from all others, and their forms from each other."""

    stop_words: WordList = WordList()
    """Words that say nothing of what a talk is about."""
    root: Callable[[str], str] = itself
    """What the forms of a word, written small, have in common."""
    shape: re.Pattern[str] | None = None
    """A word that may say something, with what is only written together with it: `before`, `core`, `after`."""
    linking: frozenset[str] = frozenset()
    """What, written after a word, joins it to the next: “の”."""
    weak: re.Pattern[str] = NEVER
    """Forms that say nothing by themselves: adverbs, verbs in most of their forms."""
    shortest: int = 3
    """Characters that a word has at least."""
    shortest_is_base: bool = False
    """Whether the shortest form of a noun is the one it has in a dictionary."""
    nouns_large: bool = False
    """Whether nouns, and they alone, are written large."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Words at which a sentence may be parted into what can be read alone, and what may not be at its ends."""

    joins: WordList = WordList()
    """A clause may end before one of these, and another begin after it."""
    tails: WordList = WordList()
    """Where a sentence has no border, its beginning may end before one of these."""
    asks: WordList = WordList()
    """Words that ask."""
    promises: WordList = WordList()
    """Those of them with which a title may begin, wherever they stand in a sentence."""
    skipped: WordList = WordList()
    """Words a title does without at its beginning."""
    hanging: WordList = WordList()
    """Words no title ends with,"""
    hanging_last: WordList = WordList()
    """and those it does not end with even where its sentence ends."""
    unclear: WordList = WordList()
    """First words that leave open what is meant."""
    pointing: WordList = WordList()
    """Words that point at something named elsewhere."""
    speaker: WordList = WordList()
    """Words for the one who speaks."""
    adding: WordList = WordList()
    """First words of something that only adds to a clause."""
    waiting: WordList = WordList()
    """First words of a clause that waits for another."""
    verbs: WordList = WordList()
    """Auxiliary verbs."""
    participles: tuple[str, ...] = ()
    """Endings of first words that are mostly a participle's."""


@dataclass(frozen=True, slots=True)
class Language:
    """All that is known of the words of one language; every list may be empty, and is where nothing is known."""

    iso: str
    """As ISO 639 names it: "en"."""
    topic: Topic = Topic()
    titles: Titles = Titles()
    hooks: Hooks = Hooks()
    breaks: Breaks = Breaks()
    leaning: WordList = WordList()
    """First words that lean on something said before."""
    going_on: WordList = WordList()
    """First words of a sentence that only ends the one before it."""
    fillers: tuple[str, ...] = ()
    """Sounds that are no words: "um"."""
    abbreviations: WordList = WordList()
    """Words whose full stop ends no sentence, without it."""
    full_stops: bool = True
    """Whether sentences end with a mark."""
    ordinals: bool = False
    """Whether "3." is how "third" is written."""
    question_marks: str = QUESTIONS
    """Characters, each of which asks at a sentence's end."""
    opens_questions: bool = False
    """Whether a mark begins a question, too."""
    unspaced: bool = False
    """Whether it is written without spaces, so that its words are counted by their characters."""
    dotted_i: bool = False
    """Whether "i" without a dot is another letter."""
