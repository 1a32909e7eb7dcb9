"""Which words go into which caption: of all ways to divide a video's words, the one that costs least."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add

from video_automation.editing.captions.break_costs import SENTENCE
from video_automation.editing.captions.linebreaks import RAGGED
from video_automation.editing.captions.reading_speed import CueLimits
from video_automation.editing.captions.word_placement import PlacedWord
from video_automation.plan.text.legibility import columns, reading_time
from video_automation.plan.text.script import joined

_EACH = 12
"""Every caption: fewer and fuller ones are calmer."""
_BORDER = 2
"""The border of a caption: so many times what the break of a line costs there."""
_AFTER_PAUSE = 10
"""How much less it costs where half a second or more is silent, or something is cut out."""
_SENTENCE_WITHIN = 6
"""A sentence that ends within a caption."""
_OF_NO_WHOLE_SENTENCES = 40
"""Such a caption when it does not begin with a sentence too, or not end with one."""
_LONE_WORD = 12
"""A single word that is no sentence."""
_SILENT_SECOND = 16
"""A second without speech within a caption."""
_CUT_WITHIN = 6
"""A cut that a caption stays over."""
_HURRIED = 30
"""A caption that cannot be read with ease: this times the square of the share of time it lacks, in tenths."""
_TOO_FAST = 80
"""One that can hardly be read at all."""
_TOO_SHORT = 1000
"""One that is shown too shortly, and as much again in proportion to what it lacks."""
_TOO_LONG = 200
"""One whose words last too long."""
_TOUCHING = 2000
"""Two with less between them than is seen."""
_TOO_WIDE = 10**6
"""One of more than two lines: only where one frame has so many words."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a video, with what is added up once for all: sums up to each word tell of any words between two."""

    words: Sequence[PlacedWord]
    breaks: Sequence[int]
    """What a line's break costs before each word."""
    places: Sequence[float]
    """What the text before each word takes of a line, and all of it, with the spaces that are written between two."""
    ends: Sequence[float]
    """What the text up to the end of each word takes."""
    times: Sequence[float]
    """What it takes to read all before each word,"""
    read: Sequence[float]
    """and up to the end of each."""
    joins: Sequence[int]
    """What it costs to have all words up to each one together."""
    ended: Sequence[int]
    """How many sentences end before each word."""
    opens: Sequence[int]
    longest_line: int
    pace: CueLimits

    def columns(self, first: int, last: int) -> float:
        """How long some words are in one line."""
        return self.ends[last - 1] - self.places[first]

    def reading(self, first: int, last: int) -> float:
        """How long it takes to read some words."""
        return self.read[last - 1] - self.times[first]


def division(
    words: Sequence[PlacedWord], breaks: Sequence[int], *, pace: CueLimits, longest_line: int
) -> tuple[tuple[int, int], ...]:
    """For each caption its first word, and the word after its last."""
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
        ended=list(accumulate(cost == SENTENCE for cost in breaks)),
        opens=[word.opens for word in words],
        longest_line=longest_line,
        pace=pace,
    )


def _join(before: PlacedWord, word: PlacedWord, break_cost: int, pace: CueLimits) -> int:
    """What it costs to have a word in one caption with the word before it."""
    silence = (word.span.start - before.span.end) * pace.rate.denominator * _SILENT_SECOND // pace.rate.numerator
    return silence + _SENTENCE_WITHIN * (break_cost == SENTENCE) + _CUT_WITHIN * (before.shot != word.shot)


def _firsts(text: _Text, last: int) -> range:
    """The words with which a caption that ends before `last` may begin: all of two lines and seven seconds, or one word."""
    widest = bisect_left(text.places, text.ends[last - 1] - 2 * text.longest_line - 1)
    longest = bisect_right(text.opens, text.words[last - 1].span.start - text.pace.longest)
    return range(min(last - 1, max(widest, longest)), last)


def _border(text: _Text, last: int) -> int:
    """What the border of a caption costs before a word."""
    if last == len(text.words):
        return 0
    before, word = text.words[last - 1], text.words[last]
    paused = before.shot != word.shot or word.span.start - before.span.end >= text.pace.tail
    return max(0, _BORDER * text.breaks[last] - _AFTER_PAUSE * paused)


def _cost(text: _Text, first: int, last: int) -> int:
    """What a caption of some words costs."""
    together = text.joins[last] - text.joins[first + 1]
    return _EACH + together + _sense(text, first, last) + _line_break(text, first, last) + _timing(text, first, last)


def _sense(text: _Text, first: int, last: int) -> int:
    """What it costs that it makes little sense by itself."""
    ends_so = last == len(text.words) or text.breaks[last] == SENTENCE
    if text.breaks[first] == SENTENCE and ends_so:
        return 0
    if last == first + 1:
        return _LONE_WORD
    return _OF_NO_WHOLE_SENTENCES * (text.ended[last - 1] > text.ended[first])


def _line_break(text: _Text, first: int, last: int) -> int:
    """What the best place costs for breaking it into two lines; nothing where it is one."""
    longest = text.longest_line
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
    """What it costs that it is shown too shortly, too long, or too near to the next one."""
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
