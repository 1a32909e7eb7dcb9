"""Short stretches of all sound tracks of a recording, wherever they are asked for, by a process of their own."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video_automation.media.program import Limits, Tools
from video_automation.media.python import conversing

_CHILD = Path(__file__).with_name("track_samples_child.py")
_MEMORY = 4 << 30
"""Address space."""
_SECONDS = 1800
"""Of processor time; an hour of two tracks takes some ten."""

Samples = NDArray[np.float32]
"""Of shape (channels, samples), between -1 and 1, at 16 kHz."""


@contextmanager
def sampling(tools: Tools, path: Path, streams: Sequence[int], *, length_ms: int) -> Iterator[Callable[[int], list[Samples]]]:
    """How to ask for the samples of some sound tracks: `length_ms` from a time in milliseconds on, an array for each track.

    A track is silent where it gives nothing. The process ends with the block.

    Raises:
        ToolError: the recording crashed it.
        LimitError, PipelineError: as `media.python.conversing`.
    """
    confined = replace(tools, readable=(path,), limits=Limits(memory=_MEMORY, file_size=0, cpu_s=_SECONDS))
    listed = ",".join(map(str, streams))
    with conversing(confined, _CHILD, str(path.absolute()), str(length_ms), listed) as ask:
        yield lambda at_ms: [_samples(*one) for one in json.loads(ask(b"%d\n" % at_ms))]


def _samples(channels: int, encoded: str) -> Samples:
    return np.frombuffer(b64decode(encoded), "<i2").reshape(channels, -1).astype(np.float32) / np.float32(32768)
