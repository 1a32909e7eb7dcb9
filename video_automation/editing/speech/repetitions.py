"""Finds words that a speaker says again: doubled words, and sentences broken off and begun again.

Repetitions on purpose stay: "very, very", "no, no, no", "We will fight. We will win." So a repetition is found only where
punctuation shows that the first attempt was left unfinished, or where many words are said again exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from video_automation.editing.language.registry import language_of
from video_automation.editing.language.tables import Language
from video_automation.editing.language.wording import normalized
from video_automation.editing.speech.sentences import ends_sentence
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.text.marks import CLOSING, DASHES, ELLIPSES, mark_at_end

_WITHIN_MS = 10_000
"""A sentence is begun again this soon after its first beginning."""
_SHORT = 3
"""Only words of up to so many letters are doubled by mistake alone: "the the", not "many many"."""
_BROKEN_OFF, _AFTER_COMMA, _AFTER_SENTENCE = 2, 3, 5
"""How many words have to be repeated, by what stands after the first attempt: nothing or a dash, a comma, a full stop."""
_BEGINNING, _HESITATION_MS = 3, 500
"""So many first words, after such a pause, show a new attempt that goes on in another way."""
_UNSPACED = 2
"""In scripts without spaces words are so short that this many times as many have to be repeated."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word of a transcript, ready to be compared."""

    place: int
    """Its index in the transcript."""
    start_ms: int
    end_ms: int
    text: str
    sound: str
    """In lower case, without punctuation."""
    language: Language


def spoken(said: Transcript) -> Iterator[SpokenWord]:
    """The words of a transcript."""
    for place, word in enumerate(said.words):
        language = language_of(said.language_at(word.start_ms))
        yield SpokenWord(place, word.start_ms, word.end_ms, word.text, normalized(word.text, language), language)


def repetitions(words: Sequence[SpokenWord]) -> Iterator[tuple[int, int]]:
    """The first word of each attempt that is given up, and the word with which the next attempt begins; by index, in order."""
    following = _next_places(words)
    begins = True
    first = 0
    while first < len(words):
        again = following[first]
        while again is not None and words[again].start_ms - words[first].start_ms <= _WITHIN_MS:
            if _is_said_again(words, first, again, begins=begins):
                yield first, again
                break
            again = following[again]
        else:
            begins = _ends(words, first)
            first += 1
            continue
        first = again


def _next_places(words: Sequence[SpokenWord]) -> list[int | None]:
    """Where each word is said the next time."""
    last: dict[str, int] = {}
    following: list[int | None] = [None] * len(words)
    for i in range(len(words) - 1, -1, -1):
        following[i] = last.get(words[i].sound) if words[i].sound else None
        last[words[i].sound] = i
    return following


def _is_said_again(words: Sequence[SpokenWord], first: int, again: int, *, begins: bool) -> bool:
    """Whether the words from `first` up to `again` are an attempt given up; `begins`: whether a sentence begins there."""
    length = again - first
    same = _same(words, first, again)
    last, language = words[again - 1], words[first].language
    broken, mark = _is_broken_off(last.text), mark_at_end(last.text)
    if all(word.sound.isdigit() for word in words[first:again]) or words[again].language is not language:
        return False
    if length == 1:
        return (broken or not mark) and _is_doubled_by_mistake(words[first].sound, language)
    if same == length:
        least = _BROKEN_OFF if broken or not mark else _AFTER_SENTENCE if _ends(words, again - 1) else _AFTER_COMMA
        goes_on = again + length < len(words) and not _ends(words, again + length - 1)
        return length >= least * (_UNSPACED if language.unspaced else 1) and (goes_on or length >= _AFTER_SENTENCE)
    if not begins or language.unspaced:
        return False
    hesitates = (
        not mark and words[again].start_ms - last.end_ms >= _HESITATION_MS and last.sound not in language.breaks.conjunctions
    )
    return same >= (_BROKEN_OFF if broken else _BEGINNING) and (broken or hesitates)


def _same(words: Sequence[SpokenWord], first: int, again: int) -> int:
    """How many words of an attempt the next one repeats, from its first word on."""
    most = min(again - first, len(words) - again)
    return next((i for i in range(most) if words[first + i].sound != words[again + i].sound), most)


def _is_doubled_by_mistake(sound: str, language: Language) -> bool:
    if language.unspaced or len(sound) > _SHORT or sound in language.doubled:
        return False
    return sound in language.breaks.clinging or sound in language.breaks.conjunctions or sound in language.titles.speaker


def _is_broken_off(text: str) -> bool:
    """Whether a word ends with a dash, an ellipsis, or within itself: “mark-”."""
    bare = text.rstrip(CLOSING)
    return bare.endswith(("-", "...", *DASHES, *ELLIPSES))


def _ends(words: Sequence[SpokenWord], place: int) -> bool:
    """Whether a sentence ends with this word."""
    if place + 1 == len(words):
        return True
    word = words[place]
    return not _is_broken_off(word.text) and ends_sentence(word.text, words[place + 1].text, word.language)
