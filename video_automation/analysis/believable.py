"""Which words of a speech model to believe: it makes some up where nobody speaks, and says some over and over.

The bounds were set on some 200 pieces without speech (music, noise, applause, digital silence), on reversed and overlaid
speech, and on readings of ten voices, clean and with noise as loud as they.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from video_automation.plan.observed import SPEECH_HOP_MS
from video_automation.plan.transcript import Word

_LEAST_LOG_PROBABILITY = -0.8
"""Speech one can make out was above -0.65, invented words for what is no language below -0.8."""
_LEAST_OF_SILENCE, _SILENCE = -0.5, 0.6
"""Where the model thinks it likely that nothing is said, it must be surer: there were 0.75 and more without speech, up to 0.5
with it."""
_VOICE, _VOICE_REACH_MS = 35, 250
"""Percent of probability that somebody speaks, and how far from such a moment a word may lie: times of words are that wrong."""
_LASTS_MS = 100
"""A word that is given less time was said, but where is not known."""
_LONGEST_PHRASE, _SAID_OVER, _WORDS_OVER = 10, 4, 8
"""Words in a phrase that is said over and over; how often that makes it a loop, if it comes to so many words."""
_KEPT_OF_LOOP = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What a model hears in one window of sound."""

    log_probability: float
    """The mean of all it wrote."""
    silence: float
    """The probability that nothing is said."""
    words: tuple[Word, ...]


def doubtful(said: Said) -> bool:
    """Whether the model was unsure, or said something over and over: it may do better with less at a time."""
    return _unsure(said) or len(_without_loops(said.words)) < len(said.words)


def believable(said: Said, speech: Sequence[int]) -> tuple[Word, ...]:
    """The words to keep: none where the model itself was unsure, of a loop its beginning, none where there is no voice."""
    if _unsure(said):
        return ()
    return tuple(word for word in _without_loops(said.words) if _voiced(word, speech))


def _unsure(said: Said) -> bool:
    least = _LEAST_OF_SILENCE if said.silence > _SILENCE else _LEAST_LOG_PROBABILITY
    return said.log_probability < least


def _voiced(word: Word, speech: Sequence[int]) -> bool:
    first, last = (ms // SPEECH_HOP_MS for ms in (max(0, word.start_ms - _VOICE_REACH_MS), word.end_ms + _VOICE_REACH_MS))
    return word.end_ms - word.start_ms < _LASTS_MS or max(speech[first : last + 1], default=0) >= _VOICE


def _without_loops(words: Sequence[Word]) -> tuple[Word, ...]:
    plain = [word.text.strip(".,!?").lower() for word in words]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        length, times = _loop(plain, at)
        kept += words[at : at + length * min(times, _KEPT_OF_LOOP)]
        at += length * times
    return tuple(kept)


def _loop(plain: Sequence[str], at: int) -> tuple[int, int]:
    """How many words from here on are said over, and how often: 1 and 1 where this is no loop."""
    for length in range(1, _LONGEST_PHRASE + 1):
        phrase, times = plain[at : at + length], 1
        while plain[at + times * length : at + (times + 1) * length] == phrase:
            times += 1
        if times >= _SAID_OVER and times * length >= _WORDS_OVER:
            return length, times
    return 1, 1
