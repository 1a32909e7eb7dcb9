"""Makes the captions of a video: divides its words, breaks lines, and times them to the speech."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from video_automation.editing.captions.break_costs import break_costs
from video_automation.editing.captions.cue_segmentation import division
from video_automation.editing.captions.linebreaks import lines
from video_automation.editing.captions.reading_speed import cue_limits
from video_automation.editing.captions.word_placement import PlacedWord, placed_words
from video_automation.plan.cues import DASH, Cue, CueWord
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.text.legibility import reading_time
from video_automation.plan.text.script import joined
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline


def cues(said: Transcript, timeline: Timeline, *, longest_line: int) -> tuple[Cue, ...]:
    """The captions of the speech in the kept spans, in order; none overlaps another, or a shot without any of its words.

    They follow the usual rules: two lines of `longest_line` Latin letters, shown 5/6 s to 7 s, read at 20 letters a second, two
    frames apart; `plan.text.legibility` converts letters of other scripts. If somebody speaks faster, the reading speed gives
    way. Where another person begins to speak stands a dash.
    """
    placed = _with_dashes(placed_words(said.words, timeline, longest_line), said)
    breaks = _break_costs(placed, said)
    limits = cue_limits(timeline.rate)
    result = []
    for first, last in division(placed, breaks, pace=limits, longest_line=longest_line):
        spoken = placed[first:last]
        texts = [text for word in spoken for text in word.texts]
        following = placed[last] if last < len(placed) else None
        end = limits.shown_until(spoken[0], spoken[-1], following, reading_time(joined(texts)))
        span = FrameSpan(spoken[0].opens, end)
        shown = lines(texts, said.language_at(spoken[0].start_ms), longest_line)
        result.append(Cue(span, shown, _spoken_until(end, spoken)))
    return tuple(result)


def _with_dashes(placed: Sequence[PlacedWord], said: Transcript) -> tuple[PlacedWord, ...]:
    """The words, with a dash before each that is the first of another speaker."""
    speakers = [said.speaker_at(word.start_ms) for word in placed]
    before = (*speakers[:1], *speakers)
    return tuple(
        word if a == b else replace(word, texts=(f"{DASH}{word.texts[0]}", *word.texts[1:]))
        for word, a, b in zip(placed, before, speakers, strict=False)
    )


def _break_costs(placed: Sequence[PlacedWord], said: Transcript) -> tuple[int, ...]:
    """The cost of a break before each word: 0 at a change of language. Words of one frame stay together."""
    breaks: list[int] = []
    for language, group in groupby(placed, key=lambda word: said.language_at(word.start_ms)):
        spoken = list(group)
        costs = break_costs([text for word in spoken for text in word.texts], language)
        firsts = accumulate((len(word.texts) for word in spoken), initial=0)
        breaks += (costs[first] for first, _ in zip(firsts, spoken, strict=False))
    return tuple(breaks)


def _spoken_until(end: int, spoken: Sequence[PlacedWord]) -> tuple[CueWord, ...]:
    """When each word is spoken, while the caption is shown."""
    return tuple(CueWord(FrameSpan(word.span.start, min(word.span.end, end)), joined(word.texts)) for word in spoken)
