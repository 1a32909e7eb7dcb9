"""Gives the sound of a source, exact to the sample: the one place where sound is decoded, in a restricted process.

Sound that several steps need is decoded once, if there is room to keep it.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from video_automation.media.atomic_files import becoming
from video_automation.media.audio import kept_sound
from video_automation.media.program import Tools
from video_automation.media.python import reading_python
from video_automation.plan.source.recording import Source
from video_automation.plan.time import SAMPLE_RATE

log = logging.getLogger(__name__)

CHANNELS = 2
RAW = ("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", str(CHANNELS))
"""The sample format, as arguments for an ffmpeg that reads the samples."""
_CHILD = Path(__file__).with_name("sound_child.py")
_BLOCK = 1 << 20


def keep_sound(tools: Tools, path: Path, source: Source, *, on_progress: Callable[[float], None]) -> None:
    """Decodes all sound of a source for later calls of `samples`, unless there is no room for it.

    `on_progress` receives the share done, 0 to 1. The work cannot be resumed midway; it takes a minute at most.

    Raises: as `samples`.
    """
    file = kept_sound.kept_file(tools, source)
    if file is None or file.exists() or not kept_sound.fits(source, path.stat().st_size):
        return
    count, done = kept_sound.kept_samples(source), 0
    try:
        file.parent.mkdir(exist_ok=True)
        with becoming(file) as partial, partial.open("wb") as out, _decoded(tools, path, source, [(0, count)]) as stream:
            while block := stream.read(_BLOCK):
                tools.stop.check()
                out.write(block)
                done += len(block)
                on_progress(min(1.0, done / (count * kept_sound.SAMPLE_BYTES)))
    except OSError as error:
        log.warning("The sound is not kept, and decoded by each step: %s", error)
        return
    tools.saved()


@contextmanager
def samples(tools: Tools, path: Path, source: Source, stretches: Sequence[tuple[int, int]]) -> Iterator[BinaryIO]:
    """The samples of some stretches of a source, each given as (first sample, end), one after the other.

    They are stereo at 48 kHz as 32-bit floating-point numbers, little-endian; exactly as many as asked for, silent where there
    is no sound. Sample 0 is at the source's time zero. Long parts between stretches are not decoded.

    Raises: as `media.program.running_program`.
    """
    kept = kept_sound.kept_file(tools, source)
    there = kept is not None and kept_sound.has(kept, stretches)
    with kept_sound.playing(kept, stretches) if kept and there else _decoded(tools, path, source, stretches) as stream:
        yield stream


@contextmanager
def _decoded(tools: Tools, path: Path, source: Source, stretches: Sequence[tuple[int, int]]) -> Iterator[BinaryIO]:
    """As `samples`, decoded from the source itself."""
    mix = source.sound.mix if source.sound else ()
    order = {"path": str(path.absolute()), "start_us": source.start_us, "mix": [asdict(mixed) for mixed in mix]}
    told = json.dumps(order | {"stretches": stretches}).encode()
    with reading_python(tools, _CHILD, told) as stream:
        yield stream
