"""The probe's results about a file: its picture, its sound, its length."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from video_automation.plan.source.timecode import NO_CLOCK, Timecode
from video_automation.plan.time import FrameSpan, rounded

Matrix = Literal["bt709", "bt470bg", "smpte170m", "smpte240m", "fcc", "bt2020nc"]
Primaries = Literal["bt709", "bt470bg", "smpte170m", "bt2020", "smpte431", "smpte432"]
"""Primaries and matrix, by ffmpeg's names."""
Rotation = Literal[0, 90, 180, 270]
"""Degrees clockwise by which a player turns a stored picture before it shows it."""
DRAWN_RATE = Fraction(30)
"""Frames per second of a picture that is drawn: cuts fall between frames, and each lasts 1600 samples exactly."""


@dataclass(frozen=True, slots=True)
class Combs:
    """Which pictures of a video are combed: woven from two fields of different moments.

    "flagged": those flagged as interlaced. "none": not even those. "found": all in `spans`, whatever their flags. "telecine":
    two of five, as in film put on 60 fields a second; flags are not believed.
    """

    kind: Literal["flagged", "none", "found", "telecine"] = "flagged"
    top_first: bool = True
    """Whether the upper field comes first in pictures whose flags do not tell."""
    spans: tuple[FrameSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A stretch of a video that a player shows with another pixel aspect or rotation than the rest."""

    span: FrameSpan
    pixel_aspect: Fraction
    rotation: Rotation
    flipped: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The video stream a player would show, or the picture that is drawn for a recording of sound alone.

    `width` and `height` are as stored; `display_width` and `display_height` are what a player shows, after rotation and pixel
    aspect, in even numbers (H.264 4:2:0 needs them even). If a video changes its shape, all this describes the shape shown for
    longest; every decode fits the other shapes into that one (`media.pictures.upright`).
    """

    stream: int | None
    """Its number in the file; None if the file has no picture, so that one is drawn from its sound."""
    codec: str
    width: int
    height: int
    pixel_aspect: Fraction
    rotation: Rotation
    rate: Fraction
    """Frames per second of the grid the whole job works on: the source's own rate, or for a variable one the nearest
    usual rate, at most 60."""
    frames: int
    """The length of the source in frames of that grid."""
    variable: bool
    interlaced: bool
    """Whether pictures are flagged as interlaced."""
    transfer: Literal["sdr", "pq", "hlg"]
    shown: int | None = None
    """How many of these frames there are up to the last picture, which then stands still; None if it is the last frame."""
    matrix: Matrix = "bt709"
    """The matrix that converts its values to RGB: as tagged, or the usual one for its size if the tag is missing or invalid."""
    primaries: Primaries = "bt709"
    """The primaries of its red, green and blue, found in the same way."""
    gop: int = 1
    """The longest distance, in frames, from one key frame to the next."""
    lead: int = 30
    """How many frames before a frame decoding has to begin for that frame to be whole."""
    rate_assumed: bool = False
    """Whether the file tells neither times nor a rate, so that 25 pictures a second were assumed."""
    flipped: bool = False
    """Whether a player mirrors it: the display matrix flips it vertically, and then rotates it by `rotation`."""
    combs: Combs = Combs()
    others: tuple[Otherwise, ...] = ()
    """Stretches shown differently, in order."""
    late_us: int = 0
    """Microseconds added to the time of each picture so that it falls into its intended frame."""

    @property
    def drawn(self) -> bool:
        """Whether the file has no picture, so that one is drawn from its sound."""
        return self.stream is None

    @property
    def last_shown(self) -> int:
        """The frame of the last picture."""
        return (self.frames if self.shown is None else self.shown) - 1

    @property
    def reach(self) -> int:
        """The most frames that have to be decoded before a wanted one."""
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


def picture_of_sound(length_s: Fraction) -> Picture:
    """The picture that is drawn for a recording of sound alone, at least one frame: 1280 x 720, 30 frames a second."""
    frames = max(1, rounded(length_s * DRAWN_RATE))
    return Picture(
        stream=None,
        codec="",
        width=1280,
        height=720,
        pixel_aspect=Fraction(1),
        rotation=0,
        rate=DRAWN_RATE,
        frames=frames,
        variable=False,
        interlaced=False,
        transfer="sdr",
        lead=0,
    )


@dataclass(frozen=True, slots=True)
class PictureTrack:
    """A picture track of the file; `width` and `height` are as tagged, `moves` tells whether its content changes."""

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
    """The loudspeaker of each channel, by ffmpeg's name of the layout ("stereo", "5.1"); empty if the file does not say."""
    title: str = ""
    language: str = ""
    """The tag in the file ("eng"); empty if it has none."""
    flags: tuple[str, ...] = ()
    """The file's flags for it, in ffmpeg's words ("default", "comment", "visual_impaired")."""
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Mixed:
    """How one track is mixed.

    `left` and `right` are the shares of each of its channels in either side, in thousandths; channels past their end are
    silent. If both are empty, or the number of channels changes midway, a layout is mixed down as usual; without a layout, two
    channels are left and right, and more are heard equally in both.
    """

    stream: int
    left: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of a file: all its sound tracks, and the mix of those in use, at least one."""

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
    """The place, on the video's clock."""
    by_ms: int
    """How far the clock leaps, backwards if negative; or how long the pause is, if it stays."""
    closed: bool
    """Whether the leap or pause was removed, so that the recording continues directly."""


@dataclass(frozen=True, slots=True)
class Source:
    """A video as it was handed in. The plan names it by `id`, a hash of its content, never by a path."""

    id: str
    name: str
    """The user's own file name: shown to people, never used as a path."""
    container: str
    """FFmpeg's name of the demuxer that reads it ("mov,mp4,m4a,3gp,3g2,mj2")."""
    duration_ms: int
    picture: Picture
    sound: Sound | None
    start_us: int = 0
    """The container's clock when the video starts; all our times count from there."""
    timecode: Timecode = NO_CLOCK
    """The camera's timecode at the first frame."""
    reel: str = ""
    """The camera's reel, card or tape, as the file names it; empty if it names none."""
    pictures: tuple[PictureTrack, ...] = ()
    """All picture tracks, without covers and thumbnails."""
    breaks: tuple[Break, ...] = ()
    mended: bool = False
    """Whether all this describes a copy whose clock was repaired or added, not the recording itself."""
    cover: int | None = None
    """The number of the cover in a file of sound alone, which is shown above what is drawn; None if there is none."""
