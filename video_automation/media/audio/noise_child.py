"""Finds how much of a sound is noise. Run by `media.audio.noise_gains` in a process of its own, never imported.

It reads the sound from standard input: stereo at 48 kHz, 32-bit floating-point numbers, little-endian. For each tenth of a
second it writes a record, as `noise_gains.RECORD` describes. Its arguments are the network's library and its model.
"""

from __future__ import annotations

import ctypes
import os
import sys

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # must be set before numpy starts threads on all cores

import numpy as np
from numpy.typing import NDArray

from video_automation.media import sandbox
from video_automation.media.audio.noise_bands import BANDS, FRAMES, HOP, band_powers, spectra

_DELAY = 3 * HOP
"""Samples by which the network's answers are late."""
_BLOCK = 10 * FRAMES * HOP
_STEREO_BYTES = 8
_UNLIMITED_DB = 100.0
_LEAST = 1e-12
_FLOATS = ctypes.POINTER(ctypes.c_float)

Mono = NDArray[np.float32]


class Network:
    """DeepFilterNet, which takes the noise out of speech; fed in order."""

    def __init__(self, library: str, model: str) -> None:
        self._library = ctypes.CDLL(library)
        self._library.df_create.restype = ctypes.c_void_p
        self._library.df_create.argtypes = [ctypes.c_char_p, ctypes.c_float, ctypes.c_char_p]
        self._library.df_get_frame_length.argtypes = [ctypes.c_void_p]
        self._library.df_process_frame.restype = ctypes.c_float
        self._library.df_process_frame.argtypes = [ctypes.c_void_p, _FLOATS, _FLOATS]
        self._state = self._library.df_create(model.encode(), _UNLIMITED_DB, None)
        taken = self._library.df_get_frame_length(self._state)
        if taken != HOP:
            raise ValueError(f"the network takes {taken} samples at a time, not {HOP}")

    def speech(self, sound: Mono) -> Mono:
        """The speech in a whole number of hops, `_DELAY` samples late."""
        answer = np.zeros_like(sound)
        for start in range(0, len(sound), HOP):
            given, taken = sound[start : start + HOP], answer[start : start + HOP]
            self._library.df_process_frame(self._state, given.ctypes.data_as(_FLOATS), taken.ctypes.data_as(_FLOATS))
        return answer


def _records(before: Mono, speech: Mono) -> bytes:
    """The records of a whole number of tenths of a second; both sounds have a hop before them, and none after them."""
    heard, wanted = band_powers(spectra(before)), band_powers(spectra(speech))
    taken_db = -10 * np.log10(np.maximum(wanted, _LEAST) / np.maximum(heard, _LEAST))
    taken = np.clip(np.rint(10 * taken_db), 0, 255).astype(np.uint8).reshape(-1, FRAMES, BANDS)
    levels = heard.reshape(-1, FRAMES, BANDS).mean(axis=1)
    below = np.clip(np.rint(-10 * np.log10(np.maximum(levels, _LEAST))), 0, 255).astype(np.uint8)
    return np.concatenate((taken, below[:, None]), axis=1).tobytes()


def main() -> None:
    """Loads the network, gives up access to all files, and listens."""
    network = Network(*sys.argv[1:])
    sandbox.confine([], [])
    before, speech = np.zeros(HOP, np.float32), np.zeros(HOP, np.float32)
    late, ended = _DELAY, False
    while not ended:
        raw = sys.stdin.buffer.read(_BLOCK * _STEREO_BYTES)
        ended = len(raw) < _BLOCK * _STEREO_BYTES
        sides = np.frombuffer(raw[: len(raw) // _STEREO_BYTES * _STEREO_BYTES], "<f4").reshape(-1, 2)
        middle = sides.mean(axis=1, dtype=np.float32)
        if ended:
            middle = np.pad(middle, (0, -len(middle) % HOP + _DELAY + FRAMES * HOP))
        answer = network.speech(np.ascontiguousarray(middle))
        before, speech = np.concatenate((before, middle)), np.concatenate((speech, answer[late:]))
        late = max(0, late - len(answer))
        whole = (min(len(before), len(speech)) // HOP - 1) // FRAMES * FRAMES * HOP
        if whole > 0:
            sys.stdout.buffer.write(_records(before[: whole + HOP], speech[: whole + HOP]))
            before, speech = before[whole:], speech[whole:]
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
