"""Analyses the sound of a video in one pass of decoding: levels, voice activity, momentary loudness."""

import math
from collections.abc import Callable
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video_automation.analysis.notes import Notes, notes_in
from video_automation.analysis.observer import Given, Observer
from video_automation.analysis.voice import VOICE_RATE, WINDOW, Voice
from video_automation.media.audio.sound import RAW, keep_sound, samples
from video_automation.media.ffmpeg import ffmpeg_output
from video_automation.media.program import Tools
from video_automation.plan.source.heard import LEVEL_HOP_MS, Hearing
from video_automation.plan.source.recording import Source
from video_automation.plan.time import SAMPLE_RATE

_HOP = VOICE_RATE * LEVEL_HOP_MS // 1000
HEARING_BLOCK = 16 * math.lcm(_HOP, WINDOW)
"""Samples read at a time: a whole number of level hops and of voice windows, 2.56 s."""
_RUMBLE_HZ = 120
"""Steps, wind and mains hum lie below this and would hide a quiet ending from the levels. No voice lies wholly below it."""
_QUIETEST_DB = -120
_DECODING = 0.4
"""The share of decoding in the time of this step."""
VERSION = 3
"""Raise this when the same sound gives other observations."""
_STRETCH_VERSION = 1
"""Raise this when a stretch is cut or measured differently."""
STRETCH = 120 * HEARING_BLOCK
"""Samples after which the observations are saved: 307.2 s, analysed in some 2 s."""
_LEAD = 2 * VOICE_RATE
"""Samples analysed before the first one that counts, if the start is skipped: filters and meter settle meanwhile."""
_LOUDNESS_HOP = VOICE_RATE // 10
_LOUDNESS_FILE = "momentary.txt"
_LISTENING = (
    *("-filter_threads", "1", *RAW, "-i", "pipe:0", "-af"),
    ",".join(
        (
            "aformat=sample_fmts=s32",  # integers end at full scale, and so does the level of a burst
            "ebur128=metadata=1",
            f"ametadata=mode=print:key=lavfi.r128.M:direct=1:file={_LOUDNESS_FILE}",
            f"highpass=f={_RUMBLE_HZ}",
            f"aresample={VOICE_RATE}",
            "aformat=channel_layouts=mono:sample_fmts=s16",
        )
    ),
    *("-f", "s16le"),
)
"""Measures the loudness of its input, then makes the output small."""


def hear(tools: Tools, source_path: Path, source: Source, *, on_progress: Callable[[float], None]) -> Hearing:
    """The observations of a source's sound; `on_progress` receives the share done, 0 to 1, every few seconds of sound.

    The observations of each stretch are saved in `tools.folder` until all are done: an interrupted run continues from there.

    Raises: as `media.ffmpeg.ffmpeg_output`.
    """
    if source.sound is None:
        return Hearing()
    key = (source.id, repr(source.sound), _STRETCH_VERSION)
    file = tools.folder / f"hearing-{sha256(repr(key).encode()).hexdigest()[:16]}.jsonl"
    with notes_in(file) as notes:
        hearing = _heard(tools, source_path, source, notes, on_progress)
    file.unlink()
    return hearing


def _heard(tools: Tools, source_path: Path, source: Source, notes: Notes, on_progress: Callable[[float], None]) -> Hearing:
    """The observations, continued after the noted stretches."""
    levels_db: list[int] = []
    speech: list[int] = []
    before_lufs: list[int] = []
    voice, begin = Voice(), 0
    for levels, spoken, lufs, memory in notes:
        levels_db += levels
        speech += spoken
        before_lufs += lufs
        voice.recall(memory)
        begin += STRETCH
    lead = min(begin, _LEAD)
    noted = len(levels_db), len(speech), len(before_lufs)
    expected = max(1, source.duration_ms * VOICE_RATE // 1000)
    rest = (((begin - lead) * SAMPLE_RATE // VOICE_RATE, source.duration_ms * SAMPLE_RATE // 1000),)
    loudness_file = tools.folder / _LOUDNESS_FILE
    try:
        with samples(tools, source_path, source, rest) as sound, ffmpeg_output(tools, _LISTENING, given=sound) as stream:
            stream.read(2 * lead)
            while raw := stream.read(2 * HEARING_BLOCK):
                tools.stop.check()
                block = np.frombuffer(raw, "<i2", count=len(raw) // 2).astype(np.float32) / np.float32(32768)
                levels_db += _levels_db(_filled(block, _HOP))
                speech += voice.heard(_filled(block, WINDOW))
                on_progress(min(1.0, len(levels_db) * _HOP / expected))
                if len(raw) == 2 * HEARING_BLOCK and len(levels_db) * _HOP % STRETCH == 0:
                    lufs = [*before_lufs, *_momentary_lufs(loudness_file, lead)][: len(levels_db) * _HOP // _LOUDNESS_HOP]
                    notes.add([levels_db[noted[0] :], speech[noted[1] :], lufs[noted[2] :], voice.memory])
                    tools.saved()
                    noted = len(levels_db), len(speech), len(lufs)
        return Hearing(tuple(levels_db), tuple(speech), (*before_lufs, *_momentary_lufs(loudness_file, lead)))
    finally:
        loudness_file.unlink(missing_ok=True)


def _filled(samples: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    """The samples, padded with silence to a whole number of steps."""
    return np.pad(samples, (0, -len(samples) % step))


def _levels_db(samples: NDArray[np.float32]) -> list[int]:
    power = np.square(samples.reshape(-1, _HOP)).mean(axis=1)
    decibels = 10 * np.log10(np.maximum(power, 10 ** (_QUIETEST_DB / 10)))
    return [round(float(level)) for level in decibels]


def _momentary_lufs(file: Path, lead: int) -> tuple[int, ...]:
    """The values of ffmpeg's `ebur128`, one each 100 ms, after this many samples; empty if it wrote none."""
    if not file.exists():
        return ()
    with file.open() as lines:
        values = (_tenths(float(line.partition("=")[2])) for line in lines if line.startswith("lavfi"))
        return tuple(islice(values, lead // _LOUDNESS_HOP, None))


def _tenths(lufs: float) -> int:
    return max(10 * _QUIETEST_DB, round(10 * lufs)) if math.isfinite(lufs) else 10 * _QUIETEST_DB


def _observe(given: Given, on_share: Callable[[float], None]) -> Hearing:
    """The observations of the source's sound, which is kept, decoded, for this and all later steps."""
    keep_sound(given.tools, given.path, given.source, on_progress=lambda share: on_share(_DECODING * share))
    return hear(given.tools, given.path, given.source, on_progress=lambda share: on_share(_DECODING + (1 - _DECODING) * share))


OBSERVER = Observer(Hearing, VERSION, _observe)
