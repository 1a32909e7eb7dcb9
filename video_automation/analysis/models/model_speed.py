"""Measures how fast a speech model is on this machine."""

import time
from pathlib import Path

import numpy as np

from video_automation.media.capacity import cores

_RATE, _WINDOW_S = 16_000, 30
_TOKENS = 100
"""Tokens in half a minute of quick talk."""


def times_real_time(folder: Path, device: str, compute_type: str) -> float:
    """Seconds of speech this model transcribes in a second, measured on one window of noise with as much text as talk has."""
    from faster_whisper import WhisperModel  # type: ignore[import-untyped]  # noqa: PLC0415  # seconds

    model = WhisperModel(str(folder), device=device, compute_type=compute_type, cpu_threads=cores())
    noise = np.random.default_rng(1).normal(0, 0.01, _RATE * _WINDOW_S).astype(np.float32)
    token = model.hf_tokenizer.token_to_id
    prompt = [
        token("<|startoftranscript|>"),
        *([token("<|en|>"), token("<|transcribe|>")] if model.model.is_multilingual else []),
    ]
    taken_s = 0.0
    for _ in range(2):  # the first pass still allocates memory
        began = time.monotonic()
        encoded = model.encode(model.feature_extractor(noise)[..., :3000])
        ends = [token("<|endoftext|>")]
        model.model.generate(encoded, [prompt], beam_size=5, max_length=len(prompt) + _TOKENS, suppress_tokens=ends)
        taken_s = time.monotonic() - began
    return _WINDOW_S / taken_s
