"""Gives what is heard of a source, to the sample: the one place where sound is decoded, in a restricted process."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from video_automation.media.program import Tools
from video_automation.media.python import reading_python
from video_automation.plan.source.recording import Source
from video_automation.plan.time import SAMPLE_RATE

CHANNELS = 2
RAW = ("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", str(CHANNELS))
"""What the samples are, for an ffmpeg that reads them."""
_CHILD = Path(__file__).with_name("sound_child.py")


@contextmanager
def samples(tools: Tools, path: Path, source: Source, stretches: Sequence[tuple[int, int]]) -> Iterator[BinaryIO]:
    """The samples of some stretches of a source, each from one sample up to another, one after the other.

    Stereo at 48 kHz as 32-bit floating numbers, little-endian; exactly as many as asked for, silent where there is no sound.
    Sample 0 is at the source's time zero. Long parts that lie between stretches are not decoded.

    Raises: as `media.program.started`.
    """
    mix = source.sound.mix if source.sound else ()
    order = {"path": str(path.absolute()), "start_us": source.start_us, "mix": [asdict(mixed) for mixed in mix]}
    told = json.dumps(order | {"stretches": stretches}).encode()
    with reading_python(tools, _CHILD, told) as stream:
        yield stream
