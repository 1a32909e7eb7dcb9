"""The frame grid a video is worked on, from the times of its pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from video_automation.plan.time import rounded

USUAL_RATES = tuple(
    Fraction(rate) for rate in ("15", "24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60")
)
"""The rates videos are made at, rising; what a container with coarse timestamps most likely means."""
SLOWEST, FASTEST = USUAL_RATES[0], USUAL_RATES[-1]
"""A slower video gets each picture several times: cuts fall between frames, and above 33 ms they would touch words. A faster
one gives every second or third picture only."""
_OWN_SLOT = Fraction(1, 4)
"""How far, in frames, a picture of a constant rate may be from its place. Video on 60 fields a second, which shows pictures for
two and three fields by turns, has 1/10."""
_UNUSUAL_OFF = Fraction(1, 8)
"""The same of a rate that nobody uses and the file does not claim: pictures of a webcam come about so regularly by chance."""
_ODD_ENDS = 2
"""First and last pictures that may be farther from their place, if they still have a frame of their own."""
_NEAR = Fraction(1, 200)
"""How far the average may be from a rate that is meant, as a share of it."""
_MOST_DENOMINATOR = 1001


_BARE_RATE = Fraction(25)
"""What is taken for the rate of a stream that has neither times nor a rate, as FFmpeg does."""
_MOST_TOLD = 480


@dataclass(frozen=True, slots=True)
class Grid:
    """Frames per second to work at; whether the pictures come at a variable rate; seconds the last one is shown.

    `late` are seconds to add to each time so that pictures of a constant rate are not shared out by chance where they fall
    between two frames.
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
    """The grid for pictures at `times` (rising, none twice, at least one, in units of `time_base` seconds).

    `declared` is the rate the file claims; it decides only where the times do not. `start` is the second on the same clock at
    which frame 0 begins, that of the first picture if it is None.
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
    """How many pictures of a bare stream are shown in a second: as it tells, if that can be."""
    return told if told and 1 <= told <= _MOST_TOLD else _BARE_RATE


def _constant_rate(times: Sequence[int], time_base: Fraction, average: Fraction, declared: Fraction | None) -> Fraction | None:
    """The rate at which each picture falls into a frame of its own, none left out; usual ones and the declared one first."""
    near = average * max(_NEAR, Fraction(2, times[-1] - times[0]))
    claimed = [declared] if declared and abs(declared - average) <= near else []
    if any(not _fits(times, time_base, rate) and not _beside_frames(times, time_base, rate) for rate in claimed):
        return None  # each is on a frame of it, and some were left out: that is no other rate
    off = {rate: _deviation(times, time_base, rate) for rate in USUAL_RATES if abs(rate - average) <= near}
    usual = _likeliest(off, time_base, declared)
    if rate := next((rate for rate in (*usual, *claimed) if rate and _fits(times, time_base, rate)), None):
        return rate
    own = average.limit_denominator(_MOST_DENOMINATOR)
    return own if own and _deviation(times, time_base, own) <= _UNUSUAL_OFF else None


def _likeliest(off: dict[Fraction, Fraction], time_base: Fraction, declared: Fraction | None) -> list[Fraction]:
    """Rates by how far times are off them, in frames; the declared one first if only roundings tell it from the best."""
    best = min(off.values(), default=Fraction(0))
    return sorted(off, key=lambda rate: (off[rate] > best + time_base * rate, rate != declared, off[rate]))


def _fits(times: Sequence[int], time_base: Fraction, rate: Fraction) -> bool:
    low, high = _places(times, time_base, rate)
    return _deviation(times, time_base, rate) <= _OWN_SLOT and high - low < 1


def _deviation(times: Sequence[int], time_base: Fraction, rate: Fraction) -> Fraction:
    """How far pictures are from their places at a rate, in frames, but for the odd ones at the ends."""
    low, high = _places(times, time_base, rate, odd=_ODD_ENDS if len(times) > 10 * _ODD_ENDS else 0)
    return (high - low) / 2


def _places(times: Sequence[int], time_base: Fraction, rate: Fraction, odd: int = 0) -> tuple[Fraction, Fraction]:
    """The least and the most that pictures, without `odd` ones at the ends, are after their places from the first one on."""
    per_tick = time_base * rate
    up, down, first = per_tick.numerator, per_tick.denominator, times[0]
    places = [(times[i] - first) * up - i * down for i in range(odd, len(times) - odd)]
    return Fraction(min(places), down), Fraction(max(places), down)


def _late(times: Sequence[int], time_base: Fraction, rate: Fraction, start: Fraction) -> Fraction:
    """What to add to times, in seconds, so that all pictures are rounded to frames alike: nothing where they are."""
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
    """The usual rate for pictures of a variable one.

    One of which only some pictures were left out, as screen recorders do; else one with a frame for the pictures on average
    and at their most common distance.
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
    """How far the worst picture is from a frame of this rate, or the nearest two from being one frame apart, in frames."""
    per_tick = time_base * rate
    up, down, first = per_tick.numerator, per_tick.denominator, times[0]
    shortest = min(after - before for before, after in pairwise(times)) * up
    places = ((time - first) * up % down for time in times)
    return Fraction(max(abs(shortest - down), *(min(place, down - place) for place in places)), down)


def _usual_step(times: Sequence[int], time_base: Fraction) -> Fraction:
    """The median distance of two pictures, in seconds, at most that of the slowest grid."""
    steps = sorted(after - before for before, after in pairwise(times))
    return min(steps[len(steps) // 2] * time_base, 1 / SLOWEST)
