"""Turns captions that a person or another program has written into captions of a video."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise

from video_automation.editing.caption_files.reading import captions_in
from video_automation.editing.caption_files.written import Caption, captions_error, told
from video_automation.editing.captions.linebreaks import lines, parts_by_speaker, words_by_speaker
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.text.legibility import columns, reading_time
from video_automation.plan.text.script import joined
from video_automation.plan.time import FrameSpan, frame_at

_MOST_CUES = 20_000
"""The most captions in a file; a day of talk has fewer."""
_MOST_LINES = 2
_MOST_CHARACTERS = 2_000
"""The most characters in one caption: more than any picture holds."""
_LEAST_MS, _LETTER_MS = 1_000, 60
"""How long a caption without an end is shown: at least the first, else the second for each Latin letter."""

_BEFORE = "shown before the video begins, left out."
_EARLY = "a time before the video begins; it begins with the video."
_ENDLESS = "the end is not after the beginning; shown for as long as reading takes."
_AFTER = "shown after the video ends, left out."
_BRIEF = "shown for less than one picture of the video, left out."
_TOGETHER = "begins together with another caption; both are shown as one."
_OVERLAPS = "still shown when the next caption begins; it ends there."


@dataclass(frozen=True, slots=True)
class Corrected:
    """The captions of a video from a caption file."""

    cues: tuple[Cue, ...]
    remarks: tuple[str, ...] = ()
    """What was lost or assumed; each remark names the lines of the file."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A caption in frames of the video."""

    start: int
    end: int
    written: Caption


def corrected_cues(text: str, *, rate: Fraction, frames: int, line_length: int, language: str) -> Corrected:
    """The captions in this text, in order, each ending by the next one's start, all within a video of `frames` frames.

    Up to two lines stay as they are if none is longer than `line_length`; other texts are broken anew into as few lines as
    possible. Tags, styles and notes are dropped. Captions that begin together become one.

    Raises:
        RequestError: a line cannot be read, no caption is for this video, there are too many, or one is too long.
    """
    file = captions_in(text, rate)
    if len(file.captions) > _MOST_CUES:
        raise captions_error(f"there are {len(file.captions)} captions, and {_MOST_CUES} at most can be used")
    amiss: dict[str, list[int]] = defaultdict(list)
    placed = [
        _Placed(frame_at(caption.start_ms, rate), frame_at(caption.end_ms, rate), caption)
        for caption in _mended(file.captions, amiss)
    ]
    together = [list(group) for _, group in groupby(sorted(placed, key=lambda cue: cue.start), key=lambda cue: cue.start)]
    starts = [*(group[0].start for group in together), frames]
    found = []
    for group, (start, following) in zip(together, pairwise(starts), strict=True):
        shown_to = max(cue.end for cue in group)
        end = min(shown_to, following, frames)
        if start >= end:
            amiss[_AFTER if start >= frames else _BRIEF] += (cue.written.line for cue in group)
            continue
        amiss[_TOGETHER] += (cue.written.line for cue in group[1:])
        if following < min(shown_to, frames):
            amiss[_OVERLAPS].append(group[0].written.line)
        found.append(_cue([cue.written for cue in group], FrameSpan(start, end), rate, line_length, language))
    if not found:
        raise captions_error(
            "none of the captions, of which this is the first, would be seen in the video", file.captions[0].line
        )
    return Corrected(tuple(found), (*file.remarks, *(said for what, at in amiss.items() for said in told(sorted(at), what))))


def _mended(captions: Sequence[Caption], amiss: dict[str, list[int]]) -> Iterator[Caption]:
    """The captions with text, cut to the video's start, each with an end after its start."""
    for caption in captions:
        if not caption.rows:
            continue
        if sum(map(len, caption.texts)) > _MOST_CHARACTERS:
            raise captions_error(f"the caption is longer than {_MOST_CHARACTERS} characters", caption.line)
        start, end = caption.start_ms, caption.end_ms
        if start >= end:
            amiss[_ENDLESS].append(caption.line)
            end = start + max(_LEAST_MS, round(reading_time(" ".join(caption.texts)) * _LETTER_MS))
        if end <= 0:
            amiss[_BEFORE].append(caption.line)
            continue
        if start < 0:
            amiss[_EARLY].append(caption.line)
        yield replace(caption, start_ms=max(0, start), end_ms=end)


def _cue(group: Sequence[Caption], span: FrameSpan, rate: Fraction, line_length: int, language: str) -> Cue:
    rows = [row for caption in group for row in caption.rows]
    texts = [row.text for row in rows]
    if sum(map(len, texts)) > _MOST_CHARACTERS:
        raise captions_error(f"captions that begin together have more than {_MOST_CHARACTERS} characters", group[0].line)
    timed = [word for row in rows for word in row.words] if all(row.words for row in rows) else []
    return Cue(span, _fitting(texts, line_length, language), _words(timed, span, rate, " ".join(texts)))


def _words(timed: Sequence[tuple[int, str]], span: FrameSpan, rate: Fraction, text: str) -> tuple[CueWord, ...]:
    """When each word is spoken; empty if the file does not time all of them, or times them impossibly."""
    starts = [span.start, *(frame_at(ms, rate) for ms, _ in timed[1:]), span.end]
    if not timed or any(a >= b for a, b in pairwise(starts)) or joined(word for _, word in timed) != joined(text.split()):
        return ()
    return tuple(CueWord(FrameSpan(a, b), word) for (a, b), (_, word) in zip(pairwise(starts), timed, strict=True))


def _fitting(rows: Sequence[str], line_length: int, language: str) -> tuple[str, ...]:
    if len(rows) <= _MOST_LINES and all(columns(row) <= line_length for row in rows):
        return tuple(rows)
    return lines(words_by_speaker(parts_by_speaker(rows), language), language, line_length)
