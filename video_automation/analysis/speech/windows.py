"""Cuts the speech of a source into windows for a speech model: they hold all speech, and begin and end in pauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from video_automation.plan.source.heard import SPEECH_HOP_MS

LONGEST_WINDOW_MS = 28_000
"""The model takes 30 s, but does badly at their end."""
_BEGINS, _ENDS = 50, 35
"""Percent of voice probability at which speech begins, and below which it ends."""
_AROUND_MS = 480
"""How much of the pauses before and after is kept: the voice network notices a beginning up to half a second late."""
_LONG_PAUSE_MS = 2_000
"""A longer pause ends a window: it holds nothing to transcribe, but invites inventions."""
_LONGEST = LONGEST_WINDOW_MS // SPEECH_HOP_MS
_AROUND = _AROUND_MS // SPEECH_HOP_MS
_LONG_PAUSE = _LONG_PAUSE_MS // SPEECH_HOP_MS


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a source with speech, from `start_ms` up to `end_ms`."""

    start_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        """Its length in milliseconds."""
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class _Span:
    """Speech from one hop up to another."""

    start: int
    end: int


def windows(speech: Sequence[int]) -> tuple[Window, ...]:
    """Windows over all speech in a source (percent per `SPEECH_HOP_MS`), in order, apart, none above `LONGEST_WINDOW_MS`."""
    spans = [part for span in _spoken(speech) for part in _short_enough(span, speech)]
    held: list[_Span] = []
    while spans:
        count = _fitting(spans)
        held.append(_Span(spans[0].start, spans[count - 1].end))
        spans = spans[count:]
    borders = [0, *((span.end + following.start) // 2 for span, following in pairwise(held)), len(speech)]
    return tuple(
        Window(max(earliest, span.start - _AROUND) * SPEECH_HOP_MS, min(latest, span.end + _AROUND) * SPEECH_HOP_MS)
        for span, (earliest, latest) in zip(held, pairwise(borders), strict=False)
    )


def _spoken(speech: Sequence[int]) -> list[_Span]:
    spans = []
    begun: int | None = None
    for hop, percent in enumerate((*speech, 0)):
        if begun is None and percent >= _BEGINS:
            begun = hop
        elif begun is not None and percent < _ENDS:
            spans.append(_Span(begun, hop))
            begun = None
    return spans


def _short_enough(span: _Span, speech: Sequence[int]) -> list[_Span]:
    """The span, cut where speech is least probable if it is longer than a window."""
    most = _LONGEST - 2 * _AROUND
    parts = []
    start = span.start
    while span.end - start > most:
        cut = min(range(start + most * 2 // 3, start + most), key=speech.__getitem__)
        parts.append(_Span(start, cut))
        start = cut
    return [*parts, _Span(start, span.end)]


def _fitting(spans: Sequence[_Span]) -> int:
    """How many of these spans the next window holds: up to a long pause, or to the longest pause in its last third."""
    most, first = _LONGEST - 2 * _AROUND, spans[0].start
    pauses: list[int] = []
    for span, following in pairwise(spans):
        if following.start - span.end > _LONG_PAUSE:
            return len(pauses) + 1
        pauses.append(following.start - span.end)
        if following.end - first > most:
            break
    else:
        return len(spans)
    late = [n for n in range(len(pauses)) if spans[n].end - first >= most * 2 // 3] or [len(pauses) - 1]
    return 1 + max(late, key=lambda n: (pauses[n], n))


def halves(window: Window, speech: Sequence[int]) -> tuple[Window, Window]:
    """The window in two, cut where speech is least probable in its middle third."""
    start, end = window.start_ms // SPEECH_HOP_MS, window.end_ms // SPEECH_HOP_MS
    cut = min(range(start + (end - start) // 3, end - (end - start) // 3), key=speech.__getitem__) * SPEECH_HOP_MS
    return Window(window.start_ms, cut), Window(cut, window.end_ms)
