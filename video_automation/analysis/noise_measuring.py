"""Measures the noise in the sound of a video: how loud it is, what cleaning would leave, and whether it is noise at all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video_automation.analysis import hearing
from video_automation.analysis.observer import Given, Observer
from video_automation.media.audio.noise_bands import FRAMES
from video_automation.media.audio.noise_gains import GAINS_VERSION, MOST_DB, keep_gains, records
from video_automation.media.program import Tools
from video_automation.plan.params import Params
from video_automation.plan.source.heard import SPEECH_HOP_MS, Hearing
from video_automation.plan.source.noise import NOISE_HOP_MS, SPREAD_HOP_MS, Noise
from video_automation.plan.source.recording import Source

VERSION = 1
"""Raise this when the same sound gives other measures."""
_READ = 600
"""Records read at a time."""
_VOICE = slice(2, None)
"""The bands a voice has: above 75 Hz."""
_COMPARED = slice(2, 40)
"""The bands whose levels are compared: 75 to 8000 Hz."""
_INAUDIBLE_DB = -95
_NO_SPEECH = 30
"""Percent of voice probability below which nobody speaks."""
_BESIDE = 1
"""Tenths of a second beside speech that count as speech: it fades away in them."""
_NEAR = 10
"""Sound further from speech than so many tenths of a second is no pause of it."""
_LOUDER_DB = 6
_REACH = 15
"""Seconds before and after a moment that tell what its noise is like."""
_ENOUGH = 5
"""Fewer tenths of a second of pauses tell nothing."""
_QUARTERS = 1.35
"""Standard deviations between the quarters of levels."""
_LEAST = 1e-12


def measure(tools: Tools, path: Path, source: Source, heard: Hearing, *, on_progress: Callable[[float], None]) -> Noise:
    """The measures of a source's sound; `on_progress` receives the share done, 0 to 1.

    Raises: as `media.program.running_program`.
    """
    count = source.duration_ms // NOISE_HOP_MS
    if source.sound is None or not count:
        return Noise()
    file = keep_gains(tools, path, source, on_progress=on_progress)
    levels, before, after = [], [], []
    for first in range(0, count, _READ):
        read = records(file, first, min(_READ, count - first))
        bands = -read[:, FRAMES].astype(np.float32)
        powers = 10 ** (bands[:, _VOICE] / 10)
        left = (10 ** (-np.minimum(read[:, :FRAMES, _VOICE] / 10, MOST_DB) / 10)).mean(axis=1)
        before += _whole_db(powers.sum(axis=1))
        after += _whole_db((powers * left).sum(axis=1))
        levels.append(read[:, FRAMES, _COMPARED])
    pauses = _pauses(heard.speech, len(before))
    spreads = _spreads(np.concatenate(levels), np.array(before), pauses)
    return Noise(tuple(before), tuple(after), tuple(spreads))


def _whole_db(powers: NDArray[np.float32]) -> list[int]:
    return [round(float(level)) for level in 10 * np.log10(np.maximum(powers, _LEAST))]


def _pauses(speech: tuple[int, ...], count: int) -> NDArray[np.bool_]:
    """For each tenth of a second, whether it is in a pause of speech: neither in it nor right beside it, nor far from it."""
    hops = np.array([i * SPEECH_HOP_MS // NOISE_HOP_MS for i, percent in enumerate(speech) if percent >= _NO_SPEECH], int)
    counts = np.bincount(hops, minlength=count)[:count] > 0
    within, near = (np.convolve(counts, np.ones(2 * by + 1))[by : by + count] > 0 for by in (_BESIDE, _NEAR))
    return near & ~within


def _spreads(below: NDArray[np.uint8], levels_db: NDArray[np.int64], pauses: NDArray[np.bool_]) -> Iterator[int]:
    """For each second, the deviation of the usual band's levels in the pauses around it.

    It goes by the quarters of levels, in pauses that are hardly louder than the quietest: bangs and applause do not count.
    """
    hops = SPREAD_HOP_MS // NOISE_HOP_MS
    for at in range(0, len(below), hops):
        around = slice(max(0, at - _REACH * hops), at + (_REACH + 1) * hops)
        heard, loud = -below[around][pauses[around]].astype(np.float32), levels_db[around][pauses[around]]
        heard = heard[loud <= np.percentile(loud, 10) + _LOUDER_DB] if len(heard) else heard
        if len(heard) < _ENOUGH:
            yield -1
            continue
        heard = heard[:, heard.mean(axis=0) > _INAUDIBLE_DB]
        low, high = np.percentile(heard, (25, 75), axis=0)
        yield round(float(np.median(high - low)) / _QUARTERS * 10) if heard.shape[1] else 0


def _observe(given: Given, on_share: Callable[[float], None]) -> Noise:
    return measure(given.tools, given.path, given.source, given.before[Hearing], on_progress=on_share)


def _wanted(params: Params) -> bool:
    return params.level.sound == "clean"


OBSERVER = Observer(Noise, VERSION, _observe, inputs=lambda _: (hearing.VERSION, GAINS_VERSION), wanted=_wanted)
