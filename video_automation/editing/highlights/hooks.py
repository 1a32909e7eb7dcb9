"""First sentences: what in them makes somebody go on listening."""

import re

from video_automation.editing.language.tables import Language
from video_automation.editing.language.wording import is_question, small, word_count

_PLAIN = 25
_TOO_LONG, _LONG_COSTS = 28, 15
"""An opening of more words than this loses its hook."""
_QUESTION, _FIGURE = ("a question", 35), ("a number", 20)
_PHRASE = 20
"""What each of the other kinds is worth."""


def opening(text: str, language: Language) -> tuple[int, tuple[str, ...]]:
    """How much a sentence catches, in percent, and by what."""
    lower, hooks = small(text, language), language.hooks
    kinds = [_QUESTION] if is_question(text, language) else []
    if re.search(r"\d", lower) or hooks.number.search(lower):
        kinds.append(_FIGURE)
    phrases = (("a contrast", hooks.contrast), ("a direct address", hooks.address), ("a superlative", hooks.superlative))
    kinds += [(name, _PHRASE) for name, pattern in phrases if pattern.search(lower)]
    long = _LONG_COSTS * (word_count(text.split(), language) > _TOO_LONG)
    return min(100, _PLAIN + sum(worth for _, worth in kinds)) - long, tuple(name for name, _ in kinds)


def is_courtesy(text: str, language: Language) -> bool:
    """Whether a sentence greets or thanks somebody: good manners in a talk, nothing to show anybody else."""
    return bool(language.hooks.courtesy.search(small(text, language))) and word_count(text.split(), language) <= _TOO_LONG


def is_about_itself(text: str, language: Language) -> bool:
    """Whether a sentence tells of the talk instead of its topic."""
    return bool(language.hooks.about_itself.search(small(text, language)))
