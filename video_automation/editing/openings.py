"""First sentences: what in them makes somebody go on listening."""

import re

_PLAIN = 25
_TOO_LONG, _LONG_COSTS = 28, 15
"""An opening of more words than this loses its hook."""
_NUMBER = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_QUESTION, _FIGURE = ("a question", 35), ("a number", 20)
_KINDS = (
    (
        "a contrast",
        20,
        re.compile(
            r"\b(?:but|instead|rather than|although|though|however|unlike|whereas|despite|wrong|myth|mistake|not|nobody)\b"
        ),
    ),
    (
        "a direct address",
        20,
        re.compile(r"\b(?:you|your|yours|yourself|imagine|let's|let us|remember)\b|^(?:look|stop|think|do not|don't)\b"),
    ),
    (
        "a superlative",
        20,
        re.compile(
            r"\b(?:most|best|worst|only|never|always|every|everybody|nothing|greatest|biggest|largest|smallest|earliest|oldest"
            r"|newest|fastest|hardest|easiest|strongest|cheapest|simplest|deepest|highest|longest|richest|happiest|first|last"
            r"|secret)\b"
        ),
    ),
)
_COURTESY = re.compile(
    r"\b(?:thank you|thanks(?! to)|welcome|my name is|good (?:morning|evening|afternoon)|hello|hi|goodbye|see you|bye"
    r"|subscribe)\b"
)
_ABOUT_ITSELF = re.compile(
    r"\b(?:tonight|today i|i want to|i'd like to|i'm going to|let me|let's (?:start|talk|look|move|go|begin)|next slide"
    r"|as i said|you know|i mean|i think|talk about)\b"
)
_COUNTED = re.compile(rf"\d|\b(?:{_NUMBER}|hundred|thousand|million|billion|half|percent|twice|double)\b")


def opening(text: str, language: str) -> tuple[int, tuple[str, ...]]:
    """How much a sentence catches, in percent, and by what; in other languages only questions and figures are known."""
    lower = text.casefold().replace("’", "'")
    asks = lower.endswith(("?", "？", "?”", '?"'))
    kinds = [_QUESTION] if asks else []
    if re.search(r"\d", lower) or (language == "en" and _COUNTED.search(lower)):
        kinds.append(_FIGURE)
    if language == "en":
        kinds += [(name, worth) for name, worth, pattern in _KINDS if pattern.search(lower)]
    long = _LONG_COSTS * (len(text.split()) > _TOO_LONG)
    return min(100, _PLAIN + sum(worth for _, worth in kinds)) - long, tuple(name for name, _ in kinds)


def is_courtesy(text: str) -> bool:
    """Whether a sentence greets or thanks somebody: good manners in a talk, nothing to show anybody else."""
    return bool(_COURTESY.search(text.casefold())) and len(text.split()) <= _TOO_LONG


def is_about_itself(text: str) -> bool:
    """Whether a sentence tells of the talk instead of its topic."""
    return bool(_ABOUT_ITSELF.search(text.casefold().replace("’", "'")))
