"""Puts the packets of a recording on one clock that never leaps, whatever the recording's own clock does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby
from typing import TypeAlias

import av

from video_automation.media.probing.track import Stream
from video_automation.plan.source.recording import Break
from video_automation.plan.time import rounded

_BACK_S = 0.2
"""How far the clock of one track may go back: some programs write the times of B-frames in the wrong order."""
_AHEAD_S = 10
_AHEAD_WITH_LENGTHS_S = 600
"""How far it may run ahead of all that was there before. Containers that tell how long a picture stands mean it."""
_RUNNING = ("mpegts", "mpeg", "flv", "asf")
"""Containers whose times are those of a clock that runs, and nothing else."""
_LONGEST_PACKET_S = 1.0
"""A packet that claims to last longer says nothing about whether something was recorded, where there is sound."""
_TOLD_S = 1.0
"""A shorter pause, or a stretch on a clock of its own, is not worth a word."""
_OVERLAP = Fraction(1, 4)
"""How much of the sound may be lost for pictures that follow one another directly, in seconds."""
_REMEMBERED = 8
"""Clocks that a track may come back to."""

Packet: TypeAlias = "av.Packet[Stream]"


@dataclass(slots=True)
class _Run:
    """What a track has of a run, in its ticks: from when to when something is shown, from when to when it is decoded.

    `torn`: the time one of its pictures is shown at is of the clock after the leap, as parsers of MPEG have it.
    """

    before: tuple[_Run, int] | None
    """What the track had when it met this run, as that was then; and which run that is."""
    start: int
    end: int
    opened: int
    closed: int
    torn: bool = False


@dataclass(slots=True)
class _Track:
    """What was seen of a track; ticks are of its own clock, seconds are after all leaps."""

    sound: bool
    tick: Fraction
    seconds: float
    """`tick`, for comparisons."""
    run: int
    last_s: float | None = None
    end_s: float | None = None
    runs: dict[int, _Run] = field(default_factory=dict)
    pauses: list[tuple[float, float]] = field(default_factory=list)


class Clock:
    """Follows the packets of all tracks in the order of the file, and tells runs apart: stretches on one unbroken clock.

    All tracks leap by the same, so that sound and picture stay together; each track comes to a leap at its own packet. The
    pictures after a leap follow those before it directly, unless more than a quarter of a second of sound would be lost.
    """

    def __init__(self, container: str, *, sound: bool) -> None:
        """`sound` tells whether the recording has any: without, a picture that stands is no pause."""
        self._ahead_s = _AHEAD_S if container in _RUNNING else _AHEAD_WITH_LENGTHS_S
        self._sound = sound
        self._tracks: dict[int, _Track] = {}
        self._guesses: list[float] = [0.0]
        """What is added to the seconds of each run, as long as not all of it is known."""
        self._shown_s: float | None = None
        self._longest_s = _LONGEST_PACKET_S if sound else float("inf")

    @property
    def leaps(self) -> bool:
        """Whether the clock leapt so far."""
        return len(self._guesses) > 1

    def take(self, packet: Packet) -> int | None:
        """Which run the next packet of the file belongs to, counted from 0; None for one without a time."""
        if not packet.size or (packet.pts is None and packet.dts is None):
            return None
        stream = packet.stream
        seen = self._tracks.get(stream.index)
        if seen is None:
            tick = packet.time_base
            seen = _Track(stream.type == "audio", tick, float(tick), len(self._guesses) - 1)
            self._tracks[stream.index] = seen
        shown, decoded = times_of(packet)
        decoded_s = decoded * seen.seconds
        run = self._run(seen, decoded_s)
        torn = self.is_torn(packet)
        self._note(seen, run, (decoded if torn else shown, decoded), packet.duration or 0)
        seen.runs[run].torn |= torn
        seen.run, seen.last_s = run, decoded_s + self._guesses[run]
        return run

    def is_torn(self, packet: Packet) -> bool:
        """Whether a packet is shown long before or after it is decoded."""
        shown, decoded = times_of(packet)
        return not -_BACK_S <= (shown - decoded) * float(packet.time_base) <= self._ahead_s

    def _run(self, track: _Track, decoded_s: float) -> int:
        newest = len(self._guesses) - 1
        known: list[int] = [track.run, *range(newest, max(-1, newest - _REMEMBERED), -1)]
        for run in known:
            if self._fits(track, decoded_s + self._guesses[run]):
                return run
        expected_s = self._shown_s if track.last_s is None else track.last_s
        self._guesses.append((expected_s or 0.0) - decoded_s)
        return newest + 1

    def _fits(self, track: _Track, at_s: float) -> bool:
        if self._shown_s is None:
            return True
        earliest_s = self._shown_s - self._ahead_s if track.last_s is None else track.last_s - _BACK_S
        return earliest_s <= at_s <= self._shown_s + self._ahead_s

    def _note(self, track: _Track, run: int, times: tuple[int, int], duration: int) -> None:
        shown, decoded = times
        seen = track.runs.get(run)
        if seen is None:
            before = track.runs.get(track.run)
            seen = _Run((replace(before), track.run) if before else None, shown, shown, decoded, decoded)
            track.runs[run] = seen
        seen.start, seen.end, seen.closed = min(seen.start, shown), max(seen.end, shown + duration), decoded + duration
        start_s = shown * track.seconds + self._guesses[run]
        end_s = start_s + min(duration * track.seconds, self._longest_s)
        if track.end_s is not None and start_s - track.end_s > _TOLD_S:
            track.pauses.append((track.end_s, start_s))
        track.end_s = end_s if track.end_s is None else max(track.end_s, end_s)
        self._shown_s = track.end_s if self._shown_s is None else max(self._shown_s, track.end_s)

    def shifts(self) -> tuple[Fraction, ...]:
        """What is added to the times of each run, in seconds, once all packets were seen."""
        shifts = [Fraction(0)]
        for run in range(1, len(self._guesses)):
            shifts.append(self._shift(run, shifts))
        return tuple(shifts)

    def _shift(self, run: int, shifts: list[Fraction]) -> Fraction:
        needed: dict[bool, Fraction] = {}
        for track in self._met(run):
            wanted = self._needed(track, run, shifts)
            needed[track.sound] = max(needed.get(track.sound, wanted), wanted)
        if False not in needed:
            return needed[True]
        picture = needed[False]
        return max(picture, needed[True]) if needed.get(True, picture) - picture > _OVERLAP else picture

    def _met(self, run: int) -> list[_Track]:
        return [track for track in self._tracks.values() if run in track.runs]

    def _needed(self, track: _Track, run: int, shifts: list[Fraction]) -> Fraction:
        """What has the run of a track begin where what was before it ends; the recording, where nothing was."""
        seen = track.runs[run]
        if seen.before is None:
            return self._start() - seen.start * track.tick
        before, earlier = seen.before
        ticks = before.closed - seen.opened if before.torn else before.end - seen.start
        return ticks * track.tick + shifts[earlier]

    def _start(self) -> Fraction:
        return min((track.runs[0].start * track.tick for track in self._met(0)), default=Fraction(0))

    def breaks(self) -> tuple[Break, ...]:
        """Where the clock leapt, and by how much, once all packets were seen; and pauses of a second and more that stay."""
        shifts, start = self.shifts(), self._start()
        found = []
        for run in range(1, len(shifts)):
            met = self._met(run)
            first = min(track.runs[run].start * track.tick for track in met)
            last = max(track.runs[run].end * track.tick for track in met)
            earlier = next((seen.before[1] for track in met if (seen := track.runs[run]).before), 0)
            if last - first > _TOLD_S:
                by = shifts[earlier] - shifts[run]
                found.append(Break(rounded(1000 * (first + shifts[run] - start)), rounded(1000 * by), closed=True))
        kept = (Break(round(1000 * (a - float(start))), round(1000 * (b - a)), closed=False) for a, b in self._silent())
        return tuple(sorted((*found, *kept), key=lambda one: one.at_ms))

    def _silent(self) -> Iterator[tuple[float, float]]:
        """Seconds in which no track has anything; none where there is no sound."""
        if not self._sound or len(self._tracks) < 2:
            return
        borders = sorted(
            (at, step) for track in self._tracks.values() for a, b in track.pauses for at, step in ((a, 1), (b, -1))
        )
        depth, since = 0, 0.0
        for at, steps in groupby(borders, key=lambda border: border[0]):
            if depth == len(self._tracks) and at - since > _TOLD_S:
                yield since, at
            depth, since = depth + sum(step for _, step in steps), at


def times_of(packet: Packet) -> tuple[int, int]:
    """When a packet is shown and when it is decoded, in its own ticks; one stands for the other where that is missing."""
    pts, dts = packet.pts, packet.dts
    shown = dts if pts is None else pts
    decoded = pts if dts is None else dts
    assert shown is not None
    assert decoded is not None
    return shown, decoded
