"""Divides sound into frames and bands, in which noise is found and turned down."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.fft import irfft, rfft
from numpy.typing import NDArray

HOP = 480
"""Samples from one frame to the next: 10 ms. Frame k has the samples from k - 1 to k + 1 hops, so its middle is at k hops."""
FRAMES = 10
"""Frames in a tenth of a second."""
_LOWEST, _GROWTH = 1, 0.1
"""Each band is at least so many of the spectrum's lines wide (50 Hz each), and so much of the frequency it begins at.

With as many bands as lines, speech in pink noise came out 0.07 dB better; with 33 bands, 0.6 dB worse.
"""
_WINDOW = np.sqrt(np.hanning(2 * HOP + 1)[:-1]).astype(np.float32)
"""Before the transform and after it again: neighbouring frames then add up to the sound they were made of."""


def _edges() -> tuple[int, ...]:
    edges = [0]
    while edges[-1] <= HOP:
        edges.append(min(HOP + 1, round(edges[-1] + max(_LOWEST, edges[-1] * _GROWTH))))
    return tuple(edges)


EDGES = _edges()
"""The spectrum's lines at which bands begin, and the end; line n is at 50 n Hz."""
BANDS = len(EDGES) - 1
WIDTHS = np.array([end - start for start, end in pairwise(EDGES)])
"""How many lines each band has."""

Spectra = NDArray[np.complex64]
"""Shape (frames, lines)."""


def spectra(sound: NDArray[np.float32]) -> Spectra:
    """The spectra of a sound's frames, along its last axis: one for each hop but the last."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, 2 * HOP, axis=-1)[..., ::HOP, :]
    return rfft(frames * _WINDOW, axis=-1).astype(np.complex64, copy=False)


def sound_of(changed: Spectra) -> NDArray[np.float32]:
    """The sound of spectra, without the first and the last hop, which have only one frame."""
    frames = irfft(changed, 2 * HOP, axis=-1) * _WINDOW
    hops = frames[..., 1:, :HOP] + frames[..., :-1, HOP:]
    return hops.reshape(*hops.shape[:-2], -1).astype(np.float32, copy=False)


def band_powers(of: Spectra) -> NDArray[np.float32]:
    """The power of each band, where a sine at full scale has 1/2 in all bands together: shape (frames, bands)."""
    powers = np.square(of.real) + np.square(of.imag)
    return (np.add.reduceat(powers, EDGES[:-1], axis=-1) * np.float32(_SCALE)).astype(np.float32, copy=False)


_SCALE = 2 / (2 * HOP) / float(np.square(_WINDOW).sum())
