"""Key phrases: the one to three words at a time that tell what a talk is about."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from video_automation.editing.english import STOP_WORDS
from video_automation.plan.script import joined
from video_automation.plan.transcript import Sentence

_LONGEST = 3
_MOST = 40
_WORTH = (0, 10, 24, 34)
"""What one more mention is worth, by the number of words: two words together say more than twice as much as one."""
_SHORT_WORDED = frozenset(("zh", "yue", "ja", "th", "lo", "my", "km", "bo"))
_SHORT_WORD = 4
"""In languages without a list of ours, words up to this length are taken to say nothing."""
_ENDS_CLAUSE = re.compile(r"[,;:.!?…。，、！？—–)\]]$")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words often said together."""

    text: str
    """As it is spoken most."""
    key: Key
    """Its words, however they were spoken."""
    count: int
    weight: int
    """How much it stands for the talk: the heaviest has 100."""


def bare(text: str) -> str:
    """A word without the punctuation around it."""
    return _EDGES.sub("", text)


def root(text: str) -> str:
    """What a word and its plural have in common."""
    plain = bare(text).casefold().replace("’", "'").removesuffix("'s")
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 4 and plain.endswith("oes"):
        return plain[:-2]
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and plain[-2] not in "sui" else plain


def content_words(sentences: Sequence[Sentence], language: str) -> Callable[[str], bool]:
    """Tells of a word whether it may say something about the topic of these sentences."""
    if language == "en":
        return _is_english_content
    said_in = Counter(word for sentence in sentences for word in {bare(word.text).casefold() for word in sentence.words})
    everywhere = {word for word, count in said_in.items() if len(sentences) >= 24 and count * 12 > len(sentences)}
    shortest = 2 if language in _SHORT_WORDED else _SHORT_WORD + 1

    def is_content(text: str) -> bool:
        word = bare(text)
        return len(word) >= shortest and not word.isdecimal() and word.casefold() not in everywhere

    return is_content


def phrases(sentences: Sequence[Sentence], language: str) -> tuple[Phrase, ...]:
    """The key phrases of a talk, heaviest first, at most 40."""
    is_content = content_words(sentences, language)
    spoken: dict[Key, Counter[str]] = {}
    named: set[Key] = set()
    for run, starts in _runs(sentences, is_content):
        for first in range(len(run)):
            for last in range(first + 1, min(first + _LONGEST, len(run)) + 1):
                words = run[first:last]
                key = tuple(map(root, words))
                spoken.setdefault(key, Counter())[joined(words)] += 1
                if all(word[0].isupper() for word in words) and not (starts and first == 0):
                    named.add(key)
    weights = _weights({key: forms.total() for key, forms in spoken.items()}, named)
    best = sorted(weights, key=lambda key: -weights[key])[:_MOST]  # those alike stay in the order in which they were said
    return tuple(
        Phrase(_usual(spoken[key]), key, spoken[key].total(), max(1, 100 * weights[key] // weights[best[0]])) for key in best
    )


def found(words: Iterable[str], wanted: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Those of the phrases that these words hold, heaviest first."""
    text = f" {' '.join(map(root, words))} "
    return tuple(phrase for phrase in wanted if f" {' '.join(phrase.key)} " in text)


def _is_english_content(text: str) -> bool:
    word = bare(text).casefold().replace("’", "'")
    adverb_or_verb = len(word) > 4 and (word.endswith("ly") or (word.endswith("ed") and not word.endswith("eed")))
    return len(word) > 2 and any(letter.isalpha() for letter in word) and word not in STOP_WORDS and not adverb_or_verb


def _runs(sentences: Sequence[Sentence], is_content: Callable[[str], bool]) -> Iterator[tuple[list[str], bool]]:
    """Content words that follow each other within a clause, and whether they begin a sentence."""
    for sentence in sentences:
        run: list[str] = []
        starts = True
        for i, word in enumerate(sentence.words):
            if is_content(word.text):
                run.append(bare(word.text))
            if run and (not is_content(word.text) or _ENDS_CLAUSE.search(word.text)):
                yield run, starts
                run = []
            starts = starts and bool(run) and len(run) == i + 1
        if run:
            yield run, starts


def _weights(counts: dict[Key, int], named: set[Key]) -> dict[Key, int]:
    """How heavy each phrase is; a part of a longer one counts only for what it is said without that."""
    alone = dict(counts)
    for key in sorted(counts, key=lambda key: -len(key)):
        if len(key) > 1 and (counts[key] > 1 or key in named):
            for part in {key[:-1], key[1:], *((word,) for word in key)} - {key}:
                alone[part] = min(alone[part], counts[part] - counts[key])
    weights = {}
    for key, count in counts.items():
        repeated = alone[key] if len(key) == 1 else min(count, alone[key])
        if repeated >= 2 or (key in named and repeated >= 1):
            weights[key] = _WORTH[len(key)] * repeated + 5 * (key in named)
        elif repeated == 1 and len(key) == 1 and len(key[0]) >= 6:
            weights[key] = _WORTH[1] // 2
    return weights


def _usual(forms: Counter[str]) -> str:
    """The form spoken most; of equals, one written small: its capital came from a sentence's beginning."""
    return min(forms, key=lambda form: (-forms[form], form[:1].isupper(), form))
