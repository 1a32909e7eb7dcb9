"""Decides which words of a speech model to believe: it invents words where there is no speech, and repeats some endlessly.

Several guards act together, since each alone either lets inventions pass or loses words: the model's confidence in the words
and in their language, its probability of silence, the voice network, repetition, the pace of speech, and the phrases the model
is known to invent. If one of them is in doubt, a second pass has to agree. The bounds were set with Whisper base on music,
crowds, laughter, applause, animals, noise and speech played backwards, and on speech in twenty languages, with and without
noise.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from video_automation.analysis.speech.inventions import is_credit, is_sign_off
from video_automation.analysis.speech.windows import Window
from video_automation.plan.source.heard import SPEECH_HOP_MS
from video_automation.plan.source.transcript import Word
from video_automation.plan.text.legibility import clusters, reading_time
from video_automation.plan.text.marks import ALL, ENDS, mark_at_end
from video_automation.plan.text.script import is_unspaced

_SURE, _LEAST, _HOPELESS = -0.5, -0.8, -1.0
"""Mean log probability above which words need no second pass, below which none is believed, below which no second pass is
made."""
_SILENCE = 0.6
"""The model's probability of silence from which on its words are in doubt."""
_SILENCE_CONFIRMED = 0.25
"""Likewise of a second pass: of Japanese played backwards it was 0.25 to 0.52, of Japanese and Chinese in loud noise 0.03 to
0.12."""
_LANGUAGE = 0.8
"""A language less probable than this is in doubt, and so are the words written in it."""
_AGREEING = 0.5
"""The share of words that two passes must have in common."""
_VOICE, _VOICE_REACH_MS = 35, 250
"""Percent of voice probability, and how far from such a moment a word may lie: times of words are that inexact."""
_LASTS_MS = 100
"""A word with less time than this was said, but its place is unknown."""
_FASTEST, _SLOWEST = 30, 4
"""Letters a second: faster than anyone speaks, and slower than anyone speaks for long; a Chinese one counts about twice."""
_LONG_MS, _SHORT_MS = 6_000, 1_000
"""The length of "for long"; and a length too short to measure a pace."""
_MOSTLY_VOICED = 60
"""Percent of the time of a phrase, possibly invented, in which a voice must be heard."""
_COMPRESSES = 2.4
"""Text that compresses by more than this factor repeats itself; OpenAI's own bound for Whisper."""
_LONGEST_PHRASE = 12
_LOOP, _LOOP_IN_DOUBT = ((4, 8),), ((4, 4), (2, 8))
"""A phrase of up to 12 words is a loop if it repeats this often and comes to this many words; other words are in doubt
sooner."""
_KEPT_OF_LOOP = 2
_Bounds = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The model's answer for one window of sound."""

    window: Window
    log_probability: float
    """The mean over all its tokens."""
    silence: float
    """The probability that the window has no speech."""
    words: tuple[Word, ...]
    full: bool = False
    """Whether the model ran out of room before the end of the speech."""


def doubtful(said: Said, language: float, speech: Sequence[int]) -> bool:
    """Whether words written in a language of this probability (0 to 1) need a second pass."""
    return bool(said.words) and (
        said.log_probability < _SURE
        or said.silence > _SILENCE
        or language < _LANGUAGE
        or _repeats(said.words)
        or _hurried(said.words)
        or _sparse(said, speech)
        or any(_is_invention(sentence) for sentence in _sentences(said.words))
    )


def hopeless(said: Said) -> bool:
    """Whether the model was so unsure that no second pass would help."""
    return said.log_probability < _HOPELESS


def cut_off(said: Said) -> bool:
    """Whether a window holds more speech than the model had room for, without being a mere loop."""
    return said.full and not _repeats(said.words, _LOOP_IN_DOUBT)


def agreed(first: Said, again: Sequence[Said], speech: Sequence[int]) -> tuple[Word, ...]:
    """The words of a second pass, made in parts, that the first pass has too."""
    return tuple(word for part in again if _confirms(first, part, speech) for word in part.words)


def _confirms(first: Said, part: Said, speech: Sequence[int]) -> bool:
    least = _SURE if part.silence > _SILENCE_CONFIRMED else _LEAST
    if part.log_probability < least or _hurried(part.words) or _repeats(part.words, _LOOP_IN_DOUBT) or _sparse(part, speech):
        return False
    before, now = _units(first.words), _units(part.words)
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) >= _AGREEING * len(now)


def believable(words: Sequence[Word], speech: Sequence[int]) -> tuple[Word, ...]:
    """The words to keep: a loop only once, none without a voice, no phrase that has only the model in its favour."""
    voiced = [word for word in _without_loops(words) if _voiced(word, speech)]
    return tuple(
        word
        for sentence in _sentences(voiced)
        if not _is_invention(sentence) or _voice_share(sentence, speech) >= _MOSTLY_VOICED
        for word in sentence
    )


def _is_invention(sentence: Sequence[Word]) -> bool:
    texts = [word.text for word in sentence]
    return is_credit(texts) or is_sign_off(texts)


def _sentences(words: Sequence[Word]) -> list[Sequence[Word]]:
    ends = [i + 1 for i, word in enumerate(words) if mark_at_end(word.text) in ENDS]
    return [words[first:last] for first, last in pairwise([0, *ends, len(words)]) if first < last]


def _voice_share(words: Sequence[Word], speech: Sequence[int]) -> int:
    """The percentage of the time of these words in which a voice is heard."""
    hops = speech[words[0].start_ms // SPEECH_HOP_MS : words[-1].end_ms // SPEECH_HOP_MS + 1]
    return 100 * sum(percent >= _VOICE for percent in hops) // max(1, len(hops))


def _repeats(words: Sequence[Word], loop: _Bounds = _LOOP) -> bool:
    """Whether words, or letters, are repeated in a loop."""
    text = "".join(word.text for word in words).encode()
    return any(times > 1 for _, times in _phrases(words, loop)) or len(text) > _COMPRESSES * len(zlib.compress(text))


def _sparse(said: Said, speech: Sequence[int]) -> bool:
    """Whether these are too few words for the time in which a voice is heard."""
    heard = speech[said.window.start_ms // SPEECH_HOP_MS : said.window.end_ms // SPEECH_HOP_MS]
    voiced_ms = SPEECH_HOP_MS * sum(percent >= _VOICE for percent in heard)
    return voiced_ms > _LONG_MS and 1000 * _letters(said.words) < _SLOWEST * voiced_ms


def _hurried(words: Sequence[Word]) -> bool:
    """Whether these words are faster than anyone speaks."""
    return bool(words) and 1000 * _letters(words) > _FASTEST * max(_SHORT_MS, words[-1].end_ms - words[0].start_ms)


def _letters(words: Sequence[Word]) -> float:
    """The number of letters in these words, in terms of Latin ones."""
    return sum(reading_time(letter[0]) for word in words for letter in clusters(word.text))


def _units(words: Sequence[Word]) -> list[str]:
    """The units in which two passes are compared: words, or letters in scripts without spaces between words."""
    units: list[str] = []
    for word in words:
        plain = "".join(filter(str.isalnum, word.text.casefold()))
        units += list(plain) if any(map(is_unspaced, plain)) else [plain]
    return units


def _voiced(word: Word, speech: Sequence[int]) -> bool:
    first, last = (ms // SPEECH_HOP_MS for ms in (max(0, word.start_ms - _VOICE_REACH_MS), word.end_ms + _VOICE_REACH_MS))
    return word.end_ms - word.start_ms < _LASTS_MS or max(speech[first : last + 1], default=0) >= _VOICE


def _without_loops(words: Sequence[Word]) -> tuple[Word, ...]:
    kept: list[Word] = []
    at = 0
    for length, times in _phrases(words, _LOOP):
        kept += words[at : at + length * min(times, _KEPT_OF_LOOP)]
        at += length * times
    return tuple(kept)


def _phrases(words: Sequence[Word], bounds: _Bounds) -> Iterator[tuple[int, int]]:
    """For each phrase, its number of words and of repetitions; words outside a loop come singly."""
    plain = [ALL.sub("", word.text).casefold() for word in words]
    at = 0
    while at < len(words):
        length, times = _loop(plain, at, bounds)
        yield length, times
        at += length * times


def _loop(plain: Sequence[str], at: int, bounds: _Bounds) -> tuple[int, int]:
    """The words of the loop that begins here and its repetitions; 1 and 1 if there is no loop."""
    for length in range(1, _LONGEST_PHRASE + 1):
        phrase, times = plain[at : at + length], 1
        while plain[at + times * length : at + (times + 1) * length] == phrase:
            times += 1
        if any(times >= often and times * length >= words for often, words in bounds):
            return length, times
    return 1, 1
