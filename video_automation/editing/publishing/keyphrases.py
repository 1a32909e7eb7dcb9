"""Finds key phrases: one to three words that tell what a talk is about."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from video_automation.editing.language.registry import language_of
from video_automation.editing.language.tables import Language, Topic
from video_automation.editing.language.wording import bare, normalized, small, word_parts, word_root
from video_automation.plan.source.transcript import Sentence
from video_automation.plan.text.marks import CLOSING_BRACKETS, mark_at_end
from video_automation.plan.text.script import joined

_LONGEST = 3
_MOST = 40
_WORTH = (0, 10, 24, 34)
"""The weight of one more mention, by the number of words: two words together say more than twice as much as one."""
_MANY, _USUAL = 24, 12
"""In talks of at least the first number of sentences, a word said in more than one of 12 is too common to tell anything; this
replaces a list of common words."""

PhraseKey = tuple[str, ...]
Telling = Callable[[str, Language], str | None]


@dataclass(frozen=True, slots=True)
class _Said:
    """A word that tells of the topic."""

    core: str
    linked: str
    """With the sign that joins it to the next word."""
    root: str
    starts: bool
    """Whether it begins a sentence."""
    topic: Topic


@dataclass(frozen=True, slots=True)
class SpokenPhrase:
    """When something is spoken, on the source's clock."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words often said together."""

    text: str
    """Its most frequent form."""
    key: PhraseKey
    """Its words, independent of their form."""
    count: int
    weight: int
    """How much it stands for the talk: the heaviest has 100."""


def content_words(sentences: Sequence[Sentence]) -> Telling:
    """A function that returns the root of a word, in its language, if it tells of these sentences' topic, else nothing."""
    said_in = Counter(word for sentence in sentences for word in {bare(word.text).casefold() for word in sentence.words})
    everywhere = {word for word, count in said_in.items() if len(sentences) >= _MANY and count * _USUAL > len(sentences)}

    def telling(text: str, language: Language) -> str | None:
        divided = word_parts(text, language)
        if divided is None or (not language.topic.stop_words and bare(text).casefold() in everywhere):
            return None
        core = small(divided.core, language)
        says = (
            len(core) >= language.topic.shortest
            and any(letter.isalpha() for letter in core)
            and core not in language.topic.stop_words
            and normalized(text, language) not in language.topic.stop_words
            and not language.topic.weak.fullmatch(core)
            and (not language.topic.nouns_large or divided.core[0].isupper())
        )
        return language.topic.root(core) if says else None

    return telling


def content_of(sentence: Sentence, telling: Telling) -> list[str]:
    """The roots of a sentence's content words, in order."""
    language = language_of(sentence.language)
    return [said for word in sentence.words if (said := telling(word.text, language)) is not None]


def phrases(sentences: Sequence[Sentence]) -> tuple[Phrase, ...]:
    """The key phrases of a talk, heaviest first, at most 40."""
    telling = content_words(sentences)
    spoken: dict[PhraseKey, Counter[str]] = {}
    named: set[PhraseKey] = set()
    inflected: set[PhraseKey] = set()
    for run in _runs(sentences, telling):
        for first in range(len(run)):
            for last in range(first + 1, min(first + _LONGEST, len(run)) + 1):
                words = run[first:last]
                key = tuple(word.root for word in words)
                text = joined((*(word.linked for word in words[:-1]), words[-1].core))
                spoken.setdefault(key, Counter())[text] += 1
                if words[0].topic.shortest_is_base:
                    inflected.add(key)
                if all(word.core[0].isupper() for word in words) and not words[0].starts and not words[0].topic.nouns_large:
                    named.add(key)
    weights = _weights({key: forms.total() for key, forms in spoken.items()}, named)
    best = sorted(weights, key=lambda key: -weights[key])[:_MOST]  # equal ones stay in the order in which they were said
    return tuple(
        Phrase(
            _usual(spoken[key], shortest=key in inflected),
            key,
            spoken[key].total(),
            max(1, 100 * weights[key] // weights[best[0]]),
        )
        for key in best
    )


def found(words: Iterable[str], wanted: Sequence[Phrase], language: Language) -> tuple[Phrase, ...]:
    """The phrases that these words contain, heaviest first."""
    text = f" {' '.join(word_root(word, language) for word in words)} "
    return tuple(phrase for phrase in wanted if f" {' '.join(phrase.key)} " in text)


def spoken_key_phrases(sentences: Sequence[Sentence]) -> tuple[SpokenPhrase, ...]:
    """When the heaviest key phrase of each sentence is spoken, in order; a sentence may have none."""
    wanted = phrases(sentences)
    return tuple(one for sentence in sentences for one in _places(sentence, wanted))


def _places(sentence: Sentence, wanted: Sequence[Phrase]) -> tuple[SpokenPhrase, ...]:
    """Where the first of these phrases that a sentence contains is spoken in it."""
    language, words = language_of(sentence.language), sentence.words
    roots = tuple(word_root(word.text, language) for word in words)
    for key in (phrase.key for phrase in wanted):
        starts = [i for i in range(len(roots)) if roots[i : i + len(key)] == key]
        if starts:
            return tuple(SpokenPhrase(words[i].start_ms, words[i + len(key) - 1].end_ms) for i in starts)
    return ()


def _runs(sentences: Sequence[Sentence], telling: Telling) -> Iterator[list[_Said]]:
    """Runs of content words within a clause."""
    for sentence in sentences:
        language = language_of(sentence.language)
        run: list[_Said] = []
        for i, word in enumerate(sentence.words):
            divided, said = word_parts(word.text, language), telling(word.text, language)
            if run and (said is None or (divided and divided.before)):
                yield run
                run = []
            if said is None or divided is None:
                continue
            linked = divided.core + divided.after
            run.append(_Said(divided.core, linked, said, starts=i == 0, topic=language.topic))
            if (
                mark_at_end(word.text)
                or word.text.endswith(tuple(CLOSING_BRACKETS))
                or (divided.after and divided.after not in language.topic.linking)
            ):
                yield run
                run = []
        if run:
            yield run


def _weights(counts: dict[PhraseKey, int], named: set[PhraseKey]) -> dict[PhraseKey, int]:
    """The weight of each phrase; a part of a longer phrase counts only where it is said alone."""
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


def _usual(forms: Counter[str], *, shortest: bool) -> str:
    """The most frequent form; of equals, one in lower case: the capital came from a sentence's beginning."""
    return min(forms, key=lambda form: (-forms[form], form[:1].isupper(), shortest and len(form), form))
