"""The process that holds the speech model: it reads windows of sound and answers with what is said in each.

It is started with a folder, a device, a kind of number (the names are faster-whisper's) and perhaps a language; without one it
listens to the first windows to find out. It first prints a list of the languages the model knows, or why it cannot be loaded.
A question is a line with a list of sizes, then windows of so many bytes: mono samples at 16 kHz, 16 bits, little-endian. The
answer is a line with the language and a list of `Said`, times in seconds. All lines are JSON.
"""

import ctypes
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel  # type: ignore[import-untyped]
from numpy.typing import NDArray

from video_automation.media import sandbox

_RATE = 16_000
_MOST_AT_A_TIME = 4
"""Windows at a time, each on cores of its own: on two cores that takes 7 s where both cores for one window take 11 s. Each
needs some 100 MB."""
_BEAM = 5
_LANGUAGE_WINDOWS = 4
"""A language is asked for in as many half minutes, until one is clear."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Of glibc, see mallopt(3)."""

Said = tuple[float, float, list[tuple[float, float, str, float]]]
"""The mean log probability of the words, the probability that nothing is said, the words: start, end, text, probability."""


def said(model: WhisperModel, samples: NDArray[np.float32], language: str) -> Said:
    """What the model hears in one window."""
    segments, _ = BatchedInferencePipeline(model).transcribe(
        samples,
        language=language,
        clip_timestamps=[{"start": 0.0, "end": len(samples) / _RATE}],
        vad_filter=False,
        word_timestamps=True,
        beam_size=_BEAM,
    )
    found = list(segments)
    return (
        min((segment.avg_logprob for segment in found), default=0.0),
        max((segment.no_speech_prob for segment in found), default=1.0),
        [(word.start, word.end, word.word, word.probability) for segment in found for word in segment.words],
    )


def main(folder: str, device: str, compute_type: str, language: str = "") -> None:
    """Loads the model, then answers until there are no more questions."""
    _give_memory_back()
    cores = len(os.sched_getaffinity(0))
    at_a_time = min(cores, _MOST_AT_A_TIME)
    try:
        model = WhisperModel(
            folder, device=device, compute_type=compute_type, cpu_threads=cores // at_a_time, num_workers=at_a_time
        )
    except (RuntimeError, ValueError) as error:
        _say(str(error))
        return
    sandbox.confine([sys.prefix, sys.base_prefix], [])  # libraries import more of themselves as they go
    _say(model.supported_languages)
    with ThreadPoolExecutor(at_a_time) as pool:
        for sizes in sys.stdin.buffer:
            windows = [_samples(sys.stdin.buffer.read(size)) for size in json.loads(sizes)]
            language = language or _language(model, windows)
            _say((language, list(pool.map(lambda window: said(model, window, language), windows))))  # noqa: B023  # ends within


def _give_memory_back() -> None:
    """Has glibc return what is freed at once: what it keeps for later grew from window to window, by 100 MB in 20 minutes."""
    with suppress(AttributeError):  # another C library
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_MMAP_THRESHOLD, 4 << 20)
        mallopt(_M_TRIM_THRESHOLD, 16 << 20)
        mallopt(_M_ARENA_MAX, 2)


def _samples(raw: bytes) -> NDArray[np.float32]:
    return np.frombuffer(raw, "<i2").astype(np.float32) / np.float32(32768)


def _language(model: WhisperModel, windows: list[NDArray[np.float32]]) -> str:
    if not model.model.is_multilingual:
        return "en"
    language, *_ = model.detect_language(np.concatenate(windows), language_detection_segments=_LANGUAGE_WINDOWS)
    return str(language)


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
