"""Rates a passage as a clip by separate signals, each with its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate

from video_automation.editing.highlights.discourse import Talk
from video_automation.editing.highlights.hooks import opening
from video_automation.editing.highlights.passages import Passage
from video_automation.editing.language.registry import language_of
from video_automation.editing.language.tables import Language
from video_automation.editing.language.wording import is_question, word_root
from video_automation.editing.publishing.keyphrases import found
from video_automation.plan.clip import Signal
from video_automation.plan.params import ClipParams
from video_automation.plan.source.heard import LEVEL_HOP_MS, Hearing

WEIGHTS = {"hook": 20, "density": 15, "completeness": 25, "pace": 8, "speech": 7, "variety": 25}
"""The weight of each signal, in percent."""
_LONG_PAUSE_MS = 700
_NAMED = 3
"""The most key phrases named in a reason."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Prefix sums over a talk's sentences: the value of a passage is a difference of two."""

    words: tuple[int, ...]
    key_words: tuple[int, ...]
    spoken_ms: tuple[int, ...]
    hops: tuple[int, ...]
    levels_db: tuple[int, ...]
    named: tuple[frozenset[int], ...]
    """Not sums: the talk's key phrases in each sentence,"""
    hooks: tuple[Signal, ...]
    """and the hook of each sentence as the opening of a clip."""


def measures(talk: Talk, hearing: Hearing) -> Measures:
    """The values counted in each sentence."""
    places = {phrase: place for place, phrase in enumerate(talk.phrases)}
    languages = [language_of(sentence.language) for sentence in talk.sentences]
    spoken = list(zip(talk.sentences, languages, strict=True))
    named = [found((word.text for word in sentence.words), talk.phrases, language) for sentence, language in spoken]
    key_words = {word for phrase in talk.phrases for word in phrase.key}
    hops = [
        [hearing.levels_db[word.start_ms // LEVEL_HOP_MS : word.end_ms // LEVEL_HOP_MS] for word in sentence.words]
        for sentence in talk.sentences
    ]
    return Measures(
        words=_sums([len(sentence.words) for sentence in talk.sentences]),
        key_words=_sums(
            [sum(word_root(word.text, language) in key_words for word in sentence.words) for sentence, language in spoken]
        ),
        spoken_ms=_sums([sum(word.end_ms - word.start_ms for word in sentence.words) for sentence in talk.sentences]),
        hops=_sums([sum(map(len, levels)) for levels in hops]),
        levels_db=_sums([sum(map(sum, levels)) for levels in hops]),
        hooks=tuple(hook(talk.texts[i], language) for i, language in enumerate(languages)),
        named=tuple(frozenset(places[phrase] for phrase in phrases) for phrases in named),
    )


def signals(talk: Talk, passage: Passage, counted: Measures, params: ClipParams) -> tuple[Signal, ...]:
    """All of a passage's signals but its variety, which depends on the other passages chosen."""
    return (
        counted.hooks[passage.first],
        density(talk, passage, counted),
        completeness(talk, passage, params),
        speech_rate(passage, counted),
        speech(passage, counted),
    )


def points(found_signals: Iterable[Signal]) -> int:
    """The weighted sum of these signals, of 10,000."""
    return sum(WEIGHTS[signal.name] * signal.score for signal in found_signals)


def hook(text: str, language: Language) -> Signal:
    """How strongly the first sentence makes a passing viewer stay."""
    score, kinds = opening(text, language)
    return Signal("hook", score, f"Opens with {_listed(kinds)}." if kinds else "Opens plainly.")


def density(talk: Talk, passage: Passage, counted: Measures) -> Signal:
    """How much of the talk's topic is in the passage."""
    share = 100 * _within(counted.key_words, passage) // max(1, _within(counted.words, passage))
    usual = max(1, 100 * counted.key_words[-1] // max(1, counted.words[-1]))
    named = nsmallest(_NAMED, frozenset().union(*counted.named[passage.first : passage.last + 1]))
    topics = _listed([f"“{talk.phrases[place].text}”" for place in named]) if named else ""
    reason = f"{share} % key words, {usual} % in the whole talk."
    return Signal("density", min(100, 50 * share // usual), f"About {topics}: {reason}" if topics else reason)


def completeness(talk: Talk, passage: Passage, params: ClipParams) -> Signal:
    """Whether the passage is a whole thought of a good length."""
    seconds = round(passage.heard_ms / 1000)
    off_target = max(params.target_from_s - seconds, seconds - params.target_to_s, 0)
    borders = [border for border in talk.topics if passage.first < border <= passage.last]
    ends_topic = passage.last + 1 in talk.topics or passage.last + 1 == len(talk.sentences)
    long_pause = talk.pause_before_ms(passage.last + 1) >= _LONG_PAUSE_MS
    starts_topic = passage.first in talk.topics or talk.pause_before_ms(passage.first) >= _LONG_PAUSE_MS
    faults = {
        "begins within a sentence": 30 * talk.texts[passage.first][:1].islower(),
        "ends with a question": 30 * is_question(talk.texts[passage.last], language_of(talk.sentences[passage.last].language)),
        "runs over a change of topic": 25 * bool(borders),
        "follows on from what is before it": 10 * (not starts_topic),
        "is followed by more of the same thought": 20 * (not ends_topic and not long_pause),
        "is not of the best length": min(30, 2 * off_target),
    }
    score = max(0, 100 - sum(faults.values()))
    named = [fault for fault, cost in faults.items() if cost]
    whole = "with the topic" if ends_topic else "before a pause"
    return Signal(
        "completeness", score, f"{seconds} s; {_listed(named)}." if named else f"A whole thought in {seconds} s, ends {whole}."
    )


def speech_rate(passage: Passage, counted: Measures) -> Signal:
    """How fast and how loud the passage is spoken, against the whole talk."""
    words, spoken_ms = _within(counted.words, passage), max(1, _within(counted.spoken_ms, passage))
    usual = 100 * words * counted.spoken_ms[-1] // (spoken_ms * max(1, counted.words[-1]))
    hops = _within(counted.hops, passage)
    louder_db = _within(counted.levels_db, passage) / hops - counted.levels_db[-1] / counted.hops[-1] if hops else 0.0
    score = 50 + max(-30, min(30, usual - 100)) + max(-20, min(20, round(5 * louder_db)))
    rate, level = f"{1000 * words / spoken_ms:.1f}", f"{round(louder_db, 1) + 0.0:+.1f}"
    if not hops:
        return Signal("pace", score, f"{rate} words a second, {usual} % of the talk's pace.")
    return Signal("pace", score, f"{rate} words a second, {usual} % of the talk's pace, {level} dB.")


def speech(passage: Passage, counted: Measures) -> Signal:
    """How little of the passage is silence."""
    share = min(100, 100 * _within(counted.spoken_ms, passage) // max(1, passage.heard_ms))
    return Signal("speech", share, f"Speech fills {share} % of the time.")


def variety(share: int) -> Signal:
    """How much of the passage's topic is in no better clip: this percentage of its content words."""
    return Signal("variety", share, f"{share} % of its content words are in no better clip.")


def _within(sums: Sequence[int], passage: Passage) -> int:
    return sums[passage.last + 1] - sums[passage.first]


def _sums(counts: Sequence[int]) -> tuple[int, ...]:
    return tuple(accumulate(counts, initial=0))


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
