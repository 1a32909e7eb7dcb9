"""Voice activity: the probability of speech, window by window, from the Silero network that faster-whisper carries."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

VOICE_RATE = 16_000
"""Samples per second the network was trained on."""
WINDOW = 512
"""Samples the network takes for one answer: 32 ms."""
_CONTEXT = 64
"""Samples of the window before that it takes again."""


class Voice:
    """The network and its state; fed in order, it needs the same memory however long the video is."""

    def __init__(self) -> None:
        import onnxruntime  # noqa: PLC0415  # takes 0.2 s to import, and few processes need it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # two threads were four times slower: the network is tiny
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._network = onnxruntime.InferenceSession(str(model_file()), options, providers=["CPUExecutionProvider"])
        self.forget()

    def forget(self) -> None:
        """Resets the state before another sound."""
        self._hidden = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)
        self._before = np.zeros(_CONTEXT, np.float32)

    @property
    def memory(self) -> list[Any]:
        """The state, as plain values."""
        return [self._hidden.tolist(), self._cell.tolist(), self._before.tolist()]

    def recall(self, memory: Sequence[Any]) -> None:
        """Restores a state that `memory` gave."""
        self._hidden, self._cell, self._before = (np.array(part, np.float32) for part in memory)

    def heard(self, samples: NDArray[np.float32]) -> list[int]:
        """The probability of speech in percent, for each `WINDOW` of these samples, mono between -1 and 1.

        `samples` are a whole number of windows and follow those of the last call.
        """
        stream = np.concatenate((self._before, samples))
        windows = np.lib.stride_tricks.sliding_window_view(stream, _CONTEXT + WINDOW)[::WINDOW]
        given = {"input": np.ascontiguousarray(windows), "h": self._hidden, "c": self._cell}
        probability, self._hidden, self._cell = self._network.run(None, given)
        self._before = stream[-_CONTEXT:]
        return [round(100 * float(p)) for p in probability]


def model_file() -> Path:
    """The network's file in faster-whisper's package; the package is not imported for it, since that takes seconds."""
    package = find_spec("faster_whisper")
    assert package, "faster-whisper is a requirement of this package"
    folders = package.submodule_search_locations or []
    return max((Path(folders[0]) / "assets").glob("silero_vad*.onnx"))
