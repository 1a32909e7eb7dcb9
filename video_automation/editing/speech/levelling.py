"""Computes the gain for the kept parts of a video."""

from collections.abc import Iterable

from video_automation.plan.loudness import integrated_lufs
from video_automation.plan.source.heard import LOUDNESS_HOP_MS, Hearing
from video_automation.plan.time import frame_at
from video_automation.plan.timeline import Timeline

_BLOCK_MS = 400
_MOST_GAIN_DB = 30.0
"""A higher gain would only amplify noise."""


def gain_db(hearing: Hearing, timeline: Timeline, target_lufs: float) -> float | None:
    """The gain that brings the kept parts to the target, in hundredths of a dB; 0 for silence, None if there is no sound."""
    if not hearing.levels_db:
        return None
    loudness = integrated_lufs(_kept_blocks(hearing, timeline))
    if loudness is None:
        return 0.0
    return round(max(-_MOST_GAIN_DB, min(_MOST_GAIN_DB, target_lufs - loudness)), 2)


def _kept_blocks(hearing: Hearing, timeline: Timeline) -> Iterable[float]:
    """The momentary loudness in LUFS of the blocks whose middle is kept."""
    spans = iter(timeline.spans)
    span = next(spans, None)
    for i, tenths in enumerate(hearing.momentary_lufs, 1):
        middle = frame_at(max(0, i * LOUDNESS_HOP_MS - _BLOCK_MS // 2), timeline.rate)
        while span and span.end <= middle:
            span = next(spans, None)
        if span and span.start <= middle:
            yield tenths / 10
