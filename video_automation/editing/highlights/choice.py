"""The clips of a talk: its best passages, none over another, or those a person has asked for."""

from collections.abc import Sequence, Set
from itertools import accumulate

from video_automation.editing.highlights.clip_signals import WEIGHTS, measures, points, signals, variety
from video_automation.editing.highlights.discourse import Talk
from video_automation.editing.highlights.passages import Passage, heard_at, passages
from video_automation.editing.publishing.keyphrases import content_of, content_words
from video_automation.editing.publishing.titling import titles_of_parts
from video_automation.plan.clip import Clip, Signal
from video_automation.plan.params import ClipParams
from video_automation.plan.source.heard import Hearing
from video_automation.plan.timeline import Timeline

_LEAST_SPEECH_MS = 20_000
"""A video in which less is said has no passages worth showing on their own."""
_GOOD_ENOUGH = 45
"""Percent below which a passage is no clip: fewer are better than poor ones."""


def clips(talk: Talk | None, hearing: Hearing, video: Timeline, params: ClipParams, *, source_ms: int) -> tuple[Clip, ...]:
    """The clips to make, best first; a person's own in the order in which they were asked for, as far as the source goes.

    `video` is the long video: a passage counts as long as it is heard there, without its pauses.
    """
    if params.clips:
        return _asked_for(talk, params, source_ms)
    if talk is None or _spoken_ms(talk) < _LEAST_SPEECH_MS:
        return ()
    most = params.max_clips or _by_length(heard_at(video)(source_ms))
    chosen = _chosen(talk, hearing, video, params, most)
    titles = titles_of_parts(talk, [range(passage.first, passage.last + 1) for passage, _ in chosen])
    return tuple(
        Clip(_name(i), passage.start_ms, min(source_ms, passage.end_ms), title, points(found) // 100, found)
        for i, ((passage, found), title) in enumerate(zip(chosen, titles, strict=True))
    )


def no_clips_because(talk: Talk | None, params: ClipParams) -> str:
    """A sentence on why a video has no clips."""
    if params.clips:
        return "There are no clips: those asked for begin after the end of the video."
    if talk is None:
        return "There are no clips: they are made of what is said, and nothing is."
    if _spoken_ms(talk) < _LEAST_SPEECH_MS:
        return f"There are no clips: somebody speaks for less than {_LEAST_SPEECH_MS // 1000} seconds."
    return f"There are no clips: no passage of {params.shortest_s} to {params.longest_s} seconds is good on its own."


def _spoken_ms(talk: Talk) -> int:
    return sum(word.end_ms - word.start_ms for sentence in talk.sentences for word in sentence.words)


def _name(place: int) -> str:
    return f"short_{place + 1:02}"


def _by_length(video_ms: int) -> int:
    """How many clips a video of that length has: one for each minute begun, but five from five minutes on, twelve from 45."""
    minutes = -(-video_ms // 60_000)
    return min(12, minutes, 5 + max(0, minutes - 10) // 5)


def _asked_for(talk: Talk | None, params: ClipParams, source_ms: int) -> tuple[Clip, ...]:
    ranges = [(round(1000 * start), min(source_ms, round(1000 * end))) for start, end in params.clips]
    inside = [(start, end) for start, end in ranges if start < end]
    titles = titles_of_parts(talk, [_sentences_in(talk, start, end) for start, end in inside]) if talk else [""] * len(inside)
    return tuple(
        Clip(_name(i), start, end, title, 100) for i, ((start, end), title) in enumerate(zip(inside, titles, strict=True))
    )


def _sentences_in(talk: Talk, start_ms: int, end_ms: int) -> range:
    """The sentences whose middle is in a range."""
    middles = [(sentence.start_ms + sentence.end_ms) // 2 for sentence in talk.sentences]
    inside = [i for i, middle in enumerate(middles) if start_ms <= middle < end_ms]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _chosen(
    talk: Talk, hearing: Hearing, video: Timeline, params: ClipParams, most: int
) -> list[tuple[Passage, tuple[Signal, ...]]]:
    """The best passages with their signals, each chosen for what the better ones do not say."""
    counted = measures(talk, hearing)
    rated = [(passage, signals(talk, passage, counted, params)) for passage in passages(talk, video, params)]
    left = [(passage, found, points(found)) for passage, found in rated]
    content = _content(talk)
    words = _sums(content, without=set())
    chosen: list[tuple[Passage, tuple[Signal, ...]]] = []
    said: set[str] = set()
    while left and len(chosen) < most:
        shares = _new_shares(_sums(content, without=said), words, [passage for passage, _, _ in left])
        scores = [own + WEIGHTS["variety"] * share for (_, _, own), share in zip(left, shares, strict=True)]
        best = scores.index(max(scores))  # of equals, the first said
        if scores[best] < 100 * _GOOD_ENOUGH:
            break
        passage, found, _ = left[best]
        chosen.append((passage, (*found, variety(shares[best]))))
        said.update(word for sentence in content[passage.first : passage.last + 1] for word in sentence)
        left = [one for one in left if one[0].last < passage.first or passage.last < one[0].first]
    return chosen


def _content(talk: Talk) -> list[list[str]]:
    """What each sentence says about the topic, word by word."""
    telling = content_words(talk.sentences)
    return [content_of(sentence, telling) for sentence in talk.sentences]


def _sums(content: Sequence[Sequence[str]], *, without: Set[str]) -> list[int]:
    """How many of those words come before each sentence, those left out that are known."""
    return list(accumulate((sum(word not in without for word in words) for words in content), initial=0))


def _new_shares(new: Sequence[int], words: Sequence[int], left: Sequence[Passage]) -> list[int]:
    """How much of each passage's content words is new, in percent, from sums over the talk's sentences."""
    spans = [(passage.first, passage.last + 1) for passage in left]
    return [100 * (new[end] - new[first]) // max(1, words[end] - words[first]) for first, end in spans]
