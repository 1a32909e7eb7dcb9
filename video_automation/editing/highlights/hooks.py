"""Rates first sentences: how strongly they make a viewer stay."""

import re

from video_automation.editing.language.tables import Language
from video_automation.editing.language.wording import is_question, small, word_count

_PLAIN = 25
_TOO_LONG, _LONG_COSTS = 28, 15
"""An opening with more words than this loses these points."""
_QUESTION, _FIGURE = ("a question", 35), ("a number", 20)
_PHRASE = 20
"""The points for each of the other kinds."""


def opening(text: str, language: Language) -> tuple[int, tuple[str, ...]]:
    """How strong a hook a sentence is, in percent, and the reasons."""
    lower, hooks = small(text, language), language.hooks
    kinds = [_QUESTION] if is_question(text, language) else []
    if re.search(r"\d", lower) or hooks.number.search(lower):
        kinds.append(_FIGURE)
    phrases = (("a contrast", hooks.contrast), ("a direct address", hooks.address), ("a superlative", hooks.superlative))
    kinds += [(name, _PHRASE) for name, pattern in phrases if pattern.search(lower)]
    long = _LONG_COSTS * (word_count(text.split(), language) > _TOO_LONG)
    return min(100, _PLAIN + sum(worth for _, worth in kinds)) - long, tuple(name for name, _ in kinds)


def is_courtesy(text: str, language: Language) -> bool:
    """Whether a sentence greets or thanks people: polite in a talk, but nothing for a clip."""
    return bool(language.hooks.courtesy.search(small(text, language))) and word_count(text.split(), language) <= _TOO_LONG


def is_about_itself(text: str, language: Language) -> bool:
    """Whether a sentence is about the talk instead of its topic."""
    return bool(language.hooks.about_itself.search(small(text, language)))
