"""Writes the sound of an untrusted file as stereo. Run by `media.audio.sound` in a process of its own, never imported.

It reads an `Order` as JSON from standard input. It writes the samples of all stretches one after the other: 48 kHz, 32-bit
floating-point numbers, little-endian, left and right in turn. Where there is no sound it writes silence.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any, TypedDict

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # must be set before numpy starts threads on all cores

from video_automation.media import sandbox
from video_automation.media.audio.downmix import Stereo
from video_automation.media.audio.track_reader import Reader
from video_automation.plan.source.recording import Mixed
from video_automation.plan.time import SAMPLE_RATE

_BLOCK = SAMPLE_RATE
"""Samples written at a time."""
_SOUGHT_FROM = 10 * SAMPLE_RATE
"""Unneeded samples from which on a seek is faster than decoding them."""


class Order(TypedDict):
    """What is to be read."""

    path: str
    start_us: int
    """The container's clock at sample 0."""
    mix: list[dict[str, Any]]
    """Each is a `plan.source.recording.Mixed`."""
    stretches: list[tuple[int, int]]
    """Each is (first sample, end)."""


def heard(reader: Reader, stretches: list[tuple[int, int]]) -> Iterator[Stereo]:
    """The samples of all stretches, in blocks."""
    for start, end in stretches:
        if not 0 <= start - reader.at <= _SOUGHT_FROM:
            reader.seek(start)
        reader.skip(start)
        while reader.at < end:
            yield reader.read(min(end, reader.at + _BLOCK))


def _mixed(told: dict[str, Any]) -> Mixed:
    return Mixed(told["stream"], tuple(told["left"]), tuple(told["right"]), told["gain_db"])


def main() -> None:
    """Gives up access to all files but this one, and reads it."""
    order: Order = json.load(sys.stdin.buffer)
    sandbox.confine([order["path"]], [])
    reader = Reader(order["path"], order["start_us"], tuple(map(_mixed, order["mix"])))
    for block in heard(reader, order["stretches"]):
        sys.stdout.buffer.write(block.T.astype("<f4", order="C", copy=False).tobytes())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
