"""Ends connections that hold a thread for next to nothing: whoever sends or reads at a trickle, or stands still.

granian waits for ever for the next byte of a body, and for a client to read on. What has come and gone the kernel knows of each
connection (TCP_INFO, tcp(7)); a connection that is shut down ends the read or the write that waits for it.
"""

import logging
import os
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final, Self

log = logging.getLogger(__name__)

_LEAST_PER_S: Final = 1024
_TCP_INFO: Final = struct.Struct("=24xI92xQQ8xI")
"""Of Linux' `struct tcp_info`: tcpi_unacked, tcpi_bytes_acked, tcpi_bytes_received, tcpi_notsent_bytes (Linux 4.6)."""


@dataclass(frozen=True, slots=True)
class ConnectionTimeouts:
    """After how many seconds a connection is ended at which less than 1 KiB a second moves, or nothing at all.

    Nothing moves either while a request is worked on whose body is here: that takes seconds, or a minute on a slow disk.
    """

    slow_s: float = 30.0
    still_s: float = 300.0
    look_every_s: float = 5.0


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """What the kernel tells of a connection: bytes received, bytes the other side has taken, whether it has more to take."""

    at_s: float
    received: int
    taken: int
    answering: bool


@dataclass(frozen=True, slots=True)
class WatchedConnection:
    """A connection at its last look, when anything last moved, and the moment from which its pace is counted."""

    last: ConnectionState
    moved_s: float
    since: ConnectionState

    @classmethod
    def first(cls, now: ConnectionState) -> Self:
        """One seen for the first time."""
        return cls(now, now.at_s, now)

    def then(self, now: ConnectionState, patience: ConnectionTimeouts) -> Self:
        """The same at the next look: its pace is counted anew when an answer begins or is taken whole, and when it was kept."""
        last, since = self.last, self.since
        moved = (now.received, now.taken) != (last.received, last.taken)
        turned = now.answering != last.answering or (now.taken > last.taken and not now.answering)
        kept = (now.received - since.received) + (now.taken - since.taken) >= _LEAST_PER_S * patience.slow_s
        return type(self)(now, now.at_s if moved else self.moved_s, now if turned or kept else since)

    def is_stalled(self, patience: ConnectionTimeouts) -> bool:
        """Whether it has trickled, or stood still, for too long. One at which nothing moves just now does not trickle."""
        now_s = self.last.at_s
        trickles = self.moved_s == now_s and now_s - self.since.at_s >= patience.slow_s
        return trickles or now_s - self.moved_s >= patience.still_s


USUAL_TIMEOUTS: Final = ConnectionTimeouts()


def watch(port: int, patience: ConnectionTimeouts = USUAL_TIMEOUTS) -> None:
    """From now on ends the connections of this process to a port that stall, in a thread of its own."""
    Thread(target=_watch, args=(port, patience), name="stalled", daemon=True).start()


def _watch(port: int, patience: ConnectionTimeouts) -> None:
    known: dict[object, WatchedConnection] = {}
    while True:
        time.sleep(patience.look_every_s)
        known = _looked(known, port, patience)


def _looked(known: dict[object, WatchedConnection], port: int, patience: ConnectionTimeouts) -> dict[object, WatchedConnection]:
    """The connections of now; those that are stalled are ended."""
    found, ended = {}, 0
    for connection in _connections(port):
        try:
            peer, now = connection.getpeername(), _moment(connection)
            seen = known[peer].then(now, patience) if peer in known else WatchedConnection.first(now)
            if seen.is_stalled(patience):
                connection.shutdown(socket.SHUT_RDWR)
                ended += 1
            else:
                found[peer] = seen
        except OSError:
            continue  # it listens, or has just ended
    if ended:
        log.info("ended %d connections that stood still or moved less than %d bytes a second", ended, _LEAST_PER_S)
    return found


def _connections(port: int) -> Iterator[socket.socket]:
    """A second handle of each TCP socket this process has at the port; of every one in turn, until the next is asked for."""
    for entry in Path("/proc/self/fd").iterdir():
        try:
            twin = os.dup(int(entry.name))
        except OSError:
            continue  # closed meanwhile
        try:
            connection = socket.socket(fileno=twin)
        except OSError:
            os.close(twin)  # no socket
            continue
        with connection:
            if connection.family in (socket.AF_INET, socket.AF_INET6) and connection.getsockname()[1] == port:
                yield connection


def _moment(connection: socket.socket) -> ConnectionState:
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO.size)
    unacked, taken, received, unsent = _TCP_INFO.unpack(told)
    return ConnectionState(time.monotonic(), received, taken, answering=bool(unacked or unsent))
