"""What the probe found out about a file: its picture, its sound, its length."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from video_automation.plan.time import FrameSpan, rounded
from video_automation.plan.timecode import NO_CLOCK, Timecode

Matrix = Literal["bt709", "bt470bg", "smpte170m", "smpte240m", "fcc", "bt2020nc"]
Primaries = Literal["bt709", "bt470bg", "smpte170m", "bt2020", "smpte431", "smpte432"]
"""Both as ffmpeg names them."""
Rotation = Literal[0, 90, 180, 270]
"""Degrees clockwise a player turns a stored picture before it shows it."""


@dataclass(frozen=True, slots=True)
class Combs:
    """Which pictures of a video are woven from two fields of different moments.

    "flagged": those that say so. "none": not even those. "found": all in `spans`, whatever they say. "telecine": two of five,
    as film is put on 60 fields a second; what they say is not believed.
    """

    kind: Literal["flagged", "none", "found", "telecine"] = "flagged"
    top_first: bool = True
    """Whether the upper field is the earlier one where a picture does not say it."""
    spans: tuple[FrameSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A stretch of a video that a player shows with another pixel aspect, or turned otherwise, than the rest."""

    span: FrameSpan
    pixel_aspect: Fraction
    rotation: Rotation
    flipped: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The video stream a player would show.

    `width` and `height` are as stored; `display_width` and `display_height` are what a player shows, after rotation and
    pixel aspect, in even numbers (H.264 4:2:0 needs them even). Where a video changes its shape, all this is of the shape
    shown for longest; whoever decodes it fits the others into that one (`media.upright`).
    """

    stream: int
    codec: str
    width: int
    height: int
    pixel_aspect: Fraction
    rotation: Rotation
    rate: Fraction
    """Frames per second of the grid the whole job works on: the source's own rate, or for a variable one the nearest
    usual rate, at most 60."""
    frames: int
    """How many frames of that grid the source lasts."""
    variable: bool
    interlaced: bool
    """Whether pictures say that they are of two fields."""
    transfer: Literal["sdr", "pq", "hlg"]
    shown: int | None = None
    """How many of these frames there are up to the last picture, which then stands still; None where it is the last frame."""
    matrix: Matrix = "bt709"
    """What makes RGB of its numbers: as it says, or what is usual for its size where it says nothing that can be."""
    primaries: Primaries = "bt709"
    """What red, green and blue it means, in the same way."""
    flipped: bool = False
    """Whether a player mirrors it: the display matrix upside down, after which `rotation` is as the matrix tells it."""
    combs: Combs = Combs()
    others: tuple[Otherwise, ...] = ()
    """Stretches shown otherwise, in order."""
    late_us: int = 0
    """What is added to the time of each picture so that it falls into the frame it is meant for."""

    @property
    def last_shown(self) -> int:
        """The frame the last picture is on."""
        return (self.frames if self.shown is None else self.shown) - 1

    @property
    def display_width(self) -> int:
        """Pixels across, as a player shows it, even."""
        return self._display()[0]

    @property
    def display_height(self) -> int:
        """Pixels down, as a player shows it, even."""
        return self._display()[1]

    def _display(self) -> tuple[int, int]:
        wide = max(2, rounded(self.width * self.pixel_aspect / 2) * 2) if self.pixel_aspect != 1 else self.width // 2 * 2
        high = self.height // 2 * 2
        return (high, wide) if self.rotation in (90, 270) else (wide, high)


@dataclass(frozen=True, slots=True)
class Sound:
    """The audio stream a player would play."""

    stream: int
    codec: str
    sample_rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class Source:
    """A film as it was handed in. The plan names it by `id`, a hash of its content, never by a path."""

    id: str
    name: str
    """The user's own file name: shown to people, never used as a path."""
    container: str
    """The demuxer that reads it, as ffmpeg names it ("mov,mp4,m4a,3gp,3g2,mj2")."""
    duration_ms: int
    picture: Picture
    sound: Sound | None
    start_us: int = 0
    """What the container's clock shows when the film starts; all our times count from there."""
    timecode: Timecode = NO_CLOCK
    """What the camera's clock shows at the first frame."""
    reel: str = ""
    """The camera's reel, card or tape, as the file names it; empty where it does not."""
