"""Decoded sound kept on disk while a job runs: where it is, whether there is room for it, how it is read."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from video_automation.media.program import Tools
from video_automation.plan.source.recording import Source
from video_automation.plan.time import SAMPLE_RATE, sample_at

SAMPLE_BYTES = 8
"""Bytes of one stereo sample: 1.4 GB an hour."""
_ALWAYS, _MOST = 256 << 20, 2 << 30
"""Bytes of sound that are always kept (11 minutes, decoded in some 4 s), and the most that are ever kept (93 minutes)."""
_SHARE = 2
"""Between these two, sound is kept if it takes at most the source's bytes divided by this: the disk space a job reserves."""
_BEYOND = SAMPLE_RATE
"""Samples kept after the end of the recording: its last picture may be shown some milliseconds longer."""
_BLOCK = 1 << 18


def kept_samples(source: Source) -> int:
    """The number of samples that are kept of a source's sound."""
    picture = source.picture
    return max(source.duration_ms * SAMPLE_RATE // 1000, sample_at(picture.frames, picture.rate)) + _BEYOND


def fits(source: Source, source_bytes: int) -> bool:
    """Whether there is room for the sound of a source of this file size."""
    return kept_samples(source) * SAMPLE_BYTES <= min(_MOST, max(_ALWAYS, source_bytes // _SHARE))


def kept_file(tools: Tools, source: Source) -> Path | None:
    """Where a source's sound is kept, with its present mix; None if no sound is kept."""
    if tools.sounds is None or source.sound is None:
        return None
    return tools.sounds / f"{sound_key(source)}.pcm"


def sound_key(source: Source) -> str:
    """The name of files made of a source's sound, with its present mix."""
    key = repr((source.id, source.start_us, source.duration_ms, source.sound))
    return sha256(key.encode()).hexdigest()[:16]


def drop_kept(tools: Tools) -> None:
    """Removes all sound that is kept."""
    for file in tools.sounds.glob("*.pcm") if tools.sounds else ():
        file.unlink(missing_ok=True)


def has(file: Path, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether the file holds all samples of these stretches."""
    kept = file.stat().st_size // SAMPLE_BYTES if file.exists() else 0
    return bool(kept) and all(0 <= start <= end <= kept for start, end in stretches)


@contextmanager
def playing(file: Path, stretches: Sequence[tuple[int, int]]) -> Iterator[BinaryIO]:
    """The samples of some stretches one after the other, as a stream that can be handed to another program.

    Raises:
        OSError: the file cannot be read.
    """
    failed: list[OSError] = []
    source, sink = os.pipe()

    def play() -> None:
        try:
            with os.fdopen(sink, "wb", buffering=0) as to, file.open("rb", buffering=0) as kept:
                for start, end in stretches:
                    kept.seek(start * SAMPLE_BYTES)
                    _pass_on(kept, to, (end - start) * SAMPLE_BYTES)
        except BrokenPipeError:
            pass  # the listener has enough
        except OSError as error:
            failed.append(error)

    player = threading.Thread(target=play, daemon=True)
    player.start()
    try:
        with os.fdopen(source, "rb") as stream:
            yield stream
    finally:
        player.join()
    if failed:
        raise failed[0]


def _pass_on(kept: RawIOBase, to: RawIOBase, count: int) -> None:
    """Copies this number of bytes from one file to another.

    Raises:
        OSError: the file holds fewer.
    """
    while count > 0:
        block = memoryview(kept.read(min(_BLOCK, count)) or b"")
        if not block:
            raise OSError("kept sound has become shorter")
        count -= len(block)
        while block:
            block = block[to.write(block) or 0 :]
