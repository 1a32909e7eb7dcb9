"""What the child that reads a file tells the parent that asked."""

from dataclasses import dataclass
from typing import Literal

from video_automation.plan.source.recording import Break, Picture, PictureTrack, Sound
from video_automation.plan.source.timecode import Timecode

RefusalReason = Literal[
    "not_a_film",
    "no_picture",
    "unsupported_codec",
    "unsupported_sound",
    "unsupported_colours",
    "encrypted",
    "unreadable",
    "too_many_pixels",
    "too_many_streams",
    "too_many_pictures",
    "needs_mending",
    "untimed",
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file cannot be used; `detail` is the name of a codec or what the decoder said, if that helps."""

    problem: RefusalReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Frames that a file calls key frames, and that may be none.

    `known` tells whether all places where decoding can begin are among its key frames, if only some time after them.
    """

    keys: tuple[int, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What was found in a file: a `Source`; and how long its header says it is, 0 where it does not say."""

    container: str
    duration_ms: int
    picture: Picture
    sound: Sound | None
    start_us: int
    claimed_ms: int
    timecode: Timecode
    reel: str
    pictures: tuple[PictureTrack, ...] = ()
    pauses: tuple[Break, ...] = ()
    doubt: Doubt | None = None
