"""Chooses the place where the captions of an upright clip hide the least of its faces."""

from collections.abc import Iterator

from video_automation.plan.crop import Framing
from video_automation.plan.params import CaptionPlace
from video_automation.plan.source.seen import Face, Sight
from video_automation.plan.timeline import Timeline

_BANDS: dict[CaptionPlace, tuple[int, int]] = {"low": (610, 770), "high": (140, 300), "middle": (420, 580)}
"""The top and bottom of two lines of captions, in thousandths of the picture's height from the top."""
_EYES, _MOUTH = 30, 90
"""The part of a face's box that captions should not hide, in percent from its top."""
_HIDDEN = 20
"""Percent of the faces that captions may hide before they leave their usual place."""


def caption_place(sight: Sight, timeline: Timeline, framing: Framing) -> CaptionPlace:
    """Low, the usual place, unless faces are there: then the place with the fewest faces, preferring high to middle."""
    faces = list(_heights(sight, timeline, framing))
    hidden = {
        place: sum(max(0, min(bottom, end) - max(top, start)) for top, bottom in faces)
        for place, (start, end) in _BANDS.items()
    }
    if 100 * hidden["low"] <= _HIDDEN * sum(bottom - top for top, bottom in faces):
        return "low"
    return min(_BANDS, key=lambda place: hidden[place])


def _heights(sight: Sight, timeline: Timeline, framing: Framing) -> Iterator[tuple[int, int]]:
    """The top and bottom of each crop's largest face at each sample, in thousandths of the clip's height."""
    for sample in sight.samples:
        frame = timeline.timeline_frame(sample.frame)
        if frame is None:
            continue
        crops = framing.at(frame).crops
        for place, crop in enumerate(crops):
            left, upper = crop.at(frame)
            inside = [face for face in sample.faces if 0 <= _middle(face)[0] - left < crop.width]
            within = [face for face in inside if 0 <= _middle(face)[1] - upper < crop.height]
            if within:
                face = max(within, key=lambda face: face.width * face.height)
                ends = (100 * (face.y - upper) + share * face.height for share in (_EYES, _MOUTH))
                top, bottom = (10 * (100 * crop.height * place + end) // (crop.height * len(crops)) for end in ends)
                yield top, bottom


def _middle(face: Face) -> tuple[int, int]:
    return face.x + face.width // 2, face.y + face.height // 2
