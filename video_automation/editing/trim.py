"""Which frames of a film are kept: what is heard in it, with a little of each pause around."""

from math import ceil, floor

from video_automation.editing.stretch import Stretch, joined
from video_automation.editing.utterances import utterances
from video_automation.plan.observed import Hearing
from video_automation.plan.params import TrimParams
from video_automation.plan.source import Picture
from video_automation.plan.time import FrameSpan, frame_at, ms_at


def kept_spans(hearing: Hearing, picture: Picture, params: TrimParams) -> tuple[FrameSpan, ...]:
    """The spans of frames to keep, ordered and apart, all within the picture; none where no speech is heard.

    A pause longer than `params.longest_pause_ms` is cut down to `tail_ms` after what comes before it and `lead_ms` before what
    comes next; so is one at the film's beginning or end, of which one side is left.
    """
    film_end = ms_at(picture.frames, picture.rate)
    heard = [Stretch(part.start, min(part.end, film_end)) for part in utterances(hearing) if part.start < film_end]
    passages = [part for part in joined(heard, across_ms=params.longest_pause_ms) if part.length >= params.shortest_clip_ms]
    ends = (Stretch(0, 0), Stretch(film_end, film_end))  # near enough to a passage, they become part of it
    whole = joined((*passages, *ends), across_ms=params.longest_pause_ms) if passages else ()
    spans = [_frames(passage, picture, params) for passage in whole if passage.length]
    return _apart(spans, frame_at(params.shortest_cut_ms, picture.rate))


def _frames(passage: Stretch, picture: Picture, params: TrimParams) -> FrameSpan:
    """The passage with its margins, to the nearest frames, which never lie within the passage itself."""
    latest_start = floor(passage.start * picture.rate / 1000)
    earliest_end = ceil(passage.end * picture.rate / 1000)
    start = frame_at(max(0, passage.start - params.lead_ms), picture.rate)
    end = frame_at(passage.end + params.tail_ms, picture.rate)
    return FrameSpan(min(start, latest_start), min(picture.frames, max(end, earliest_end)))


def _apart(spans: list[FrameSpan], shortest_cut: int) -> tuple[FrameSpan, ...]:
    """The spans, with those as one that have fewer frames between them than a cut is worth."""
    result: list[FrameSpan] = []
    for span in spans:
        if result and span.start - result[-1].end < max(1, shortest_cut):
            result[-1] = FrameSpan(result[-1].start, span.end)
        else:
            result.append(span)
    return tuple(result)
