"""Finds names and terms that a person put into captions and that were not heard: suggestions for the glossary."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from video_automation.editing.language.wording import bare
from video_automation.plan.cues import Cue
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.text.script import joined
from video_automation.plan.text.segmentation import words_of

_MOST, _LONGEST = 12, 60


def new_terms(said: Transcript, shown: Iterable[Cue]) -> tuple[str, ...]:
    """The words of a person's captions that look like names and are not in the transcript; neighbours form one term."""
    heard = {bare(word.text).casefold() for word in said.words}
    written = (cue for cue in shown if not cue.words)
    found = (term for cue in written for term in _terms(words_of(cue.text, said.language), heard))
    return tuple(dict.fromkeys(term for term in found if len(term) <= _LONGEST))[:_MOST]


def _terms(words: Sequence[str], heard: set[str]) -> Iterator[str]:
    for new, run in groupby(map(bare, words), lambda word: _is_name(word) and word.casefold() not in heard):
        if new:
            yield joined(run)


def _is_name(word: str) -> bool:
    """Whether it may be a name: it has a capital letter, or letters of a script without capitals."""
    return len(word) > 1 and any(letter.isupper() or (letter.isalpha() and not letter.islower()) for letter in word)
