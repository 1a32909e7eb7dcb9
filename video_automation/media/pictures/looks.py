"""Examines a few pictures here and there while the probe reads a video: their shape, rotation and combing.

Used only in the probe's own process. It never seeks, so it works in every container. The longer a video is, the farther apart
the looks are.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby, islice, pairwise
from time import process_time
from typing import cast

import av
import numpy as np
from av.buffer import Buffer
from av.error import FFmpegError

from video_automation.media.pictures.combs import Combing, Luma, combing
from video_automation.plan.source.recording import Combs, Otherwise, Rotation
from video_automation.plan.time import FrameSpan

_CLOSE_LOOKS = 16
"""Looks after which only every fourth one checks for combs too."""
_FIRST_STEP_S, _STEP_S = 1, 2
"""Seconds between those first looks, and between later ones."""
_LOOKS_PER_STEP = 128
"""The distance between two looks is doubled after twice this many, and again after every further this many."""
_SLOW_S, _SHARE = 2.0, 0.01
"""Processor seconds that looking may take, and further ones per second of video."""
_PACKETS = 8
"""Packets decoded to detect combs: some come before the key frame, or are not shown in a row."""
_ONE_STEP = 1.7
"""Two pictures farther apart than this many usual distances have another one between; soft telecine has 1.5."""
_COLUMNS = 160
"""Combs are horizontal: of wide pictures this many columns are enough, of others every fourth."""
_COMBED = 2
"""Combed pictures that make a look combed: videos without combs showed none."""
_TELECINED = 2
"""Clean moving pictures of five in telecined video on 60 fields a second are three; truly interlaced video has hardly any."""
_CLEAN_LOOKS = 3
"""Moving looks without combs after which flags of interlacing are no longer believed."""
_MOST_STRETCHES = 100
"""The most stretches that are kept apart: filters name each of them."""
_KEPT_BYTES = 1 << 25
"""Bytes of key frames kept to find the one with which a change began."""
_KEPT_PIXELS = 1 << 26
"""Pixels of pictures kept, one for each shape: further pictures are dropped."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The stored size of a picture, and how a player shows it."""

    width: int
    height: int
    pixel_aspect: Fraction
    rotation: Rotation
    flipped: bool

    @property
    def turn(self) -> tuple[Fraction, Rotation, bool]:
        """What a filter cannot see in the picture itself: pixel aspect, rotation, mirroring."""
        return self.pixel_aspect, self.rotation, self.flipped


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at a time; `combing` covers some pictures from there on, None if only one was examined."""

    time: int
    shape: Shape
    flagged: bool
    combing: Combing | None


@dataclass(slots=True)
class Looks:
    """The looks at one stream so far. They share its decoder until `take` is called with `free`, and own it from then on."""

    stream: av.VideoStream
    seen: list[Look] = field(default_factory=list)
    frames: dict[Shape, av.VideoFrame] = field(default_factory=dict)
    """A picture of each shape."""
    tagged_aspect: Fraction | None = None
    """The pixel aspect of the container, if it differs from that of the pictures."""
    waiting: list[av.Packet[av.VideoStream]] = field(default_factory=list)
    wanted: int = 0
    next: int | None = None
    passed: list[av.Packet[av.VideoStream]] = field(default_factory=list)
    """Key frames since the last look that came too early for one; `before` are those before the waiting packets."""
    before: list[av.Packet[av.VideoStream]] = field(default_factory=list)
    spent_s: float = 0.0
    begun: int = 0
    last: int = 0

    def __post_init__(self) -> None:
        told, own = self.stream.sample_aspect_ratio, self.stream.codec_context.sample_aspect_ratio
        self.tagged_aspect = told if told and told != own else None

    def take(self, packet: av.Packet[av.VideoStream], *, free: bool) -> None:
        """Collects some packets from a key frame on, then examines them once the decoder is `free`."""
        time = packet.dts if packet.pts is None else packet.pts
        key = packet.is_keyframe and packet.size and time is not None
        if key and not self.waiting and self._is_due(packet, cast("int", time)):
            self.waiting, self.before, self.passed = [packet], self.passed, []
            alone = len(self.seen) >= _CLOSE_LOOKS and len(self.seen) % 4
            self.wanted = 0 if alone else _PACKETS - 1
        else:
            if self.wanted and packet.size:
                self.waiting.append(packet)
                self.wanted -= 1
            if key and sum(kept.size for kept in self.passed) + packet.size < _KEPT_BYTES:
                self.passed.append(packet)
        if free and self.waiting and (not self.wanted or not packet.size):
            begun = process_time()
            self._look_around()
            self.spent_s += process_time() - begun

    def _is_due(self, packet: av.Packet[av.VideoStream], time: int) -> bool:
        per_s = 1 / cast("Fraction", self.stream.time_base)
        if self.next is None or time < self.last:  # the first packet, or a clock that was put back
            self.begun = self.last = self.next = time
        if packet.has_sidedata("new_extradata"):
            return True  # the decoder has to receive it
        if time < self.next or self.spent_s > _SLOW_S + _SHARE * abs(time - self.begun) / per_s:
            return False
        later = _STEP_S << max(0, len(self.seen) // _LOOKS_PER_STEP - 1)
        step = _FIRST_STEP_S if len(self.seen) < _CLOSE_LOOKS else later
        self.last, self.next = time, time + round(step * per_s)
        return True

    def _look_around(self) -> None:
        """Examines the waiting packets; if their rotation differs from before, also the key frames passed over since."""
        before = self.seen[-1].shape.turn if self.seen else None
        waiting, passed = self.waiting, self.before
        self.waiting, self.wanted, self.before = [], 0, []
        self._look(waiting)
        if before is not None and before != self.seen[-1].shape.turn:
            for packet in passed:
                self._look([packet])

    def _look(self, packets: list[av.Packet[av.VideoStream]]) -> None:
        with suppress(FFmpegError, MemoryError):
            context, key = self.stream.codec_context, packets[0]
            time = cast("int", key.dts if key.pts is None else key.pts)
            first: av.VideoFrame | None = None
            aspect = self.tagged_aspect
            flagged, row = False, _Row()
            context.flush_buffers()
            for packet in (*packets, None):
                frames = context.decode(packet)
                aspect = aspect or context.sample_aspect_ratio or Fraction(1)  # the next packets may have another one
                for frame in frames:
                    if frame.pts is None or frame.pts >= time:
                        first = first or frame
                        flagged = flagged or frame.interlaced_frame
                        if len(packets) > 1:
                            row.add(frame)
            if first and aspect:
                shape = _shape(first, aspect)
                self._keep(shape, first)
                self.seen.append(Look(time, shape, flagged, combing(row.lumas) if row.lumas else None))

    def _keep(self, shape: Shape, frame: av.VideoFrame) -> None:
        if sum(kept.width * kept.height for kept in (*self.frames, shape)) <= _KEPT_PIXELS:
            self.frames.setdefault(shape, frame)

    def usual(self, first: av.VideoFrame, end: int) -> tuple[Shape, av.VideoFrame]:
        """The shape shown for longest, up to a time, and a picture of it; the shape of `first` if nothing was seen."""
        shown: dict[Shape, int] = {}
        for look, after in pairwise((*self._in_order(), None)):
            assert look is not None
            if look.shape in self.frames:
                shown[look.shape] = shown.get(look.shape, 0) + max(1, (after.time if after else end) - look.time)
        if not shown:
            return _shape(first, self.stream.sample_aspect_ratio or Fraction(1)), first
        longest = max(shown, key=lambda shape: shown[shape])
        return longest, self.frames[longest]

    def others(self, usual: Shape, frame_at: Callable[[int], int], frames: int) -> tuple[Otherwise, ...]:
        """The stretches with another pixel aspect or rotation than usual; `frame_at` gives the frame of a time."""
        runs = [(next(run), turn) for turn, run in groupby(self._in_order(), key=lambda look: look.shape.turn)]
        borders = [0, *(frame_at(look.time) for look, _ in runs[1:]), frames] if runs else []
        found = (
            Otherwise(FrameSpan(max(0, start), end), *turn)
            for (_, turn), (start, end) in zip(runs, pairwise(borders), strict=True)
            if turn != usual.turn and max(0, start) < end
        )
        return tuple(islice(found, _MOST_STRETCHES))

    def combs(self, frame_at: Callable[[int], int], frames: int) -> Combs:
        """The combed pictures, as far as they were seen."""
        told = [
            (look, look.combing) for look in self._in_order() if look.combing and (look.combing.combed or look.combing.clean)
        ]
        combed = [(look, seen) for look, seen in told if seen.combed >= _COMBED]
        flagged = [look for look, _ in told if look.flagged]
        if not combed:
            return Combs("none" if len(flagged) >= _CLEAN_LOOKS else "flagged")
        top_first = sum(seen.combed if seen.top_first else -seen.combed for _, seen in combed) >= 0
        if _TELECINED * sum(seen.clean for _, seen in combed) > sum(seen.combed for _, seen in combed):
            return Combs("telecine", top_first)
        if all(look.flagged for look, _ in combed):
            return Combs("flagged", top_first)
        spans = _spans((frame_at(look.time), seen.combed >= _COMBED) for look, seen in told if seen.combed != _COMBED - 1)
        inside = ((max(0, start), min(end or frames, frames)) for start, end in spans)
        return Combs("found", top_first, tuple(FrameSpan(a, b) for a, b in islice(inside, _MOST_STRETCHES) if a < b))

    def _in_order(self) -> list[Look]:
        return sorted(self.seen, key=lambda look: look.time)


def _spans(looks: Iterable[tuple[int, bool]]) -> Iterable[tuple[int, int]]:
    """Spans from the last look without combs (or 0) before some with, to the next one without (or 0, which means the end)."""
    since = 0
    runs = [(combed, [frame for frame, _ in run]) for combed, run in groupby(looks, key=lambda look: look[1])]
    for i, (combed, places) in enumerate(runs):
        if combed:
            yield since, runs[i + 1][1][0] if i + 1 < len(runs) else 0
        else:
            since = places[-1] + 1


def _shape(frame: av.VideoFrame, pixel_aspect: Fraction) -> Shape:
    flipped = False
    matrix = cast("Buffer | None", frame.side_data.get("DISPLAYMATRIX"))
    if matrix is not None:
        a, b, _, c, d, *_ = struct.unpack("=9i", bytes(matrix))
        flipped = a * d < b * c
    rotation = cast("Rotation", -round(frame.rotation / 90) * 90 % 360)  # the matrix counts the other way round
    return Shape(frame.width, frame.height, Fraction(pixel_aspect), rotation, flipped)


class _Row:
    """Grey pictures of one size shown directly one after the other, with a part of their columns."""

    def __init__(self) -> None:
        self.lumas: list[Luma] = []
        self._times: list[int | None] = []
        self._broken = False

    def add(self, frame: av.VideoFrame) -> None:
        """Adds the next picture, unless one is missing before it."""
        luma = None if self._broken else _luma(frame)
        if luma is None or (self.lumas and (luma.shape != self.lumas[0].shape or self._jumps(frame.pts))):
            self._broken = True
        else:
            self.lumas.append(luma)
            self._times.append(frame.pts)

    def _jumps(self, time: int | None) -> bool:
        times = [known for known in (*self._times, time) if known is not None]
        steps = [after - before for before, after in pairwise(times)]
        return len(steps) > 1 and steps[-1] > _ONE_STEP * min(steps)


def _luma(frame: av.VideoFrame) -> Luma:
    """The luma of some columns of a picture; read directly if possible, since converting takes longer than decoding."""
    kind, every = frame.format, max(4, frame.width // _COLUMNS)
    bits = kind.components[0].bits
    if not kind.is_planar or kind.is_rgb or kind.is_big_endian or kind.name.startswith("p0"):
        return cast("Luma", frame.to_ndarray(format="gray"))[:, ::every].copy()
    numbers = np.frombuffer(cast("bytes", frame.planes[0]), f"u{1 if bits <= 8 else 2}")
    rows = numbers.reshape(-1, frame.planes[0].line_size // numbers.itemsize)[: frame.height, : frame.width : every]
    return (rows >> max(0, bits - 8)).astype(np.uint8)
