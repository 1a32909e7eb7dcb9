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
"""Seconds by which the clock of one track may go back: some programs write the times of B-frames in the wrong order."""
_AHEAD_S = 10
_AHEAD_WITH_LENGTHS_S = 600
"""Seconds by which it may run ahead of everything before. Containers that tell how long a picture stands mean it."""
_RUNNING = ("mpegts", "mpeg", "flv", "asf")
"""Containers whose times come from a running clock only."""
_LONGEST_PACKET_S = 1.0
"""Seconds; a packet that claims to last longer does not tell whether something was recorded, if there is sound."""
_TOLD_S = 1.0
"""Seconds; a shorter pause, or stretch on a clock of its own, is not reported."""
_OVERLAP = Fraction(1, 4)
"""Seconds of sound that may be lost so that pictures follow one another directly."""
_REMEMBERED = 8
"""Earlier clocks that a track may return to."""

Packet: TypeAlias = "av.Packet[Stream]"


@dataclass(slots=True)
class _Run:
    """A track's part of a run, in the track's ticks: its first and last times of presentation and of decoding.

    `torn`: one picture's presentation time is on the clock after the leap, as MPEG parsers give it.
    """

    before: tuple[_Run, int] | None
    """The track's part of the run before when it met this run, and the number of that run."""
    start: int
    end: int
    opened: int
    closed: int
    torn: bool = False


@dataclass(slots=True)
class _Track:
    """What was read of a track; ticks are of its own clock, seconds are after all leaps."""

    sound: bool
    tick: Fraction
    seconds: float
    """`tick` in seconds, for comparisons."""
    run: int
    last_s: float | None = None
    end_s: float | None = None
    runs: dict[int, _Run] = field(default_factory=dict)
    pauses: list[tuple[float, float]] = field(default_factory=list)


class Clock:
    """Follows the packets of all tracks in file order, and splits them into runs: stretches on one unbroken clock.

    All tracks leap by the same, so that sound and picture stay together; each track comes to a leap at its own packet. The
    pictures after a leap follow those before it directly, unless more than a quarter of a second of sound would be lost.
    """

    def __init__(self, container: str, *, sound: bool) -> None:
        """`sound` is true if the recording has sound; without it, a picture that stands is no pause."""
        self._ahead_s = _AHEAD_S if container in _RUNNING else _AHEAD_WITH_LENGTHS_S
        self._sound = sound
        self._tracks: dict[int, _Track] = {}
        self._guesses: list[float] = [0.0]
        """Seconds added to the times of each run, as far as known."""
        self._shown_s: float | None = None
        self._longest_s = _LONGEST_PACKET_S if sound else float("inf")

    @property
    def leaps(self) -> bool:
        """Whether the clock has leapt so far."""
        return len(self._guesses) > 1

    def take(self, packet: Packet) -> int | None:
        """The run of the next packet of the file, counted from 0; None for a packet without a time."""
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
        """Whether a packet's presentation time is far from its decoding time."""
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
        """The seconds added to the times of each run, once all packets were read."""
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
        """The shift that makes a track's part of a run begin where its part before ends, or where the recording begins."""
        seen = track.runs[run]
        if seen.before is None:
            return self._start() - seen.start * track.tick
        before, earlier = seen.before
        ticks = before.closed - seen.opened if before.torn else before.end - seen.start
        return ticks * track.tick + shifts[earlier]

    def _start(self) -> Fraction:
        return min((track.runs[0].start * track.tick for track in self._met(0)), default=Fraction(0))

    def breaks(self) -> tuple[Break, ...]:
        """Where the clock leapt, and by how much, once all packets were read; and the pauses of a second and more that stay."""
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
        """Spans in seconds in which no track has anything; empty if there is no sound."""
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
    """A packet's presentation and decoding time, in its own ticks; each replaces the other if that is missing."""
    pts, dts = packet.pts, packet.dts
    shown = dts if pts is None else pts
    decoded = pts if dts is None else dts
    assert shown is not None
    assert decoded is not None
    return shown, decoded
