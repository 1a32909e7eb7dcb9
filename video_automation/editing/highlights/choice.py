"""Chooses the clips of a talk: its best passages, without overlaps, or those a person has asked for."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate

from video_automation.editing.highlights.clip_signals import WEIGHTS, measures, points, signals, variety
from video_automation.editing.highlights.discourse import Talk
from video_automation.editing.highlights.passages import Passage, heard_at, passages
from video_automation.editing.publishing.keyphrases import content_of, content_words
from video_automation.editing.publishing.titling import titles_of_parts
from video_automation.plan.clip import Clip, Signal, clip_id
from video_automation.plan.params import ClipParams
from video_automation.plan.source.heard import Hearing
from video_automation.plan.timeline import Timeline

_LEAST_SPEECH_MS = 20_000
"""A video with less speech has no passages worth showing on their own."""
CANDIDATES = 20
"""How many further passages are offered as clips."""
_GOOD_ENOUGH = 45
"""Percent; a passage below this becomes no clip: fewer are better than poor ones."""


@dataclass(frozen=True, slots=True)
class ClipChoice:
    """The clips to make, and the next best passages; both best first."""

    clips: tuple[Clip, ...] = ()
    candidates: tuple[Clip, ...] = ()


def choice(talk: Talk | None, hearing: Hearing, video: Timeline, params: ClipParams, *, source_ms: int) -> ClipChoice:
    """The clips to make; a person's own come in the order they were asked for, cut at the end of the source.

    `video` is the long video: a passage's length is measured there, without its pauses.
    """
    if params.clips:
        return ClipChoice(_asked_for(talk, params, source_ms))
    if talk is None or _spoken_ms(talk) < _LEAST_SPEECH_MS:
        return ClipChoice()
    most = params.max_clips or clips_by_length(heard_at(video)(source_ms))
    rated = _rated(talk, hearing, video, params, most + CANDIDATES)
    good = next((i for i, one in enumerate(rated) if one.score < 100 * _GOOD_ENOUGH), len(rated))
    made, left = rated[: min(most, good)], rated[min(most, good) :][:CANDIDATES]
    named = (replace(clip, name=clip_name(i + 1)) for i, clip in enumerate(_titled(talk, made, source_ms)))
    return ClipChoice(tuple(named), _titled(talk, left, source_ms))


def _titled(talk: Talk, rated: Sequence["_Rated"], source_ms: int) -> tuple[Clip, ...]:
    """These passages as clips without names."""
    titles = titles_of_parts(talk, [range(one.passage.first, one.passage.last + 1) for one in rated])
    return tuple(
        _clip(one.passage.start_ms, min(source_ms, one.passage.end_ms), title, points(one.signals) // 100, one.signals)
        for one, title in zip(rated, titles, strict=True)
    )


def _clip(start_ms: int, end_ms: int, title: str, score: int, found: tuple[Signal, ...] = ()) -> Clip:
    return Clip("", start_ms, end_ms, title, score, found, id=clip_id(start_ms, end_ms))


def no_clips_because(talk: Talk | None, params: ClipParams) -> str:
    """A sentence on why a video has no clips."""
    if params.clips:
        return "There are no clips: those asked for begin after the end of the video."
    if talk is None:
        return "There are no clips: they are made of what is said, and nothing is."
    if _spoken_ms(talk) < _LEAST_SPEECH_MS:
        return f"There are no clips: the video has less than {_LEAST_SPEECH_MS // 1000} seconds of speech."
    return f"There are no clips: no passage of {params.shortest_s} to {params.longest_s} seconds is good on its own."


def _spoken_ms(talk: Talk) -> int:
    return sum(word.end_ms - word.start_ms for sentence in talk.sentences for word in sentence.words)


def clips_by_length(video_ms: int) -> int:
    """The number of clips by the video's length: one for each minute begun, but five from five minutes on, twelve from 45."""
    minutes = -(-video_ms // 60_000)
    return min(12, minutes, 5 + max(0, minutes - 10) // 5)


def clip_name(number: int) -> str:
    """The stem of a clip's file names, counted from 1."""
    return f"short_{number:02}"


def title_of(talk: Talk, start_ms: int, end_ms: int) -> str:
    """A title for what is said in a range of the source; empty if nothing is said."""
    return titles_of_parts(talk, [_sentences_in(talk, start_ms, end_ms)])[0]


def _asked_for(talk: Talk | None, params: ClipParams, source_ms: int) -> tuple[Clip, ...]:
    ranges = [(round(1000 * start), min(source_ms, round(1000 * end))) for start, end in params.clips]
    inside = [(start, end) for start, end in ranges if start < end]
    titles = titles_of_parts(talk, [_sentences_in(talk, start, end) for start, end in inside]) if talk else [""] * len(inside)
    made: list[Clip] = []
    for (start, end), title in zip(inside, titles, strict=True):
        clip = _clip(start, end, title, 100)
        made.append(replace(clip, name=clip_name(len(made) + 1), id=clip_id(start, end, {other.id for other in made})))
    return tuple(made)


def _sentences_in(talk: Talk, start_ms: int, end_ms: int) -> range:
    """The sentences whose middle is in a range."""
    middles = [(sentence.start_ms + sentence.end_ms) // 2 for sentence in talk.sentences]
    inside = [i for i, middle in enumerate(middles) if start_ms <= middle < end_ms]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


@dataclass(frozen=True, slots=True)
class _Rated:
    """A passage, its signals, and its score for what the better ones do not say."""

    passage: Passage
    signals: tuple[Signal, ...]
    score: int


def _rated(talk: Talk, hearing: Hearing, video: Timeline, params: ClipParams, most: int) -> list[_Rated]:
    """The best passages, each chosen for what the better ones do not say."""
    counted = measures(talk, hearing)
    found = [(passage, signals(talk, passage, counted, params)) for passage in passages(talk, video, params)]
    left = [(passage, for_it, points(for_it)) for passage, for_it in found]
    content = _content(talk)
    words = _sums(content, without=set())
    chosen: list[_Rated] = []
    said: set[str] = set()
    while left and len(chosen) < most:
        shares = _new_shares(_sums(content, without=said), words, [passage for passage, _, _ in left])
        scores = [own + WEIGHTS["variety"] * share for (_, _, own), share in zip(left, shares, strict=True)]
        best = scores.index(max(scores))  # of equals, the first one said
        passage, for_it, _ = left[best]
        chosen.append(_Rated(passage, (*for_it, variety(shares[best])), scores[best]))
        said.update(word for sentence in content[passage.first : passage.last + 1] for word in sentence)
        left = [one for one in left if one[0].last < passage.first or passage.last < one[0].first]
    return chosen


def _content(talk: Talk) -> list[list[str]]:
    """The content words of each sentence."""
    telling = content_words(talk.sentences)
    return [content_of(sentence, telling) for sentence in talk.sentences]


def _sums(content: Sequence[Sequence[str]], *, without: Set[str]) -> list[int]:
    """The number of content words before each sentence, without known words."""
    return list(accumulate((sum(word not in without for word in words) for words in content), initial=0))


def _new_shares(new: Sequence[int], words: Sequence[int], left: Sequence[Passage]) -> list[int]:
    """The share of new content words in each passage, in percent, from prefix sums over the talk's sentences."""
    spans = [(passage.first, passage.last + 1) for passage in left]
    return [100 * (new[end] - new[first]) // max(1, words[end] - words[first]) for first, end in spans]
