"""Applies edits to cuts: stretches of the recording that are cut out, or restored."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from video_automation.plan.document import Cut, Document
from video_automation.plan.edits import CutOut, Keep, Words, wrong
from video_automation.plan.source.transcript import Word
from video_automation.plan.time import FrameSpan, frame_at

_FLASH_MS = 100
"""A rest shorter than this between two cuts is cut too."""


def span_named(document: Document, edit: CutOut | Keep) -> tuple[int, int]:
    """The stretch an edit names, in milliseconds of the recording.

    Words that are restored come with the pauses around them that a cut removed.

    Raises:
        RequestError: it names no stretch of the recording.
    """
    if edit.words is not None:
        if edit.start_ms is not None or edit.end_ms is not None:
            raise wrong("give times or words, not both.")
        return _of_words(document, edit.words, with_pauses=isinstance(edit, Keep))
    if edit.start_ms is None or edit.end_ms is None:
        raise wrong("give `start_ms` and `end_ms`, or `words`.")
    if not edit.start_ms < edit.end_ms <= document.source.duration_ms + _FLASH_MS:
        raise wrong(f"the stretch must end after its start, within the recording's {document.source.duration_ms} ms.")
    return edit.start_ms, edit.end_ms


def words_named(document: Document, words: Words) -> Sequence[Word]:
    """The transcript's words that an edit names. Raises RequestError if they do not exist."""
    first, last = words
    known = document.transcript.words if document.transcript else ()
    if not first <= last < len(known):
        raise wrong(f"there are no words {first} to {last}: the recording has {len(known)}.")
    return known[first : last + 1]


def cut_out(document: Document, edit: CutOut) -> Document:
    """Cuts a stretch out. Raises RequestError if nothing would be left of the video."""
    span = _span(document, edit)
    flash, frames = frame_at(_FLASH_MS, document.source.picture.rate), document.source.picture.frames
    before = max((end for end in (0, *(cut.span.end for cut in document.cuts)) if end <= span.start), default=0)
    after = min((start for start in (frames, *(cut.span.start for cut in document.cuts)) if span.end <= start), default=frames)
    span = FrameSpan(
        before if span.start - before < flash else span.start,
        after if after - span.end < flash else span.end,
    )
    cuts = sorted((*_without(document.cuts, span), Cut(span, "asked")), key=lambda cut: cut.span)
    if sum(cut.span.length for cut in cuts) >= frames:
        raise wrong("nothing would be left of the video.")
    return replace(document, cuts=tuple(cuts))


def keep(document: Document, edit: Keep) -> Document:
    """Restores a stretch."""
    return replace(document, cuts=tuple(_without(document.cuts, _span(document, edit))))


def _span(document: Document, edit: CutOut | Keep) -> FrameSpan:
    start_ms, end_ms = span_named(document, edit)
    picture = document.source.picture
    start, end = (min(picture.frames, frame_at(ms, picture.rate)) for ms in (start_ms, end_ms))
    if start == end:
        raise wrong("the stretch is shorter than a picture of the video.")
    return FrameSpan(start, end)


def _without(cuts: Sequence[Cut], span: FrameSpan) -> Iterator[Cut]:
    """The cuts, without the frames of a span."""
    for cut in cuts:
        if cut.span.end <= span.start or span.end <= cut.span.start:
            yield cut
            continue
        if cut.span.start < span.start:
            yield replace(cut, span=FrameSpan(cut.span.start, span.start))
        if span.end < cut.span.end:
            yield replace(cut, span=FrameSpan(span.end, cut.span.end))


def _of_words(document: Document, words: Words, *, with_pauses: bool) -> tuple[int, int]:
    named = words_named(document, words)
    start_ms, end_ms = named[0].start_ms, named[-1].end_ms
    if not with_pauses or document.transcript is None:
        return start_ms, end_ms
    every, trim = document.transcript.words, document.params.trim
    before = every[words[0] - 1].end_ms if words[0] else 0
    after = every[words[1] + 1].start_ms if words[1] + 1 < len(every) else document.source.duration_ms
    earliest = max(min(before, start_ms), start_ms - trim.lead_ms)
    return earliest, min(max(after, end_ms), end_ms + trim.tail_ms)
