"""What analysis observed in a source's picture: the values editing decides from, on the source's own frames."""

from dataclasses import dataclass

from video_automation.errors import PlanError
from video_automation.plan.time import FrameSpan

SURE_FACE = 70
"""Percent of confidence from which on a face is surely one: below are patterns, faces turned away or with closed eyes."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face and the box around it, in pixels of the picture as it is displayed; it may reach over the picture's edge."""

    x: int
    y: int
    width: int
    height: int
    confidence: int
    """The detector's confidence in percent."""
    mouth: int
    """How much more the mouth moved than the brow since the last sample, in hundredths of a level of 256; 0 or more."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One frame that was analysed closely."""

    frame: int
    faces: tuple[Face, ...]
    """From left to right."""
    sharpness: int
    """Variance of the Laplacian of a small copy; only for comparing frames of one source."""
    change: int
    """Mean difference from the frame before, in hundredths of a level of 256."""
    light: tuple[int, ...]
    """Mean brightness of 4 x 3 fields, row by row, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Observations of `span`: the frames at which another scene begins, and samples every fifth of a second; both rising."""

    span: FrameSpan
    cuts: tuple[int, ...]
    samples: tuple[Sample, ...]

    def __post_init__(self) -> None:
        frames = (*self.cuts, *(sample.frame for sample in self.samples))
        if any(not self.span.start <= frame < self.span.end for frame in frames):
            raise PlanError("what is seen in a stretch lies within it")
