"""Derives the frame grid a video is worked on from the times of its pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from video_automation.plan.time import rounded

USUAL_RATES = tuple(
    Fraction(rate) for rate in ("15", "24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60")
)
"""The rates videos are made at, rising; a container with coarse timestamps most likely means one of these."""
SLOWEST, FASTEST = USUAL_RATES[0], USUAL_RATES[-1]
"""The limits of a grid. A slower video has each picture repeated: cuts fall between frames, and frames above 33 ms would cut
into words. Of a faster video only every second or third picture is used."""
_OWN_SLOT = Fraction(1, 4)
"""How far, in frames, a picture of a constant rate may be from its place. Telecined video on 60 fields a second, whose pictures
last two and three fields by turns, has 1/10."""
_UNUSUAL_OFF = Fraction(1, 8)
"""The same for an unusual rate that the file does not claim: webcam pictures can come that regularly by chance."""
_ODD_ENDS = 2
"""First and last pictures that may be farther from their place, if each still has a frame of its own."""
_NEAR = Fraction(1, 200)
"""How far the average rate may be from the intended one, as a share of it."""
_MOST_DENOMINATOR = 1001


_BARE_RATE = Fraction(25)
"""The rate assumed for a stream that has neither times nor a rate, as in FFmpeg."""
_MOST_TOLD = 480


@dataclass(frozen=True, slots=True)
class Grid:
    """The frames per second to work at, whether the pictures have a variable rate, and how many seconds the last one is shown.

    `late` is added to each time, in seconds, so that pictures of a constant rate that fall between two frames are not rounded
    by chance.
    """

    rate: Fraction
    variable: bool
    last: Fraction
    late: Fraction = Fraction(0)


def grid(
    times: Sequence[int],
    time_base: Fraction,
    declared: Fraction | None,
    *,
    interlaced: bool = False,
    start: Fraction | None = None,
) -> Grid:
    """The grid for pictures at `times` (rising, no duplicates, at least one, in units of `time_base` seconds).

    `declared` is the rate the file claims; it counts only if the times do not decide. `start` is the time of frame 0 in seconds
    on the same clock; None means the time of the first picture.
    """
    if len(times) < 2:
        rate = declared if declared and SLOWEST <= declared <= FASTEST else Fraction(25)
        return Grid(rate, variable=False, last=1 / rate)
    average = (len(times) - 1) / ((times[-1] - times[0]) * time_base)
    constant = _constant_rate(times, time_base, average, declared)
    if constant is None:
        return Grid(_covering(times, time_base, average, declared), variable=True, last=_usual_step(times, time_base))
    if interlaced and constant > 47:  # H.264 may hold a frame as two packets, one for each field
        constant /= 2
    rate = _workable(constant)
    late = _late(times, time_base, rate, start) if start is not None and rate == constant else Fraction(0)
    return Grid(rate, variable=False, last=1 / constant, late=late)


def bare_rate(told: Fraction | None) -> Fraction:
    """The pictures per second of a bare stream: the rate it tells, if that is plausible."""
    return told if told and 1 <= told <= _MOST_TOLD else _BARE_RATE


def _constant_rate(times: Sequence[int], time_base: Fraction, average: Fraction, declared: Fraction | None) -> Fraction | None:
    """The rate at which each picture has a frame of its own and no frame is empty; usual and declared rates come first."""
    near = average * max(_NEAR, Fraction(2, times[-1] - times[0]))
    claimed = [declared] if declared and abs(declared - average) <= near else []
    if any(not _fits(times, time_base, rate) and not _beside_frames(times, time_base, rate) for rate in claimed):
        return None  # each picture is on a frame of this rate, and some are missing: no other rate fits
    off = {rate: _deviation(times, time_base, rate) for rate in USUAL_RATES if abs(rate - average) <= near}
    usual = _likeliest(off, time_base, declared)
    if rate := next((rate for rate in (*usual, *claimed) if rate and _fits(times, time_base, rate)), None):
        return rate
    own = average.limit_denominator(_MOST_DENOMINATOR)
    return own if own and _deviation(times, time_base, own) <= _UNUSUAL_OFF else None


def _likeliest(off: dict[Fraction, Fraction], time_base: Fraction, declared: Fraction | None) -> list[Fraction]:
    """Rates by how far times are off them, in frames; the declared one first if it differs from the best only by rounding."""
    best = min(off.values(), default=Fraction(0))
    return sorted(off, key=lambda rate: (off[rate] > best + time_base * rate, rate != declared, off[rate]))


def _fits(times: Sequence[int], time_base: Fraction, rate: Fraction) -> bool:
    low, high = _places(times, time_base, rate)
    return _deviation(times, time_base, rate) <= _OWN_SLOT and high - low < 1


def _deviation(times: Sequence[int], time_base: Fraction, rate: Fraction) -> Fraction:
    """How far pictures are from their places at a rate, in frames, without the odd ones at the ends."""
    low, high = _places(times, time_base, rate, odd=_ODD_ENDS if len(times) > 10 * _ODD_ENDS else 0)
    return (high - low) / 2


def _places(times: Sequence[int], time_base: Fraction, rate: Fraction, odd: int = 0) -> tuple[Fraction, Fraction]:
    """The least and the most delay of pictures against their places counted from the first, without `odd` ones at the ends."""
    per_tick = time_base * rate
    up, down, first = per_tick.numerator, per_tick.denominator, times[0]
    places = [(times[i] - first) * up - i * down for i in range(odd, len(times) - odd)]
    return Fraction(min(places), down), Fraction(max(places), down)


def _late(times: Sequence[int], time_base: Fraction, rate: Fraction, start: Fraction) -> Fraction:
    """Seconds to add to all times so that they are rounded to frames alike; 0 if they already are."""
    first = (times[0] * time_base - start) * rate
    low, high = (first + place for place in _places(times, time_base, rate))
    if rounded(low) == rounded(high):
        return Fraction(0)
    middle = (low + high) / 2
    return (rounded(middle) - middle) / rate


def _workable(rate: Fraction) -> Fraction:
    """A rate between `SLOWEST` and `FASTEST` on whose frames the pictures of a constant rate fall, or every n-th of them."""
    if rate < SLOWEST:
        return rate * -(-SLOWEST // rate)
    return rate / -(-rate // FASTEST)


def _covering(times: Sequence[int], time_base: Fraction, average: Fraction, declared: Fraction | None) -> Fraction:
    """The usual rate for pictures of a variable rate.

    This is the rate of which only some pictures are missing, as in screen recordings; else one with a frame for each picture at
    the average and at the most common distance.
    """
    rates = [rate for rate in USUAL_RATES if rate >= average * (1 - _NEAR)]
    off = {rate: _beside_frames(times, time_base, rate) for rate in rates}
    whole = next(iter(_likeliest(off, time_base, declared)), FASTEST)
    if off.get(whole, 1) <= _OWN_SLOT:
        return whole
    step = _usual_step(times, time_base)
    needed = average if average >= 1 / (step + time_base) else min(1 / step, FASTEST)
    closest = min(USUAL_RATES, key=lambda rate: abs(rate - needed))
    return (
        closest
        if abs(closest - needed) <= 4 * _NEAR * needed
        else next((rate for rate in USUAL_RATES if rate >= needed), FASTEST)
    )


def _beside_frames(times: Sequence[int], time_base: Fraction, rate: Fraction) -> Fraction:
    """How far the worst picture is from a frame of this rate, or the nearest two are from one frame apart, in frames."""
    per_tick = time_base * rate
    up, down, first = per_tick.numerator, per_tick.denominator, times[0]
    shortest = min(after - before for before, after in pairwise(times)) * up
    places = ((time - first) * up % down for time in times)
    return Fraction(max(abs(shortest - down), *(min(place, down - place) for place in places)), down)


def _usual_step(times: Sequence[int], time_base: Fraction) -> Fraction:
    """The median distance of two pictures, in seconds, at most that of the slowest grid."""
    steps = sorted(after - before for before, after in pairwise(times))
    return min(steps[len(steps) // 2] * time_base, 1 / SLOWEST)
