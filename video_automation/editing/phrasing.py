"""How well a text may be broken before each of its words, into lines or into captions."""

from collections.abc import Sequence

from video_automation.editing.sentences import ends_sentence, is_abbreviation

SENTENCE, CLAUSE, COMMA = 0, 1, 2
"""What a break costs after a full stop, after other strong punctuation, after a comma,"""
CONJUNCTION, PREPOSITION = 4, 6
"""before a word that opens a part of a sentence,"""
PLAIN, LOOSE, TIGHT, NAME = 10, 15, 22, 26
"""between any two words, after a word that leans on the next, after one that clings to it, within a name."""

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
    "de": "an auf aus bei durch für gegen hinter in im ins mit nach neben ohne seit über um unter von vom vor zu zum zur zwischen",
    "fr": "à au aux avec chez contre dans de des du en entre par pendant pour sans sous sur vers",
    "es": "a al con contra de del desde durante en entre hacia hasta para por según sin sobre tras",
}
_CLINGING = {
    "en": "a an the this these those my your his her its our their some any no every each another such what",
    "de": "der die das den dem des ein eine einen einem einer eines kein keine mein meine sein seine ihr ihre unser unsere",
    "fr": "le la les l un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ne",
    "es": "el la los las lo un una unos unas este esta estos estas mi mis tu tus su sus nuestro nuestra no",
}
_LEANING = {
    "en": "i you he she it we they there is are was were be been being am has have had will would shall should can could may"
    " might must do does did not very more most less too quite rather only just even never always also",
    "de": "ich du er sie es wir ist sind war waren hat haben hatte wird werden kann muss soll nicht sehr mehr nur",
    "fr": "je tu il elle on nous vous ils elles est sont était a ont avait sera peut doit pas très plus se me te",
    "es": "yo él ella nosotros ellos es son era ha han había será puede debe muy más se me te le",
}
_ADJECTIVAL = {"en": ("ous", "ful", "able", "ible", "ive", "less", "ical", "ish")}
"""Endings of words that a noun mostly follows."""
_SHORT = 3
"""In any other language, words of so many letters are mostly articles and the like."""


def break_costs(texts: Sequence[str], language: str) -> tuple[int, ...]:
    """For each word what a break before it costs, from 0 after a sentence up to `NAME`; the first has nothing before it."""
    listed = [
        frozenset(words.get(language, "").split()) for words in (_CONJUNCTIONS, _PREPOSITIONS, _CLINGING, _LEANING)
    ]
    bare = [_bare(text) for text in texts]
    costs = [0]
    for i in range(1, len(texts)):
        after = _after(texts[i - 1], texts[i])
        costs.append(_between(bare[i - 1], bare[i], listed, language) if after is None else after)
    return tuple(costs[: len(texts)])


def _bare(text: str) -> str:
    return text.strip(_QUOTES + ".,;:?!…").lower().replace("’", "'")


def _after(text: str, following: str) -> int | None:
    """The cost where writing decides it: punctuation, or the capitals of a name."""
    last = text.rstrip(_QUOTES)[-1:]
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


def _between(before: str, word: str, listed: Sequence[frozenset[str]], language: str) -> int:
    conjunctions, prepositions, clinging, leaning = listed
    if before in clinging or before in prepositions:
        return TIGHT
    if word in conjunctions:
        return CONJUNCTION
    if before in leaning or before in conjunctions or before.endswith(("n't", "'m", "'re", "'ve", "'ll")):
        return LOOSE
    if word in prepositions:
        return PREPOSITION
    if before[-1:].isdigit() or before.endswith(_ADJECTIVAL.get(language, ())):
        return LOOSE
    return PLAIN if conjunctions or len(before) > _SHORT else LOOSE
