"""How well a text may be broken before each of its words, into lines or into captions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from video_automation.editing.sentences import ends_sentence, is_abbreviation

SENTENCE, CLAUSE, COMMA = 0, 1, 2
"""What a break costs after a full stop, after other strong punctuation, after a comma,"""
CONJUNCTION, PREPOSITION, VERB = 4, 6, 8
"""before a word that opens a part of a sentence,"""
PLAIN, LOOSE, TIGHT, NAME = 10, 15, 22, 90
"""between any two words, where one leans on the other, after one that clings to the next, within a name."""

_QUOTES = "\"'“”‘’«»‹›()[]{}「」『』（）"

_CONJUNCTIONS = {
    "en": "and or but nor yet because although though while when where whereas if unless until since that which who whom whose"
    " than whether so as",
    "de": "und oder aber denn sondern weil obwohl während wenn wo falls bis dass als ob damit",
    "fr": "et ou mais car donc parce que qui dont où quand lorsque puisque si comme",
    "es": "y e o u pero sino porque aunque mientras cuando donde si que quien cual como",
}
_PREPOSITIONS = {
    "en": "about above across after against along among around at before behind below beneath beside between beyond by"
    " despite down during except for from in inside into like near of off on onto out outside over past through throughout to"
    " toward towards under up upon via with within without",
    "de": "an auf aus bei durch für gegen hinter in im ins mit nach neben ohne seit über um unter von vom vor zu zum zur"
    " zwischen",
    "fr": "à au aux avec chez contre dans de des du en entre par pendant pour sans sous sur vers",
    "es": "a al con contra de del desde durante en entre hacia hasta para por según sin sobre tras",
}
_CLINGING = {
    "en": "a an the this these those my your his her its our their some any no every each another such what",
    "de": "der die das den dem des ein eine einen einem einer eines kein keine mein meine sein seine ihr ihre unser unsere",
    "fr": "le la les l un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ne",
    "es": "el la los las lo un una unos unas este esta estos estas mi mis tu tus su sus nuestro nuestra no",
}
_VERBS = {
    "en": "is are was were be been am has have had will would shall should can could may might must do does did",
    "de": "ist sind war waren hat haben hatte hatten wird werden wurde wurden kann können muss müssen soll sollen",
    "fr": "est sont était étaient a ont avait sera seront peut peuvent doit doivent",
    "es": "es son era eran ha han había será serán puede pueden debe deben está están",
}
_LEANING = {
    "en": "i you he she it we they there not very more most less too quite rather only just even never always also being",
    "de": "ich du er sie es wir nicht sehr mehr nur",
    "fr": "je tu il elle on nous vous ils elles pas très plus se me te",
    "es": "yo él ella nosotros ellos muy más se me te le",
}
_OBJECTS = {"en": "me him them us", "de": "mich mir dich dir ihn ihm uns euch sich"}
_ADJECTIVAL = {"en": ("ous", "ful", "able", "ible", "ive", "less", "ical", "ish")}
"""Endings of words that a noun mostly follows."""

_SHORT = 3
"""In languages not listed, words of so few letters are mostly articles and the like."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is known of the words of one language; nothing of most."""

    conjunctions: frozenset[str]
    prepositions: frozenset[str]
    verbs: frozenset[str]
    clinging: frozenset[str]
    leaning: frozenset[str]
    objects: frozenset[str]
    adjectival: tuple[str, ...]


def break_costs(texts: Sequence[str], language: str) -> tuple[int, ...]:
    """For each word what a break before it costs, from 0 after a sentence up to `NAME`; before the first one nothing."""
    listed = _listed(language)
    bare = [_bare(text) for text in texts]
    costs = [0]
    for (before, word), (bare_before, bare_word) in zip(pairwise(texts), pairwise(bare), strict=True):
        written = _after(before, word)
        costs.append(_between(bare_before, bare_word, listed) if written is None else written)
    return tuple(costs[: len(texts)])


def _listed(language: str) -> _Listed:
    words = [
        frozenset(listed.get(language, "").split())
        for listed in (_CONJUNCTIONS, _PREPOSITIONS, _CLINGING, _VERBS, _LEANING, _OBJECTS)
    ]
    conjunctions, prepositions, clinging, verbs, leaning, objects = words
    return _Listed(
        conjunctions=conjunctions,
        prepositions=prepositions,
        verbs=verbs,
        clinging=clinging | prepositions,
        leaning=leaning | verbs | conjunctions,
        objects=objects,
        adjectival=_ADJECTIVAL.get(language, ()),
    )


def _bare(text: str) -> str:
    return text.strip(_QUOTES + ".,;:?!…").lower().replace("’", "'")


def _after(text: str, following: str) -> int | None:
    """The cost where writing decides it: punctuation, or the capitals of a name."""
    last = text.rstrip(_QUOTES)[-1:] or "-"
    if ends_sentence(text, following):
        return SENTENCE
    if last in ";:—–；：":
        return CLAUSE
    if last in ",、，":
        return COMMA
    return NAME if _is_name(text, following) else None


def _is_name(text: str, following: str) -> bool:
    """Whether two words are of one name: both written large, or a title and what it belongs to."""
    first, second = text.lstrip(_QUOTES), following.lstrip(_QUOTES)
    if not (first and second and first[0].isupper() and second[0].isupper()) or _bare(text).partition("'")[0] == "i":
        return False
    return first[-1].isalnum() or is_abbreviation(first)


def _between(before: str, word: str, listed: _Listed) -> int:
    """The cost where no writing decides it, but the words themselves."""
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
    likely_leans = before.endswith(listed.adjectival) if listed.conjunctions else len(before) <= _SHORT
    return LOOSE if likely_leans else PLAIN
