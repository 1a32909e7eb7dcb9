"""Chooses frames for stills: sharp, well lit, with a face that keeps still, and each different from the others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from video_automation.plan.crop import Framing
from video_automation.plan.source.heard import LEVEL_HOP_MS, Hearing
from video_automation.plan.source.recording import Picture
from video_automation.plan.source.seen import SURE_FACE, Face, Sample, Sight
from video_automation.plan.still import Box, Still
from video_automation.plan.time import FrameSpan, ms_at
from video_automation.plan.timeline import Timeline

_DARK, _BRIGHT = 60, 190
"""The mean brightness of a well exposed picture lies between these."""
_SILENCE_DB = -120
_ALIKE = 20
"""Pictures whose fields differ less than this on average look the same."""


def thumbnails(sights: Sequence[Sight], picture: Picture, *, count: int, name: Callable[[int], str]) -> tuple[Still, ...]:
    """The best frames of all samples, the best first; fewer than `count` only if there are fewer samples.

    `name` returns the file name for a rank, counted from 1.
    """
    samples = {sample.frame: sample for sight in sights for sample in sight.samples}
    left = [samples[frame] for frame in sorted(samples)]
    sharpest = max((sample.sharpness for sample in left), default=0)
    chosen: list[Sample] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda sample: _score(sample, sharpest, picture) - _likeness(sample, chosen, samples))
        chosen.append(best)
        left.remove(best)
    size = (picture.display_width, picture.display_height)
    return tuple(Still(name(i), sample.frame, *size) for i, sample in enumerate(chosen, 1))


def cover(sight: Sight, timeline: Timeline, framing: Framing, picture: Picture, blank: Still) -> Still:
    """The cover of a clip, framed as in the clip; preferably from its beginning. `blank` has its name and size."""
    kept = [(frame, sample) for sample in sight.samples if (frame := timeline.timeline_frame(sample.frame)) is not None]
    sharpest = max((sample.sharpness for _, sample in kept), default=0)

    def worth(place: tuple[int, Sample]) -> int:
        return _score(place[1], sharpest, picture) - 100 * place[0] // timeline.frames

    frame = max(kept, key=worth)[0] if kept else 0
    return framed(timeline.source_frame(frame), timeline, framing, blank)


def framed(frame: int, timeline: Timeline, framing: Framing, blank: Still) -> Still:
    """A frame of the source, framed as in a clip; one that is cut out of the clip, as the next frame that is not."""
    at = min(timeline.kept_before(frame), timeline.frames - 1)
    return replace(blank, frame=frame, boxes=tuple(Box(*crop.at(at), crop.width, crop.height) for crop in framing.at(at).crops))


def loudest_frame(hearing: Hearing, spans: Iterable[FrameSpan], rate: Fraction) -> int:
    """The frame of these spans at which a recording is loudest: there a drawn picture has its highest bars."""
    levels_db = hearing.levels_db

    def level_db(frame: int) -> int:
        place = ms_at(frame, rate) // LEVEL_HOP_MS
        return levels_db[place] if place < len(levels_db) else _SILENCE_DB

    return max((frame for span in spans for frame in range(span.start, span.end)), key=level_db)


def _score(sample: Sample, sharpest: int, picture: Picture) -> int:
    """The quality of a sample as a still, in points: a face counts most, then sharpness, light and stillness."""
    light = sum(sample.light) // len(sample.light)
    exposure = 100 - 3 * max(0, _DARK - light, light - _BRIGHT)
    sharpness = 200 * sample.sharpness // max(1, sharpest)
    return _face_score(sample.faces, picture) + sharpness + exposure - min(150, sample.change // 2)


def _face_score(faces: Sequence[Face], picture: Picture) -> int:
    sure = [face for face in faces if face.confidence >= SURE_FACE]
    if not sure:
        return 0
    face = max(sure, key=lambda face: face.width * face.height)
    size = min(100, 400 * face.height // picture.display_height)
    return 200 + 5 * (face.confidence - SURE_FACE) + size - min(60, face.mouth // 2)


def _likeness(sample: Sample, chosen: Sequence[Sample], samples: dict[int, Sample]) -> int:
    """How much a sample looks like a chosen one, or is near to it in time, in points."""
    reach = max(1, (max(samples) - min(samples)) // (2 * len(chosen) + 2)) if chosen else 1
    near = max((300 * (reach - abs(sample.frame - other.frame)) // reach for other in chosen), default=0)
    alike = max((150 * (_ALIKE - _difference(sample, other)) // _ALIKE for other in chosen), default=0)
    same = 300 * any(_is_same(sample, other) for other in chosen)
    return max(0, near) + max(0, alike) + same


def _is_same(a: Sample, b: Sample) -> bool:
    """Whether two samples show the same still slide."""
    return a.light == b.light and 100 * abs(a.sharpness - b.sharpness) <= min(a.sharpness, b.sharpness)


def _difference(a: Sample, b: Sample) -> int:
    return sum(abs(x - y) for x, y in zip(a.light, b.light, strict=True)) // len(a.light)
