"""Groups words into sentences: by their punctuation, or, without any, by the pauses."""

import re
from itertools import pairwise

from video_automation.editing.language.registry import language_of
from video_automation.editing.language.tables import Language
from video_automation.plan.source.transcript import Sentence, Transcript, Word
from video_automation.plan.text.marks import CLOSING, ELLIPSES, ENDS, OPENING, mark_at_end

_PAUSE_MS = 1500
"""A pause longer than this ends a sentence if a capital letter follows."""
_LONG_PAUSE_MS = 3000
"""A pause longer than this ends any sentence."""
_BREATH_MS = 600
"""A pause longer than this ends a sentence in languages without full stops."""

_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\.")
"""Initials, alone or together, as in "U.S." and "e.g."."""
_ORDINAL = re.compile(r"\d{1,2}\.")


def sentences(said: Transcript) -> tuple[Sentence, ...]:
    """The words in order, in sentences, each of one language and, where that is known, of one speaker."""
    languages = [said.language_at(word.start_ms) for word in said.words]
    speakers = [said.speaker_at(word.start_ms) for word in said.words]
    spoken = list(zip(said.words, zip(languages, speakers, strict=True), strict=True))
    ends = [
        i for i, ((word, a), (following, b)) in enumerate(pairwise(spoken), start=1) if a != b or _ended(word, following, a[0])
    ]
    borders = pairwise([0, *ends, len(spoken)])
    return tuple(Sentence(said.words[first:last], languages[first]) for first, last in borders if first < last)


def is_finished(text: str) -> bool:
    """Whether a text ends with a mark that ends a sentence."""
    return mark_at_end(text) in ENDS - ELLIPSES


def ends_sentence(text: str, following: str, language: Language) -> bool:
    """Whether a sentence ends with this word, if the word after it is `following`."""
    if text.rstrip(CLOSING).endswith(tuple(language.question_marks)):
        return True
    if mark_at_end(text) not in ENDS or is_abbreviation(text, language):
        return False
    if language.ordinals and _ORDINAL.fullmatch(text):
        return False
    return not (text[-1] in ".．" and text[-2:-1].isdigit() and following[:1].isdigit())


def is_abbreviation(text: str, language: Language) -> bool:
    """Whether the full stop at a word's end belongs to the word."""
    word = text.lstrip(OPENING)
    if not word.endswith("."):
        return False
    small = word[:-1].casefold()
    initials = _INITIALS.fullmatch(word) and not (word.islower() and small in language.topic.stop_words)
    return bool(initials) or small in language.abbreviations


def _ended(word: Word, following: Word, language: str) -> bool:
    pause = following.start_ms - word.end_ms
    known, first = language_of(language), following.text[:1]
    begins = first.isupper() or (first.isalpha() and first.lower() == first.upper())  # most scripts have no lower case
    unmarked = pause > _LONG_PAUSE_MS or (pause > _PAUSE_MS and begins) or (pause > _BREATH_MS and not known.full_stops)
    return unmarked or ends_sentence(word.text, following.text, known)
