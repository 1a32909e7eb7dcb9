"""What the child that reads a file reports to its parent."""

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
    """Why a file cannot be used; `detail` is the name of a codec or the decoder's message, if that helps."""

    problem: RefusalReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Frames that a file calls key frames, and that may not be.

    `known` is true if every place where decoding can begin is among them, even if only some time after a key frame.
    """

    keys: tuple[int, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """The content of a file as a `Source`, and the length its header claims, 0 if it claims none."""

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
    cover: int | None = None
