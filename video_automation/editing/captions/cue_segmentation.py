"""Divides the words of a video into captions: of all ways to divide them, it takes the one with the lowest cost."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add

from video_automation.editing.captions.break_costs import SENTENCE
from video_automation.editing.captions.linebreaks import RAGGED
from video_automation.editing.captions.reading_speed import CueLimits
from video_automation.editing.captions.word_placement import PlacedWord
from video_automation.plan.cues import DASH
from video_automation.plan.text.legibility import columns, reading_time
from video_automation.plan.text.script import joined

_EACH = 12
"""The cost of each caption: fewer and fuller ones are calmer."""
_BORDER = 2
"""The factor by which a caption border costs more than a line break in its place."""
_AFTER_PAUSE = 10
"""The discount for a border with half a second of silence or more, or with a cut."""
_SENTENCE_WITHIN = 6
"""The cost of a sentence that ends within a caption."""
_CHANGE_WITHIN = 30
"""The cost of another person who begins to speak within a caption."""
_OF_NO_WHOLE_SENTENCES = 40
"""The further cost if that caption does not also begin and end with a sentence."""
_LONE_WORD = 12
"""The cost of a single word that is no sentence."""
_SILENT_SECOND = 16
"""The cost of each second without speech within a caption."""
_CUT_WITHIN = 6
"""The cost of a cut within a caption."""
_HURRIED = 30
"""The cost of a caption too short for easy reading: this times the square of the missing share of time, in tenths."""
_TOO_FAST = 80
"""The cost of a caption that can hardly be read at all."""
_TOO_SHORT = 1000
"""The cost of a caption below the shortest duration, and as much again in proportion to what is missing."""
_TOO_LONG = 200
"""The cost of a caption whose words last too long."""
_TOUCHING = 2000
"""The cost of two captions with too small a gap between them."""
_TOO_WIDE = 10**6
"""The cost of a caption of more than two lines: unavoidable only if one frame has that many words, or speakers."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a video with prefix sums: the difference of two gives the value for the words between."""

    words: Sequence[PlacedWord]
    breaks: Sequence[int]
    """The cost of a line break before each word."""
    places: Sequence[float]
    """The columns of the text before each word, and of the whole text, with the spaces between words."""
    ends: Sequence[float]
    """The columns of the text up to the end of each word."""
    times: Sequence[float]
    """The reading time of the text before each word,"""
    read: Sequence[float]
    """and up to the end of each."""
    joins: Sequence[int]
    """The cost of having all words up to each one in one caption."""
    changes: Sequence[int]
    """The words with which another person begins to speak."""
    ended: Sequence[int]
    """The number of sentences that end before each word."""
    opens: Sequence[int]
    longest_line: int
    pace: CueLimits

    def columns(self, first: int, last: int) -> float:
        """The columns of some words in one line."""
        return self.ends[last - 1] - self.places[first]

    def reading(self, first: int, last: int) -> float:
        """The reading time of some words."""
        return self.read[last - 1] - self.times[first]


def division(
    words: Sequence[PlacedWord], breaks: Sequence[int], *, pace: CueLimits, longest_line: int
) -> tuple[tuple[int, int], ...]:
    """The words of each caption, as (first word, word after the last)."""
    text = _text(words, breaks, pace, longest_line)
    costs = [0]
    firsts = [0]
    for last in range(1, len(words) + 1):
        cost, first = min((costs[first] + _cost(text, first, last), first) for first in _firsts(text, last))
        costs.append(cost + _border(text, last))
        firsts.append(first)
    captions = []
    last = len(words)
    while last:
        captions.append((firsts[last], last))
        last = firsts[last]
    return tuple(reversed(captions))


def _text(words: Sequence[PlacedWord], breaks: Sequence[int], pace: CueLimits, longest_line: int) -> _Text:
    texts = [joined(word.texts) for word in words]
    widths, lengths = list(map(columns, texts)), list(map(reading_time, texts))
    spaces = [len(joined((a[-1:], b[:1]))) - 2 for a, b in pairwise(texts)]
    places = list(accumulate(map(add, widths, (*spaces, 0)), initial=0.0))
    times = list(accumulate(map(add, lengths, (*spaces, 0)), initial=0.0))
    joins = (_join(before, word, cost, pace) for (before, word), cost in zip(pairwise(words), breaks[1:], strict=True))
    return _Text(
        words=words,
        breaks=breaks,
        places=places,
        ends=list(map(add, places, widths)),
        times=times,
        read=list(map(add, times, lengths)),
        joins=[0, *accumulate(joins, initial=0)],
        changes=[at for at, text in enumerate(texts) if text.startswith(DASH)],
        ended=list(accumulate(cost == SENTENCE for cost in breaks)),
        opens=[word.opens for word in words],
        longest_line=longest_line,
        pace=pace,
    )


def _join(before: PlacedWord, word: PlacedWord, break_cost: int, pace: CueLimits) -> int:
    """The cost of having a word in one caption with the word before it."""
    silence = (word.span.start - before.span.end) * pace.rate.denominator * _SILENT_SECOND // pace.rate.numerator
    sentence, change = break_cost == SENTENCE, word.texts[0].startswith(DASH)
    return silence + _SENTENCE_WITHIN * sentence + _CHANGE_WITHIN * change + _CUT_WITHIN * (before.shot != word.shot)


def _firsts(text: _Text, last: int) -> range:
    """The words that may begin a caption that ends before `last`: all within two lines and seven seconds, or one word."""
    widest = bisect_left(text.places, text.ends[last - 1] - 2 * text.longest_line - 1)
    longest = bisect_right(text.opens, text.words[last - 1].span.start - text.pace.longest)
    return range(min(last - 1, max(widest, longest)), last)


def _border(text: _Text, last: int) -> int:
    """The cost of a caption border before a word."""
    if last == len(text.words):
        return 0
    before, word = text.words[last - 1], text.words[last]
    paused = before.shot != word.shot or word.span.start - before.span.end >= text.pace.tail
    return max(0, _BORDER * text.breaks[last] - _AFTER_PAUSE * paused)


def _cost(text: _Text, first: int, last: int) -> int:
    """The cost of a caption of these words."""
    together = text.joins[last] - text.joins[first + 1]
    return _EACH + together + _sense(text, first, last) + _line_break(text, first, last) + _timing(text, first, last)


def _sense(text: _Text, first: int, last: int) -> int:
    """The cost of a caption that makes little sense by itself."""
    ends_so = last == len(text.words) or text.breaks[last] == SENTENCE
    if text.breaks[first] == SENTENCE and ends_so:
        return 0
    if last == first + 1:
        return _LONE_WORD
    return _OF_NO_WHOLE_SENTENCES * (text.ended[last - 1] > text.ended[first])


def _line_break(text: _Text, first: int, last: int) -> int:
    """The cost of the best break into two lines; 0 if one line is enough."""
    longest = text.longest_line
    inside = text.changes[bisect_right(text.changes, first) : bisect_left(text.changes, last)]
    if inside:  # each speaker begins a line
        fits = len(inside) == 1 and max(text.columns(first, inside[0]), text.columns(inside[0], last)) <= longest
        return 0 if fits else _TOO_WIDE
    if last == first + 1 or text.columns(first, last) <= longest:
        return 0
    places = text.places
    earliest = max(first + 1, bisect_left(places, text.ends[last - 1] - longest))
    latest = min(last, 1 + bisect_right(text.ends, places[first] + longest))
    both = places[first] + places[last]
    options = (
        text.breaks[word] + int(RAGGED * (2 * places[word] - both) ** 2 // (2 * longest**2)) for word in range(earliest, latest)
    )
    return min(options, default=_TOO_WIDE)


def _timing(text: _Text, first: int, last: int) -> int:
    """The cost of a caption that is too short, too long, or too near to the next one."""
    pace, words = text.pace, text.words
    following = words[last] if last < len(words) else None
    letters = text.reading(first, last)
    end = pace.shown_until(words[first], words[last - 1], following, letters)
    frames = end - words[first].opens
    cost = 0
    if frames < pace.shortest:
        cost += _TOO_SHORT + _TOO_SHORT * (pace.shortest - frames) // pace.shortest
    if (eased := pace.eased(letters)) > frames:
        cost += _HURRIED * (10 * (eased - frames)) ** 2 // eased**2
    if pace.hurried(letters) > frames:
        cost += _TOO_FAST
    if words[last - 1].span.end - words[first].opens > pace.longest:
        cost += _TOO_LONG
    if following and following.opens - end < pace.apart:
        cost += _TOUCHING
    return cost
