"""Decodes a stretch of picture so that its frames are those of the plan: where to seek, and the grid frames are put on."""

from fractions import Fraction
from math import gcd

from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.time import FrameSpan, seconds

_NEVER_SEEK_BEFORE_S = 5
"""AVI refuses to seek to its first half second and then misses frames; decoding that little costs nothing."""


def seek(source: Source, first: int) -> str | None:
    """Where decoding begins for a frame, in seconds: some way before what it shows, so that it is decoded from a key frame on.

    A quarter of a frame after the moment it stands for, since in a source of variable rate the key frame that fills its
    place may come that much later.
    """
    picture = source.picture
    quarters = 4 * (min(first, picture.last_shown) - picture.lead) + 1
    if quarters < 4 * _NEVER_SEEK_BEFORE_S * picture.rate:
        return None
    return seconds(quarters, picture.rate * 4)


def on_grid(picture: Picture, stretch: FrameSpan) -> tuple[str, ...]:
    """Filters from which on a frame's time is its number in the source; they end with the stretch, whatever its start."""
    rate = picture.rate
    origin = _origin(min(stretch.start, picture.last_shown), rate)
    late = f"setpts='round(PTS+{picture.late_us}/1000000/TB)'" if picture.late_us else ""
    return (
        *filter(None, (late,)),
        # `pass`: the last picture has its frame, however short its container says it is shown
        f"fps={rate}:start_time={seconds(origin, rate)}:round=near:eof_action=pass",
        # a picture that ends early stands still; `trim` ends what otherwise never would
        f"tpad=stop=-1:stop_mode=clone,trim=end_pts={stretch.end}",
    )


def _origin(first: int, rate: Fraction) -> int:
    """The last frame up to the first one whose time is exact in whole milliseconds (whole seconds for whole rates).

    `fps` rounds its start to the source's own time base; from any other start it would place frames of a variable rate
    otherwise than in a decode of the whole video.
    """
    period = rate.numerator // (gcd(rate.numerator, 1000 * rate.denominator) if rate.denominator > 1 else 1)
    return first - first % period
