"""What the probe found out about a file: its picture, its sound, its length."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from video_automation.plan.source.timecode import NO_CLOCK, Timecode
from video_automation.plan.time import FrameSpan, rounded

Matrix = Literal["bt709", "bt470bg", "smpte170m", "smpte240m", "fcc", "bt2020nc"]
Primaries = Literal["bt709", "bt470bg", "smpte170m", "bt2020", "smpte431", "smpte432"]
"""Both as ffmpeg names them."""
Rotation = Literal[0, 90, 180, 270]
"""Degrees clockwise a player turns a stored picture before it shows it."""


@dataclass(frozen=True, slots=True)
class Combs:
    """Which pictures of a video are woven from two fields of different moments.

    "flagged": those that say so. "none": not even those. "found": all in `spans`, whatever they say. "telecine": two of five,
    as video is put on 60 fields a second; what they say is not believed.
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
    shown for longest; whoever decodes it fits the others into that one (`media.pictures.upright`).
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
    gop: int = 1
    """The longest way, in frames, from one key frame to the next."""
    lead: int = 30
    """How many frames before one decoding has to begin for that one to be whole."""
    rate_assumed: bool = False
    """Whether the file tells neither times nor a rate, so that 25 pictures a second were taken."""
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
    def reach(self) -> int:
        """How many frames may have to be decoded before one that is wanted."""
        return max(self.gop, self.lead)

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
class PictureTrack:
    """A picture track of the file; `width` and `height` are as it says, `moves` whether what it shows changes."""

    stream: int
    codec: str
    width: int
    height: int
    title: str = ""
    moves: bool = True


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """A sound track of the file."""

    stream: int
    codec: str
    sample_rate: int
    channels: int
    layout: str = ""
    """Which loudspeaker each channel is for, as ffmpeg names it ("stereo", "5.1"); empty where the file does not say."""
    title: str = ""
    language: str = ""
    """As the file has it ("eng"); empty where it does not say."""
    flags: tuple[str, ...] = ()
    """What the file marks it as, in ffmpeg's words ("default", "comment", "visual_impaired")."""
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Mixed:
    """How one track is heard.

    `left` and `right` are what each of its channels gives to either side, in thousandths; channels past their end give
    nothing. Where both are empty, or the number of channels changes midway, a layout is mixed down as usual, two channels
    without one are left and right, and more are heard equally in both.
    """

    stream: int
    left: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Sound:
    """What is heard of a file: all its sound tracks, and the mix of those that are used, at least one."""

    tracks: tuple[SoundTrack, ...]
    mix: tuple[Mixed, ...]

    @property
    def main(self) -> SoundTrack:
        """The first track of the mix."""
        return next(track for track in self.tracks if track.stream == self.mix[0].stream)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a recording's clock leaps, or where there is neither picture nor sound for a while."""

    at_ms: int
    """Where that is, as all our times count;"""
    by_ms: int
    """by how much the clock leaps, backwards if less than 0; how long there is nothing, where that stays."""
    closed: bool
    """Whether what follows was put right after what is before."""


@dataclass(frozen=True, slots=True)
class Source:
    """A video as it was handed in. The plan names it by `id`, a hash of its content, never by a path."""

    id: str
    name: str
    """The user's own file name: shown to people, never used as a path."""
    container: str
    """The demuxer that reads it, as ffmpeg names it ("mov,mp4,m4a,3gp,3g2,mj2")."""
    duration_ms: int
    picture: Picture
    sound: Sound | None
    start_us: int = 0
    """What the container's clock shows when the video starts; all our times count from there."""
    timecode: Timecode = NO_CLOCK
    """What the camera's clock shows at the first frame."""
    reel: str = ""
    """The camera's reel, card or tape, as the file names it; empty where it does not."""
    pictures: tuple[PictureTrack, ...] = ()
    """All picture tracks there are, without covers and thumbnails."""
    breaks: tuple[Break, ...] = ()
    mended: bool = False
    """Whether all this is of a copy whose clock was put right, or put in, not of the recording itself."""
