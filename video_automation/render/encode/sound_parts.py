"""Divides a long sound into parts that are encoded one after the other, each saved when finished, and joins them by copying.

AAC consists of packets of 1024 samples, each of which needs the one before it. So a part is encoded with some sound before and
after it, and only its own packets are kept: apart from rounding, they equal those of one encoder for the whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from video_automation.media.atomic_files import write_atomically
from video_automation.media.command import Command
from video_automation.media.ffmpeg import run
from video_automation.media.program import Tools
from video_automation.plan.time import SAMPLE_RATE
from video_automation.render.encode.splice import FADE, KeptSamples, Samples

PACKET = 1024
_HOP = SAMPLE_RATE // 10
"""The samples between two loudness values."""
_STEP = 76_800
"""Samples that are a whole number of packets and of hops."""
_LEAD, _TAIL = _STEP, 8 * PACKET
"""Samples encoded before a part and after it: limiter, meter and encoder settle meanwhile."""
PART = 375 * _STEP
"""Samples of a part: 10 minutes, encoded in some 20 s."""
_HEADER = 7


@dataclass(frozen=True, slots=True)
class SoundPart:
    """The samples `start` up to `end` of a sound; for them the encoder is given the samples `begin` up to `finish`."""

    number: int
    start: int
    end: int
    begin: int
    finish: int
    last: bool

    @property
    def hops(self) -> slice:
        """Which of the noted loudness values belong to the part."""
        first = (self.start - self.begin) // _HOP
        return slice(first, None if self.last else first + (self.end - self.start) // _HOP)

    @property
    def packets(self) -> slice:
        """Which of the encoded packets belong to the part."""
        first = (self.start - self.begin) // PACKET
        return slice(first, None if self.last else first + (self.end - self.start) // PACKET)


def split_sound(samples: int) -> tuple[SoundPart, ...]:
    """The parts of a sound of this many samples, in order; a sound of up to one and a half parts is a single one."""
    count = max(1, (samples + PART // 2) // PART)
    made = []
    for number in range(count):
        last = number + 1 == count
        start, end = number * PART, samples if last else (number + 1) * PART
        made.append(SoundPart(number, start, end, max(0, start - _LEAD), min(samples, end + _TAIL), last))
    return tuple(made)


def kept_from(kept: Sequence[KeptSamples], sample: int) -> tuple[tuple[KeptSamples, ...], int]:
    """The pieces of a sound from one of its samples on, or from a little before; and their first sample."""
    at = 0
    for i, piece in enumerate(kept):
        skipped, left = sample - at, at + piece.length - sample
        if left > 0:
            if skipped < FADE or left < 2 * FADE:
                return tuple(kept[i:]), at
            start = None if piece.start is None else piece.start + skipped
            return (KeptSamples(start, left, fade_in=False, fade_out=piece.fade_out), *kept[i + 1 :]), sample
        at += piece.length
    return (), at


class Tape:
    """The blocks of a sound as they arrive; neighbouring parts read some of them twice."""

    def __init__(self, blocks: Iterable[Samples], at: int) -> None:
        self._blocks, self._at = iter(blocks), at
        self._held: list[Samples] = []

    def between(self, start: int, end: int) -> Iterator[Samples]:
        """The samples `start` up to `end`, in blocks; the next call may begin `_LEAD` and `_TAIL` before that end."""
        at = self._at - sum(map(len, self._held))
        for block in self._held:
            yield from _inside(block, at, start, end)
            at += len(block)
        while self._at < end:
            block = next(self._blocks)
            yield from _inside(block, self._at, start, end)
            self._at += len(block)
            self._held.append(block)
            while sum(map(len, self._held[1:])) >= _LEAD + _TAIL + SAMPLE_RATE:
                del self._held[0]


def _inside(block: Samples, at: int, start: int, end: int) -> Iterator[Samples]:
    part = block[max(0, start - at) : max(0, end - at)]
    if len(part):
        yield part


def cut(stream: Path, packets: slice, file: Path) -> None:
    """Writes some of the packets of an ADTS stream into another file."""
    raw = stream.read_bytes()
    borders = [0]
    while borders[-1] + _HEADER <= len(raw):
        head = raw[borders[-1] : borders[-1] + _HEADER]
        borders.append(borders[-1] + ((head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5))
    chosen = range(len(borders) - 1)[packets]
    write_atomically(raw[borders[chosen.start] : borders[chosen.stop]], file)


def join(files: Sequence[Path], samples: int, tools: Tools, name: str) -> Path:
    """Joins the packets of all parts, in ADTS, into one MP4 of exactly this many samples; returns its path in `tools.folder`.

    Raises: as `media.ffmpeg.run`.
    """
    joined = tools.folder / f"{name}.adts"
    try:
        with joined.open("wb") as whole:
            for file in files:
                whole.write(file.read_bytes())
        last = samples // PACKET + bool(samples % PACKET)  # the first packet is the encoder's start, before sample 0
        length = f"setts=duration=if(eq(N\\,{last})\\,DURATION*{samples - (last - 1) * PACKET}/{PACKET}\\,DURATION)"
        args = ("-f", "aac", "-i", f"file:{joined.name}", "-c", "copy", "-bsf:a", f"aac_adtstoasc,{length}")
        begins = ("-output_ts_offset", f"{-PACKET / SAMPLE_RATE:.8f}", "-f", "mp4")
        return run(tools, Command((*args, *begins), name))
    finally:
        joined.unlink(missing_ok=True)
