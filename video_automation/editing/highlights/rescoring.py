"""Scores a clip that a person has made or changed, by the signals that clips are chosen by."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from video_automation.editing.highlights.clip_signals import Measures, measures, points, signals, variety
from video_automation.editing.highlights.discourse import Talk, talk
from video_automation.editing.highlights.passages import Passage, heard_at
from video_automation.editing.publishing.keyphrases import Telling, content_of, content_words
from video_automation.editing.speech.fillers import fillers
from video_automation.editing.speech.sentences import sentences
from video_automation.plan.clip import Clip
from video_automation.plan.document import Document
from video_automation.plan.params import SpeechParams
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.transcript import LanguageSpan, Sentence, Transcript
from video_automation.plan.text.script import joined


def rescored(document: Document, clip: Clip) -> Clip:
    """The clip with the signals and the score of its present stretch; a clip as first decided gets its first ones back.

    The sound is not listened to again, so loudness does not count for the pace. A clip shorter than those that are chosen has
    a score as much lower: its few words tell little. A clip without words has no signals, and 100.
    """
    first = next((one for one in document.decided if one.id == clip.id), None)
    if first and (first.start_ms, first.end_ms) == (clip.start_ms, clip.end_ms):
        return replace(clip, score=first.score, signals=first.signals)
    if document.transcript is None or not document.transcript.words:
        return replace(clip, score=100, signals=())
    whole = _whole(_Heard.of(document, document.transcript))
    part = _part(whole.talk, clip)
    if not part.inside:
        return replace(clip, score=100, signals=())
    at = heard_at(document.timeline)
    heard_ms = at(clip.end_ms) - at(clip.start_ms)
    passage = Passage(part.first, part.last, clip.start_ms, clip.end_ms, heard_ms or clip.end_ms - clip.start_ms)
    counted = _with_totals(measures(part.talk, Hearing()), whole)
    found = signals(part.talk, passage, counted, document.params.clips)
    found = (*found, variety(_new_share(document, clip, whole, part)))
    shortest_ms = 1000 * document.params.clips.shortest_s
    return replace(clip, score=points(found) * min(passage.heard_ms, shortest_ms) // (100 * shortest_ms), signals=found)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a talk is made of; compared by the key of its words, since hours of them take long to compare."""

    words_key: str
    language: str
    spans: tuple[LanguageSpan, ...]
    params: SpeechParams
    said: Transcript = field(compare=False)

    @classmethod
    def of(cls, document: Document, said: Transcript) -> "_Heard":
        nobody = replace(said, turns=(), speakers=())  # clips were chosen before it was known who speaks
        return cls(document.words_key, said.language, said.spans, document.params.speech, nobody)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The whole talk and what is counted in it."""

    talk: Talk
    telling: Telling
    words: int
    key_words: int
    spoken_ms: int


@lru_cache(4)
def _whole(heard: _Heard) -> _Whole:
    unwanted = frozenset(fillers(heard.said, heard.params))
    words = tuple(word for word in heard.said.words if word not in unwanted)
    told = talk(sentences(replace(heard.said, words=words)), heard.said.language)
    counted = measures(told, Hearing())
    return _Whole(told, content_words(told.sentences), counted.words[-1], counted.key_words[-1], counted.spoken_ms[-1])


@dataclass(frozen=True, slots=True)
class _Part:
    """The sentences of a stretch, those at its edges without the words outside, as a small talk with what is beside them."""

    talk: Talk
    inside: tuple[Sentence, ...]
    first: int

    @property
    def last(self) -> int:
        """The last sentence of the stretch in the small talk."""
        return self.first + len(self.inside) - 1


def _part(whole: Talk, clip: Clip) -> _Part:
    every = whole.sentences
    low = bisect_right(every, clip.start_ms, key=_end)
    high = bisect_left(every, clip.end_ms, key=_start)
    pieces = [(place, words) for place in range(low, high) for words in _pieces(every[place], clip)]
    begun = next((i for i, (_, words) in enumerate(pieces) if _is_inside(words, clip)), len(pieces))
    ended = next((i for i in range(len(pieces), begun, -1) if _is_inside(pieces[i - 1][1], clip)), begun)
    if not pieces[:begun] and low:
        pieces.insert(0, (low - 1, every[low - 1]))
        begun, ended = begun + 1, ended + 1
    if not pieces[ended:] and high < len(every):
        pieces.append((high, every[high]))
    near = tuple(sentence for _, sentence in pieces)
    topics = tuple(
        i for i, (place, sentence) in enumerate(pieces) if place in whole.topics and sentence.start_ms == every[place].start_ms
    )
    texts = tuple(joined(word.text for word in sentence.words) for sentence in near)
    return _Part(Talk(near, texts, whole.language, whole.phrases, topics), near[begun:ended], begun)


def _pieces(sentence: Sentence, clip: Clip) -> list[Sentence]:
    """A sentence, divided where a clip begins and ends."""
    middles = [(word.start_ms + word.end_ms) // 2 for word in sentence.words]
    start, end = bisect_left(middles, clip.start_ms), bisect_left(middles, clip.end_ms)
    parts = (sentence.words[:start], sentence.words[start:end], sentence.words[end:])
    return [replace(sentence, words=words) for words in parts if words]


def _is_inside(sentence: Sentence, clip: Clip) -> bool:
    word = sentence.words[0]
    return clip.start_ms <= (word.start_ms + word.end_ms) // 2 < clip.end_ms


def _start(sentence: Sentence) -> int:
    return sentence.start_ms


def _end(sentence: Sentence) -> int:
    return sentence.end_ms


def _with_totals(counted: Measures, whole: _Whole) -> Measures:
    """The sums of a part, closed by those of the whole talk, to which signals compare it."""
    return replace(
        counted,
        words=(*counted.words, whole.words),
        key_words=(*counted.key_words, whole.key_words),
        spoken_ms=(*counted.spoken_ms, whole.spoken_ms),
    )


def _new_share(document: Document, clip: Clip, whole: _Whole, part: _Part) -> int:
    """The share of the clip's content words, in percent, that is in no better clip."""
    ids = [one.id for one in document.clips]
    better = document.clips[: ids.index(clip.id)] if clip.id in ids else document.clips
    said = {word for one in better for word in _content(_part(whole.talk, one).inside, whole.telling)}
    words = _content(part.inside, whole.telling)
    return 100 * sum(word not in said for word in words) // max(1, len(words))


def _content(inside: Sequence[Sentence], telling: Telling) -> list[str]:
    return [word for sentence in inside for word in content_of(sentence, telling)]
