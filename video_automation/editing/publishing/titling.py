"""Makes titles from what is said: the clauses and questions of a talk that tell most of it, in sentence case."""

import re
from collections.abc import Callable, Iterable, Sequence

from video_automation.editing.highlights.discourse import Talk
from video_automation.editing.highlights.hooks import is_about_itself, is_courtesy, opening
from video_automation.editing.language.registry import language_of
from video_automation.editing.language.tables import Language, WordList
from video_automation.editing.language.wording import bare, capital, ends_with, normalized, opens_with, word_count
from video_automation.editing.publishing.clauses import FEWEST, MOST, Clause, clauses
from video_automation.editing.publishing.keyphrases import content_words, found
from video_automation.plan.packaging import Title
from video_automation.plan.text.marks import CLOSING_BRACKETS, OPENING_BRACKETS, OPENING_MARKS, QUOTES
from video_automation.plan.text.script import joined

_CANDIDATES = 5
_ALIKE = 40
"""Two titles with this percentage of common content words say the same."""
_GOOD_ENOUGH = 30
"""Percent; a clause below this is no title."""
_FRAGMENT = 5
"""Fewer words than this from within a sentence are seldom a title."""


def video_titles(talk: Talk) -> tuple[Title, ...]:
    """Up to five titles for the whole video, best first, unlike each other."""
    chosen: list[Title] = []
    taken: list[frozenset[str]] = []
    told_by = _telling(talk)
    for score, clause in _rated(talk, range(len(talk.sentences))):
        told = told_by(clause.words, _language(talk, clause))
        if score < _GOOD_ENOUGH or len(chosen) == _CANDIDATES:
            break
        if not any(_alike(told, other) for other in taken):
            taken.append(told)
            chosen.append(Title(clause_title(clause, _language(talk, clause)), min(100, score), _reason(talk, clause)))
    return tuple(chosen)


def titles_of_parts(talk: Talk, parts: Iterable[range]) -> tuple[str, ...]:
    """A title for each part of the talk, given as its sentences; all differ, and a part without speech has an empty one."""
    told_by = _telling(talk)
    taken: set[frozenset[str]] = set()
    titles = []
    for part in parts:
        rated = [(clause, _language(talk, clause)) for _, clause in _rated(talk, part)]
        fitting = [(clause_title(clause, language), told_by(clause.words, language)) for clause, language in rated]
        makeshift = [_beginning(talk, i, told_by) for i in part]
        told = {text: roots or frozenset({text.casefold()}) for text, roots in (*fitting, *makeshift)}
        title = next((text for text in told if told[text] not in taken), "")
        taken.add(told.get(title, frozenset()))
        titles.append(title)
    return tuple(titles)


def clause_title(clause: Clause, language: Language) -> str:
    """A clause as a title: its first letter capitalised, no mark at its end except a question's."""
    return _as_title(clause.words, language, asks=clause.asks)


def _as_title(words: Sequence[str], language: Language, *, asks: bool = False) -> str:
    inner = [text.strip(QUOTES + OPENING_BRACKETS + CLOSING_BRACKETS) for text in words]
    while len(inner) > 1 and not bare(inner[-1]):  # a mark standing alone
        inner.pop()
    text = joined((*inner[:-1], bare(inner[-1]))).lstrip("'‘-–— ") + (_question_mark(words, language) if asks else "")
    for opened, closed in OPENING_MARKS.items():  # no mark is left without its partner
        if closed not in text:
            text = text.replace(opened, "")
        elif opened not in text and language.opens_questions:
            text = opened + text
    return capital(text, language)


def _question_mark(words: Sequence[str], language: Language) -> str:
    """The mark at the end of a question, with the space that may be before it; empty if there is none."""
    end = re.search(rf"\s?[{re.escape(language.question_marks)}]", joined(words[-2:])[-4:])
    return end[0] if end else ""


def _rated(talk: Talk, part: range) -> list[tuple[int, Clause]]:
    """The clauses of some sentences, each with its score as a title, best first; of equals, the first one said."""
    rated = [(_score(talk, clause, part), clause) for i in part for clause in clauses(talk.sentences[i], i)]
    return sorted((one for one in rated if one[0] > 0), key=lambda one: -one[0])


def _score(talk: Talk, clause: Clause, part: range) -> int:
    """The score of a clause as a title, in percent, or above 100 for the very best."""
    language = _language(talk, clause)
    text = joined(clause.words)
    named = found(clause.words, talk.phrases, language)
    told = {word for phrase in named for word in phrase.key}
    size = word_count(clause.words, language)
    worth = {
        "names key phrases": min(40, sum(phrase.weight for phrase in named[:3]) // 4),
        "is dense": min(15, 30 * len(told) // max(1, size)),
        "catches": (opening(text + "?" * clause.asks, language)[0] - 25) // 3,
        "stands alone": 10 * clause.begins + 10 * clause.ends,
        "promises an answer": 15 * clause.promises,
        "opens its part": 10 * (clause.sentence == part.start),
        "reads well": 10 * (4 <= size <= 8),
    }
    return sum(worth.values()) - _faults(clause, text, language)


def _faults(clause: Clause, text: str, language: Language) -> int:
    listed = language.titles

    def opens(words: WordList) -> bool:
        return opens_with(clause.first_word, words, language)

    words = [normalized(word, language) for word in clause.words]
    return (
        60 * (opens(listed.unclear) and not clause.promises)
        + 35 * (opens(listed.adding) and not clause.promises)
        + 15 * any(word in listed.pointing for word in words[1:])
        + 15 * (not clause.begins and not clause.promises)
        + 10 * (not clause.ends)
        + 12 * opens(listed.speaker)
        + 60 * (is_about_itself(text, language) or is_courtesy(text, language))
        + 20 * clause.cut
        + 20 * (opens(listed.waiting) and not clause.ends)
        + 15 * (not clause.begins and word_count(clause.words, language) < _FRAGMENT)
        + 20 * (words[0].endswith(listed.participles) and not clause.begins)
        + 25 * (opens(listed.verbs) and not clause.asks)
    )


def _language(talk: Talk, clause: Clause) -> Language:
    return language_of(talk.sentences[clause.sentence].language)


def _telling(talk: Talk) -> Callable[[Sequence[str], Language], frozenset[str]]:
    telling = content_words(talk.sentences)
    return lambda words, language: frozenset(said for word in words if (said := telling(word, language)) is not None)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or 100 * len(a & b) >= _ALIKE * min(len(a), len(b))


def _reason(talk: Talk, clause: Clause) -> str:
    seconds = talk.sentences[clause.sentence].start_ms // 1000
    said = f"{'Asked' if clause.asks else 'Said'} at {seconds // 60}:{seconds % 60:02} of the source"
    named = [f"“{phrase.text}”" for phrase in found(clause.words, talk.phrases, _language(talk, clause))[:2]]
    return f"{said}; names {' and '.join(named)}." if named else f"{said}."


def _beginning(
    talk: Talk, sentence: int, told_by: Callable[[Sequence[str], Language], frozenset[str]]
) -> tuple[str, frozenset[str]]:
    """The first words of a sentence in which no clause fits, without loose words at their end, and the phrases they contain."""
    language = language_of(talk.sentences[sentence].language)
    words = [word.text for word in talk.sentences[sentence].words]
    while word_count(words, language) > MOST and len(words) > 1:
        words.pop()
    while word_count(words, language) > FEWEST and len(words) > 1 and ends_with(words[-1], language.titles.hanging, language):
        words.pop()
    return _as_title(words, language), told_by(words, language)
