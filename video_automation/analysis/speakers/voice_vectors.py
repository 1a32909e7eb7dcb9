"""Makes of speech vectors that tell voices apart, with the network of Resemblyzer (GE2E), in numpy.

The vectors of one voice point in nearly one direction, those of two voices in different ones.
"""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

VECTOR_RATE = 16_000
"""Samples per second the network was trained on."""
LONGEST_PIECE = 25_600
"""Samples that make one vector: 1.6 s."""
_HOP, _SPAN = 160, 400
"""Samples from one spectrum to the next, and those in each."""
_FRAMES = LONGEST_PIECE // _HOP
_BANDS = 40
_LINEAR_HZ, _HZ_EACH = 1000, 200 / 3
"""Below this frequency each step of the mel scale is so wide; above, the scale goes by logarithms."""
VECTOR_SIZE = 256
_POWER = 10 ** (-30 / 10)
"""The mean power that all speech is brought to."""
_QUIETEST = 1e-10
_LAYERS = 3
_NETWORK = Path(__file__).with_name("voice_vectors.npz")

Vectors = NDArray[np.float32]
"""Unit vectors, of shape (vectors, `VECTOR_SIZE`)."""


def voice_vectors(pieces: Sequence[NDArray[np.float32]]) -> Vectors:
    """The vector of each of some pieces of mono sound, at `VECTOR_RATE` and `LONGEST_PIECE` samples long at most."""
    network = _network()
    steps = np.stack([_spectra(piece) for piece in pieces], axis=1)
    for layer in range(_LAYERS):
        steps = _through(network, layer, steps)
    found = np.maximum(0, steps[-1] @ network["linear.weight"].T + network["linear.bias"])
    vectors: Vectors = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-9))
    return vectors


def _spectra(piece: NDArray[np.float32]) -> NDArray[np.float32]:
    """The powers of a piece in each band, of shape (`_FRAMES`, bands); what is too short is repeated."""
    loud = piece * np.sqrt(_POWER / max(_QUIETEST, float(np.square(piece).mean())), dtype=np.float32)
    hann = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_SPAN) / _SPAN)).astype(np.float32)
    spans = np.lib.stride_tricks.sliding_window_view(np.pad(loud, (_SPAN // 2, _SPAN // 2)), _SPAN)[::_HOP]
    powers = np.square(np.abs(np.fft.rfft(spans * hann))) @ _filters()
    return np.resize(powers[: -(-len(piece) // _HOP)], (_FRAMES, _BANDS)).astype(np.float32)


@cache
def _filters() -> NDArray[np.float64]:
    """How much of each frequency is in each band: Slaney's triangles, each of one area; shape (frequencies, bands)."""
    places = np.linspace(0, _mel(VECTOR_RATE / 2), _BANDS + 2)
    linear, steep = places * _HZ_EACH, _LINEAR_HZ * 6.4 ** ((places - _LINEAR_HZ / _HZ_EACH) / 27)
    edges = np.where(linear < _LINEAR_HZ, linear, steep)
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    at = np.linspace(0, VECTOR_RATE / 2, _SPAN // 2 + 1)[:, None]
    triangles = np.minimum((at - low) / (middle - low), (high - at) / (high - middle))
    filters: NDArray[np.float64] = np.maximum(0, triangles) * 2 / (high - low)
    return filters


def _mel(hz: float) -> float:
    """The place of a frequency above `_LINEAR_HZ` on the scale."""
    return _LINEAR_HZ / _HZ_EACH + 27 * math.log(hz / _LINEAR_HZ, 6.4)


def _through(network: dict[str, NDArray[np.float32]], layer: int, steps: NDArray[np.float32]) -> NDArray[np.float32]:
    """What an LSTM layer makes of the steps, of shape (steps, pieces, size)."""
    inward, around = network[f"lstm.weight_ih_l{layer}"].T, np.ascontiguousarray(network[f"lstm.weight_hh_l{layer}"].T)
    given = steps @ inward + (network[f"lstm.bias_ih_l{layer}"] + network[f"lstm.bias_hh_l{layer}"])
    state = hidden = np.zeros((steps.shape[1], VECTOR_SIZE), np.float32)
    told = np.empty((*steps.shape[:2], VECTOR_SIZE), np.float32)
    for at, step in enumerate(given):
        taken, kept, new, shown = np.split(step + hidden @ around, 4, axis=1)
        state = _gate(kept) * state + _gate(taken) * np.tanh(new)
        hidden = told[at] = _gate(shown) * np.tanh(state)
    return told


def _gate(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logistic function."""
    gates: NDArray[np.float32] = np.tanh(values * np.float32(0.5)) * np.float32(0.5) + np.float32(0.5)
    return gates


@cache
def _network() -> dict[str, NDArray[np.float32]]:
    with np.load(_NETWORK) as weights:
        return {name: weights[name].astype(np.float32) for name in weights.files}
