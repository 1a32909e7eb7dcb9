"""Frame-accurate decoding of a span: the seek point, and the `fps` and `trim` filters that put frames on the plan's grid."""

from fractions import Fraction
from math import gcd

from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.time import FrameSpan, seconds

_NEVER_SEEK_BEFORE_S = 5
"""AVI cannot seek to its first half second and then misses frames; decoding that little costs nothing."""


def seek(source: Source, first: int) -> str | None:
    """The seek point for a frame, in seconds: early enough that the frame is decoded from a key frame; None to start at 0.

    It lies a quarter of a frame after the frame's time: with a variable rate, the picture of the key frame in this place may
    come that much later.
    """
    picture = source.picture
    quarters = 4 * (min(first, picture.last_shown) - picture.lead) + 1
    if quarters < 4 * _NEVER_SEEK_BEFORE_S * picture.rate:
        return None
    return seconds(quarters, picture.rate * 4)


def on_grid(picture: Picture, stretch: FrameSpan) -> tuple[str, ...]:
    """Filters after which a frame's time is its number in the source; they end with the span, wherever decoding started."""
    rate = picture.rate
    origin = _origin(min(stretch.start, picture.last_shown), rate)
    late = f"setpts='round(PTS+{picture.late_us}/1000000/TB)'" if picture.late_us else ""
    return (
        *filter(None, (late,)),
        # `pass`: the last picture gets its frame, however short its container says it is shown
        f"fps={rate}:start_time={seconds(origin, rate)}:round=near:eof_action=pass",
        # a picture that ends early stands still; `trim` ends this padding
        f"tpad=stop=-1:stop_mode=clone,trim=end_pts={stretch.end}",
    )


def _origin(first: int, rate: Fraction) -> int:
    """The last frame up to `first` whose time is exact in whole milliseconds (in whole seconds for whole rates).

    `fps` rounds its start to the source's time base; from any other start it would place frames of a variable rate differently
    from a decode of the whole video.
    """
    period = rate.numerator // (gcd(rate.numerator, 1000 * rate.denominator) if rate.denominator > 1 else 1)
    return first - first % period
