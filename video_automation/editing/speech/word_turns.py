"""Gives each word of a transcript to a speaker: turns begin and end with words, and rather with sentences."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from video_automation.editing.speech.sentences import sentences
from video_automation.plan.source.speakers import Turn, unnamed
from video_automation.plan.source.transcript import Transcript, Word

_STRAY = 2
"""So many words at an end of a sentence belong to whoever says the rest of it: voices are told apart less exactly."""


def with_speakers(said: Transcript, turns: Sequence[Turn]) -> Transcript:
    """The transcript with the speaker of each word, as these turns were heard; without any, it stays as it is."""
    if not turns or not said.words:
        return said
    speakers = [speaker for sentence in sentences(said) for speaker in _settled(list(_speakers(sentence.words, turns)))]
    numbers = {speaker: number for number, speaker in enumerate(dict.fromkeys(speakers), 1)}
    return with_words_of(said, [numbers[speaker] for speaker in speakers])


def with_words_of(said: Transcript, speakers: Iterable[int]) -> Transcript:
    """The transcript with the speaker of each word, by their ids. Whoever was named keeps the name."""
    turns = []
    for speaker, run in groupby(zip(speakers, said.words, strict=True), key=lambda pair: pair[0]):
        words = [word for _, word in run]
        turns.append(Turn(words[0].start_ms, words[-1].end_ms, speaker))
    known = {speaker.id: speaker for speaker in said.speakers}
    ids = sorted({turn.speaker for turn in turns})
    return replace(said, turns=tuple(turns), speakers=tuple(known.get(one, unnamed(one)) for one in ids))


def _speakers(words: Sequence[Word], turns: Sequence[Turn]) -> Iterator[int]:
    """Whoever speaks during most of each word, or next to it."""
    starts = [turn.start_ms for turn in turns]
    for word in words:
        near = turns[max(0, bisect_right(starts, word.start_ms) - 1) : bisect_left(starts, word.end_ms) + 1]
        yield max(near, key=lambda turn: min(turn.end_ms, word.end_ms) - max(turn.start_ms, word.start_ms)).speaker


def _settled(speakers: list[int]) -> list[int]:
    """The speakers of a sentence's words, without strays at its ends."""
    runs = [(speaker, len(list(run))) for speaker, run in groupby(speakers)]
    if len(runs) > 1 and runs[0][1] <= _STRAY < runs[1][1]:
        runs[0] = (runs[1][0], runs[0][1])
    if len(runs) > 1 and runs[-1][1] <= _STRAY < runs[-2][1]:
        runs[-1] = (runs[-2][0], runs[-1][1])
    return [speaker for speaker, count in runs for _ in range(count)]
