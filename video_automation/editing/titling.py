"""Titles made of what is said: the clauses and questions of a talk that tell most of it, in sentence case."""

from collections.abc import Callable, Iterable, Sequence

from video_automation.editing.clauses import FEWEST, MOST, Clause, clauses, plain
from video_automation.editing.english import ASKS, HANGING, POINTING, PREPOSITIONS, SUBORDINATES, UNCLEAR, VERBS
from video_automation.editing.openings import is_about_itself, is_courtesy, opening
from video_automation.editing.phrases import bare, content_words, found, root
from video_automation.editing.talk import Talk
from video_automation.plan.packaging import Title
from video_automation.plan.script import joined

_CANDIDATES = 5
_ALIKE = 40
"""Two titles that have this percentage of their content words in common say the same."""
_GOOD_ENOUGH = 30
"""Percent below which a clause is no title."""
_FRAGMENT = 5
"""Fewer words than this from within a sentence are seldom one."""


def film_titles(talk: Talk) -> tuple[Title, ...]:
    """Up to five titles for the whole film, best first, unlike each other."""
    chosen: list[Title] = []
    taken: list[frozenset[str]] = []
    told_by = _telling(talk)
    for score, clause in _rated(talk, range(len(talk.sentences))):
        told = told_by(clause.words)
        if score < _GOOD_ENOUGH or len(chosen) == _CANDIDATES:
            break
        if not any(_alike(told, other) for other in taken):
            taken.append(told)
            chosen.append(Title(written(clause), min(100, score), _reason(talk, clause)))
    return tuple(chosen)


def titles_of_parts(talk: Talk, parts: Iterable[range]) -> tuple[str, ...]:
    """One title for each part of the talk, given as its sentences; all say something else, empty where nothing is said."""
    told_by = _telling(talk)
    taken: set[frozenset[str]] = set()
    titles = []
    for part in parts:
        fitting = [written(clause) for _, clause in _rated(talk, part)]
        makeshift = [_beginning(talk, i) for i in part]
        told = {text: told_by(text.split()) or frozenset({text.casefold()}) for text in (*fitting, *makeshift)}
        title = next((text for text in told if told[text] not in taken), "")
        taken.add(told.get(title, frozenset()))
        titles.append(title)
    return tuple(titles)


def written(clause: Clause) -> str:
    """A clause as a title: its first letter large, no mark at its end but a question's."""
    return _as_title(clause.words) + ("?" if clause.asks else "")


def _as_title(words: Sequence[str]) -> str:
    inner = [text.strip('"“”«»()[]') for text in words]
    text = joined((*inner[:-1], bare(inner[-1]))).lstrip("'‘-–— ")
    return text[:1].upper() + text[1:]


def _rated(talk: Talk, part: range) -> list[tuple[int, Clause]]:
    """The clauses of some sentences with how good a title each is, best first; of equals, the first said."""
    rated = [(_score(talk, clause, part), clause) for i in part for clause in clauses(talk.sentences[i], i, talk.language)]
    return sorted((one for one in rated if one[0] > 0), key=lambda one: -one[0])


def _score(talk: Talk, clause: Clause, part: range) -> int:
    """How good a title it is, in percent, or above for the very best."""
    text = joined(clause.words).casefold().replace("’", "'")
    named = found(clause.words, talk.phrases)
    told = {word for phrase in named for word in phrase.key}
    worth = {
        "names key phrases": min(40, sum(phrase.weight for phrase in named[:3]) // 4),
        "is dense": min(15, 30 * len(told) // len(clause.words)),
        "catches": (opening(text + "?" * clause.asks, talk.language)[0] - 25) // 3,
        "stands alone": 10 * clause.begins + 10 * clause.ends,
        "promises an answer": 15 * (talk.language == "en" and clause.first_word in ASKS),
        "opens its part": 10 * (clause.sentence == part.start),
        "reads well": 10 * (4 <= len(clause.words) <= 8),
    }
    return sum(worth.values()) - _faults(clause, text, talk.language)


def _faults(clause: Clause, text: str, language: str) -> int:
    if language != "en":
        return 0
    words = [plain(word) for word in clause.words]
    return (
        60 * (clause.first_word in UNCLEAR)
        + 35 * (clause.first_word in PREPOSITIONS)
        + 15 * any(word in POINTING for word in words[1:])
        + 15 * (not clause.begins and clause.first_word not in ASKS)
        + 10 * (not clause.ends)
        + 12 * (words[0] in {"i", "i'm", "i've", "i'd", "my", "we"})
        + 60 * (is_about_itself(text) or is_courtesy(text))
        + 20 * clause.cut
        + 20 * (clause.first_word in SUBORDINATES and not clause.ends)
        + 15 * (not clause.begins and len(words) < _FRAGMENT)
        + 20 * (words[0].endswith("ed") and not clause.begins)
        + 25 * (words[0] in VERBS and not clause.asks)
    )


def _telling(talk: Talk) -> Callable[[Sequence[str]], frozenset[str]]:
    is_content = content_words(talk.sentences, talk.language)
    return lambda words: frozenset(root(word) for word in words if is_content(word))


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or 100 * len(a & b) >= _ALIKE * min(len(a), len(b))


def _reason(talk: Talk, clause: Clause) -> str:
    seconds = talk.sentences[clause.sentence].start_ms // 1000
    said = f"{'Asked' if clause.asks else 'Said'} at {seconds // 60}:{seconds % 60:02} of the source"
    named = [f"“{phrase.text}”" for phrase in found(clause.words, talk.phrases)[:2]]
    return f"{said}; names {' and '.join(named)}." if named else f"{said}."


def _beginning(talk: Talk, sentence: int) -> str:
    """The first words of a sentence in which no clause fits, without those left hanging at their end."""
    words = [word.text for word in talk.sentences[sentence].words[:MOST]]
    while talk.language == "en" and len(words) > FEWEST and plain(words[-1]) in HANGING:
        words.pop()
    return _as_title(words)
