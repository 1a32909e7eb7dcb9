"""Finds passages of a talk that can stand alone: whole sentences that need nothing before them, of the right length."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from video_automation.editing.highlights.discourse import Talk
from video_automation.editing.highlights.hooks import is_courtesy
from video_automation.editing.language.registry import language_of
from video_automation.editing.language.wording import is_question, listed_at, opens_with
from video_automation.editing.speech.sentences import is_finished
from video_automation.plan.params import ClipParams
from video_automation.plan.source.transcript import Sentence
from video_automation.plan.text.script import joined
from video_automation.plan.time import frame_at, ms_at
from video_automation.plan.timeline import Timeline

_LEAD_MS, _TAIL_MS = 150, 200
"""The margins before the first word and after the last, never reaching into a neighbouring word."""
_LONG_PAUSE_MS = 700
"""A pause this long ends a thought in transcripts without full stops."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Successive sentences, `first` to `last`, both included, and their range of the source."""

    first: int
    last: int
    start_ms: int
    end_ms: int
    heard_ms: int
    """Their length in the video, without its pauses."""


def passages(talk: Talk, video: Timeline, params: ClipParams) -> Iterator[Passage]:
    """All passages, in order; many share sentences."""
    at = heard_at(video)
    edges = [passage_range(talk, i, i) for i in range(len(talk.sentences))]
    heard = [(at(start_ms), at(end_ms)) for start_ms, end_ms in edges]
    spoken = enumerate(talk.sentences)
    courteous = [is_courtesy(talk.texts[i], language_of(sentence.language)) for i, sentence in spoken]
    closing = [ends_thought(talk, i) and not courteous[i] for i in range(len(edges))]
    for first in range(len(edges)):
        if courteous[first] or leans(talk.sentences[first]):
            continue
        for last in range(first, len(edges)):
            heard_ms = heard[last][1] - heard[first][0]
            if heard_ms > 1000 * params.longest_s:
                break
            if closing[last] and heard_ms >= 1000 * params.shortest_s:
                yield Passage(first, last, edges[first][0], edges[last][1], heard_ms)


def heard_at(video: Timeline, *, before: int = 0) -> Callable[[int], int]:
    """A function from a moment of the source to its moment in the video, in milliseconds; if it is cut, that of the cut.

    `before` frames of the video come before its timeline.
    """
    starts = [span.start for span in video.spans]
    places = [0, *accumulate(span.length for span in video.spans)]

    def at(ms: int) -> int:
        frame = frame_at(ms, video.rate)
        i = bisect_right(starts, frame) - 1
        kept = places[i] + min(frame - starts[i], video.spans[i].length) if i >= 0 else 0
        return ms_at(before + kept, video.rate)

    return at


def passage_range(talk: Talk, first: int, last: int) -> tuple[int, int]:
    """The range of these sentences in the source: from a little before the first word to a little after the last."""
    begun, ended = talk.sentences[first].start_ms, talk.sentences[last].end_ms
    earliest = talk.sentences[first - 1].end_ms if first else 0
    latest = talk.sentences[last + 1].start_ms if last + 1 < len(talk.sentences) else ended + _TAIL_MS
    return min(begun, max(earliest, begun - _LEAD_MS)), max(ended, min(latest, ended + _TAIL_MS))


def leans(sentence: Sentence) -> bool:
    """Whether a sentence begins with a word that needs what was said before it."""
    language = language_of(sentence.language)
    texts = [word.text for word in sentence.words]
    asks = is_question(joined(texts), language) and listed_at(texts, 0, language.titles.asks, language)
    return not asks and listed_at(texts, 0, language.leaning, language) > 0


def ends_thought(talk: Talk, sentence: int) -> bool:
    """Whether a sentence ends a thought, judged by its last mark, the pause and the next word."""
    marked = is_finished(talk.texts[sentence])
    if sentence + 1 == len(talk.sentences):  # a recording may stop in the middle of a thought
        return marked or not any(map(is_finished, talk.texts))
    following = talk.sentences[sentence + 1].words[0].text
    language = language_of(talk.sentences[sentence + 1].language)
    if following[:1].islower() and opens_with(following, language.going_on, language):
        return False
    return marked or talk.pause_before_ms(sentence + 1) >= _LONG_PAUSE_MS
