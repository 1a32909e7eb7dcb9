"""Makes sights of people with known places, in a video of 1280 x 720 at 30 frames a second."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scenes import picture

from video_automation.plan.crop import CropPath
from video_automation.plan.source.recording import Picture
from video_automation.plan.source.seen import Face, Sample, Sight
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

RATE = Fraction(30)
STEP = 6
WIDE = replace(picture(60, RATE), width=1280, height=720)

Person = Callable[[int], Face | None]
"""Gives the face of a person at a frame; None while it is not seen."""


def face(x: int, y: int = 300, *, size: int = 100, confidence: int = 92, mouth: int = 40) -> Face:
    """A face with its middle at this place."""
    return Face(x - size // 2, y - size // 2, size, size, confidence, mouth)


def sample(frame: int, *faces: Face, sharpness: int = 500, change: int = 50, light: int = 120) -> Sample:
    return Sample(frame, faces, sharpness, change, (light,) * 12)


def sight(*people: Person, frames: int = 600, start: int = 0, cuts: tuple[int, ...] = (), step: int = STEP) -> Sight:
    """The sight of these people."""
    places = range(start, start + frames, step)
    seen = [(frame, [found for person in people if (found := person(frame))]) for frame in places]
    return Sight(FrameSpan(start, start + frames), cuts, tuple(sample(frame, *faces) for frame, faces in seen))


def whole(seen: Sight) -> Timeline:
    return Timeline("video", RATE, (seen.span,))


def portrait(shown: Picture) -> Picture:
    return replace(shown, width=shown.height, height=shown.width)


def steps(path: CropPath, frames: int) -> list[int]:
    """How many pixels the crop moves before each frame but the first."""
    places = [path.at(frame) for frame in range(frames)]
    return [max(abs(b[0] - a[0]), abs(b[1] - a[1])) for a, b in pairwise(places)]
