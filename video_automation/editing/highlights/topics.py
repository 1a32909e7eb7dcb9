"""Finds topic borders: the sentences of a talk at which its topic changes.

After TextTiling (Hearst, 1997): the topic changes where the words before a gap and those after it have little in common,
compared with the gaps around. A long pause and a phrase such as "let's move on" are further evidence.
"""

from collections import Counter
from collections.abc import Sequence
from math import sqrt

from video_automation.editing.language.registry import language_of
from video_automation.editing.language.wording import small
from video_automation.editing.publishing.keyphrases import content_of, content_words
from video_automation.plan.source.transcript import Sentence
from video_automation.plan.text.script import joined

_BLOCK_WORDS = 40
"""Content words on each side of a gap that are compared: a few sentences."""
_REACH = 12
"""Gaps on either side in which the edges of a gap's valley are searched."""
_SHORTEST_MS = 40_000
_SHARE = 14
"""A topic lasts at least the 14th part of its talk."""
_DEEP = 18
"""How clearly a topic has to change, in percent."""
_LONG_PAUSE_MS = 2_000
_PAUSE_WORTH, _TURN_WORTH = 15, 25


def topics(sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """The sentences at which a topic begins; always includes the first one."""
    if not sentences:
        return ()
    cohesions = _cohesions(sentences)
    scores = {gap: _score(gap, cohesions, sentences) for gap in range(1, len(sentences))}
    shortest_ms = max(_SHORTEST_MS, (sentences[-1].end_ms - sentences[0].start_ms) // _SHARE)
    ends = [sentences[0].start_ms, sentences[-1].end_ms]
    chosen: list[int] = []
    for gap in sorted(scores, key=lambda gap: (-scores[gap], gap)):
        at = sentences[gap].start_ms
        if scores[gap] < _DEEP:
            break
        if all(abs(at - other) >= shortest_ms for other in ends):
            chosen.append(gap)
            ends.append(at)
    return (0, *sorted(chosen))


def _cohesions(sentences: Sequence[Sentence]) -> list[int]:
    """How much the words on both sides of each gap have in common, in percent; gap `i` is before sentence `i`."""
    telling = content_words(sentences)
    bags = [Counter(content_of(sentence, telling)) for sentence in sentences]
    return [
        100,
        *(
            _cosine(_gathered(bags, range(gap - 1, -1, -1)), _gathered(bags, range(gap, len(bags))))
            for gap in range(1, len(bags))
        ),
    ]


def _gathered(bags: Sequence[Counter[str]], places: range) -> Counter[str]:
    """The words of successive sentences, until there are enough."""
    block: Counter[str] = Counter()
    size = 0
    for place in places:
        block.update(bags[place])
        size += bags[place].total()
        if size >= _BLOCK_WORDS:
            break
    return block


def _cosine(a: Counter[str], b: Counter[str]) -> int:
    shared = sum(count * b[word] for word, count in a.items())
    size = sqrt(sum(count * count for count in a.values()) * sum(count * count for count in b.values()))
    return round(100 * shared / size) if size else 100


def _score(gap: int, cohesions: Sequence[int], sentences: Sequence[Sentence]) -> int:
    """How clearly the topic changes at a gap: the depth of its valley, plus points for the pause and the words."""
    before = max(cohesions[max(1, gap - _REACH) : gap + 1])
    after = max(cohesions[gap : gap + _REACH + 1])
    pause = min(_LONG_PAUSE_MS, max(0, sentences[gap].start_ms - sentences[gap - 1].end_ms))
    language = language_of(sentences[gap].language)
    turns = bool(language.hooks.turn.match(small(joined(word.text for word in sentences[gap].words[:6]), language)))
    depth = (before + after) // 2 - cohesions[gap]
    return depth + _PAUSE_WORTH * pause // _LONG_PAUSE_MS + _TURN_WORTH * turns
