"""The box of the picture that a video shows, and how it moves."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from video_automation.errors import PlanError
from video_automation.plan.choices import LAYOUTS, DecidedLayoutName


@dataclass(frozen=True, slots=True)
class CropKey:
    """The upper left corner of a box at a frame of the timeline: even pixels of the displayed picture."""

    frame: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class CropPath:
    """A box of one size within the displayed picture, in even numbers, from the frame of its first key on; its last key holds.

    Between two keys it moves from one place to the other by a smoothstep (slow, fast, slow), in whole pixels. It stands still
    between two keys at one place, and jumps between two keys on neighbouring frames.
    """

    width: int
    height: int
    keys: tuple[CropKey, ...]

    def __post_init__(self) -> None:
        if self.width < 2 or self.height < 2 or self.width % 2 or self.height % 2:
            raise PlanError(f"a crop has an even size: {self.width} x {self.height}")
        if not self.keys:
            raise PlanError("a crop has a place")
        if any(a.frame >= b.frame for a, b in pairwise(self.keys)):
            raise PlanError("the keys of a crop are in order")
        if any(key.frame < 0 or key.x < 0 or key.y < 0 or key.x % 2 or key.y % 2 for key in self.keys):
            raise PlanError("a crop is at even places inside the picture")

    def inside(self, width: int, height: int) -> bool:
        """Whether it stays inside a picture of this size."""
        return all(key.x + self.width <= width and key.y + self.height <= height for key in self.keys)

    def at(self, frame: int) -> tuple[int, int]:
        """Its upper left corner at a frame of the timeline."""
        i = bisect_right(self.keys, frame, key=lambda key: key.frame) - 1
        if i < 0:
            raise PlanError(f"a crop has no frame {frame}")
        before, after = self.keys[i], self.keys[min(i + 1, len(self.keys) - 1)]
        done, length = frame - before.frame, max(1, after.frame - before.frame)
        share = Fraction(done * done * (3 * length - 2 * done), length**3)
        # halves are rounded to even numbers, as ffmpeg does
        return round(before.x + share * (after.x - before.x)), round(before.y + share * (after.y - before.y))


@dataclass(frozen=True, slots=True)
class FramedSpan:
    """How a displayed picture fills a video of another shape, from the frame `start` of the timeline on.

    "crop": the one box of `crops`. "stack": its two boxes, of one size, one below the other. "fit": the whole picture over a
    blurred copy of itself, and no boxes.
    """

    layout: DecidedLayoutName
    crops: tuple[CropPath, ...] = ()
    """Their first keys are at `start`."""
    start: int = 0

    def __post_init__(self) -> None:
        if len(self.crops) != LAYOUTS[self.layout].boxes or len({(crop.width, crop.height) for crop in self.crops}) > 1:
            raise PlanError(f"no {self.layout} of {len(self.crops)} boxes")
        if any(crop.keys[0].frame != self.start for crop in self.crops):
            raise PlanError(f"the crops of a layout begin with it, at frame {self.start}")


@dataclass(frozen=True, slots=True)
class Framing:
    """How a displayed picture fills a video of another shape: spans in order, each until the next one, from frame 0 on."""

    spans: tuple[FramedSpan, ...]

    def __post_init__(self) -> None:
        if not self.spans or self.spans[0].start != 0:
            raise PlanError("a video is framed from frame 0 on")
        if any(a.start >= b.start for a, b in pairwise(self.spans)):
            raise PlanError("framed spans are in order")

    def at(self, frame: int) -> FramedSpan:
        """The span that a frame of the timeline is in."""
        return self.spans[bisect_right(self.spans, frame, key=lambda span: span.start) - 1]
