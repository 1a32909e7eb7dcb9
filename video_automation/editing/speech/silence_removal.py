"""Decides which frames of a video are kept: its speech and other sound, with a little of each pause around."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil, floor

from video_automation.editing.time_range import TimeRange, merged_ranges
from video_automation.plan.params import TrimParams
from video_automation.plan.source.recording import Picture
from video_automation.plan.source.transcript import Word
from video_automation.plan.time import FrameSpan, frame_at, ms_at


def kept_spans(
    heard: Iterable[TimeRange],
    picture: Picture,
    params: TrimParams,
    *,
    words: Sequence[Word] = (),
    fillers: Sequence[Word] = (),
    rests: Mapping[int, int] | None = None,
) -> tuple[FrameSpan, ...]:
    """The spans of frames to keep, ordered and apart, all within the picture; empty if nothing is heard.

    A pause longer than `params.longest_pause_ms` is cut down to `tail_ms` after the sound before it and `lead_ms` before the
    next one; a pause at the video's beginning or end keeps only one of these. No cut falls inside one of the `words`. The
    `fillers` are cut completely; what stays of the pauses around them does not reach into them. `rests` tells of some words, by
    where they end, how many more ms stay of a pause after them.
    """
    video_end = ms_at(picture.frames, picture.rate)
    spoken = merged_ranges(map(_stretch, words), across_ms=0)
    loud = (TimeRange(part.start, min(part.end, video_end)) for part in (*heard, *spoken) if part.start < video_end)
    sounds = merged_ranges(loud, across_ms=0)
    if not sounds:
        return ()
    cuts = [_stretch(word) for word in fillers]
    borders = (TimeRange(0, 0), *cuts, TimeRange(video_end, video_end))
    zones = [TimeRange(a.end, b.start) for a, b in pairwise(borders) if a.end < b.start]
    spans = [span for zone in zones for span in _kept_in(zone, _within(zone, sounds), spoken, rests or {}, picture, params)]
    return _apart(spans, frame_at(params.shortest_cut_ms, picture.rate), [frame_at(cut.start, picture.rate) for cut in cuts])


def _kept_in(
    zone: TimeRange,
    sounds: list[TimeRange],
    spoken: Sequence[TimeRange],
    rests: Mapping[int, int],
    picture: Picture,
    params: TrimParams,
) -> list[FrameSpan]:
    """The spans to keep of a stretch between two fillers, or of the whole video."""
    video_end = ms_at(picture.frames, picture.rate)
    passages = [
        part
        for part in merged_ranges(sounds, across_ms=params.longest_pause_ms)
        if part.length >= params.shortest_clip_ms or _within(part, spoken)
    ]
    ends = [
        TimeRange(at, at) for at in (0, video_end) if zone.start <= at <= zone.end
    ]  # those near enough become part of a passage
    whole = merged_ranges((*passages, *ends), across_ms=params.longest_pause_ms) if passages else ()
    return [_frames(passage, zone, picture, params, _rest(passage, spoken, rests)) for passage in whole if passage.length]


def _rest(passage: TimeRange, spoken: Sequence[TimeRange], rests: Mapping[int, int]) -> int:
    """How many more ms stay of the pause after a passage, by the last word in it."""
    last = bisect_left(spoken, passage.end, key=_start) - 1
    return rests.get(spoken[last].end, 0) if last >= 0 and spoken[last].end > passage.start else 0


def _stretch(word: Word) -> TimeRange:
    return TimeRange(word.start_ms, word.end_ms)


def _within(zone: TimeRange, parts: Sequence[TimeRange]) -> list[TimeRange]:
    """The parts within a zone, cut off at its edges; parts are ordered and apart."""
    near = parts[bisect_right(parts, zone.start, key=_end) : bisect_left(parts, zone.end, key=_start)]
    clipped = (TimeRange(max(part.start, zone.start), min(part.end, zone.end)) for part in near)
    return [part for part in clipped if part.start < part.end]


def _start(part: TimeRange) -> int:
    return part.start


def _end(part: TimeRange) -> int:
    return part.end


def _frames(passage: TimeRange, zone: TimeRange, picture: Picture, params: TrimParams, rest_ms: int) -> FrameSpan:
    """The passage with its margins and a rest after it, rounded to frames that do not cut into the passage."""
    latest_start = floor(passage.start * picture.rate / 1000)
    earliest_end = ceil(passage.end * picture.rate / 1000)
    start = frame_at(max(zone.start, passage.start - params.lead_ms), picture.rate)
    end = frame_at(min(zone.end, passage.end + params.tail_ms + rest_ms), picture.rate)
    return FrameSpan(min(start, latest_start), min(picture.frames, max(end, earliest_end)))


def _apart(spans: list[FrameSpan], shortest_cut: int, wanted: list[int]) -> tuple[FrameSpan, ...]:
    """The spans, joined if the gap between them has fewer frames than a cut is worth, unless a cut is wanted there.

    `wanted` are frames, in order.
    """
    result: list[FrameSpan] = []
    for span in spans:
        dropped = span.start - result[-1].end if result else shortest_cut
        is_wanted = dropped > 0 and bisect_left(wanted, span.start - dropped) < bisect_right(wanted, span.start)
        if result and dropped < max(1, shortest_cut) and not is_wanted:
            result[-1] = FrameSpan(result[-1].start, span.end)
        else:
            result.append(span)
    return tuple(result)
