"""Closes connections of clients that send or read too slowly, or not at all, and so hold a thread.

granian has no time limit for receiving a body or for sending a response. The kernel counts the bytes of each connection
(TCP_INFO, tcp(7)); shutting the connection down ends the read or the write that waits for it.
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
"""Fields of Linux' `struct tcp_info`: tcpi_unacked, tcpi_bytes_acked, tcpi_bytes_received, tcpi_notsent_bytes (Linux 4.6)."""


@dataclass(frozen=True, slots=True)
class ConnectionTimeouts:
    """Seconds after which a connection is closed: `slow_s` if it moves less than 1 KiB/s, `still_s` if it moves nothing.

    Nothing moves either between the end of a body and the response: that takes seconds, or a minute on a slow disk.
    """

    slow_s: float = 30.0
    still_s: float = 300.0
    look_every_s: float = 5.0


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """What the kernel reports of a connection: bytes received, bytes the client has acknowledged, whether more are waiting.

    `at_s` is the monotonic time of the report, in seconds.
    """

    at_s: float
    received: int
    taken: int
    answering: bool


@dataclass(frozen=True, slots=True)
class WatchedConnection:
    """A connection: its last state, when bytes last moved (monotonic seconds), the state from which its speed is measured."""

    last: ConnectionState
    moved_s: float
    since: ConnectionState

    @classmethod
    def first(cls, now: ConnectionState) -> Self:
        """A connection that is seen for the first time."""
        return cls(now, now.at_s, now)

    def then(self, now: ConnectionState, patience: ConnectionTimeouts) -> Self:
        """The connection with its next state.

        Its speed is measured anew from here when a response begins or has been read whole, and when it was fast enough.
        """
        last, since = self.last, self.since
        moved = (now.received, now.taken) != (last.received, last.taken)
        turned = now.answering != last.answering or (now.taken > last.taken and not now.answering)
        kept = (now.received - since.received) + (now.taken - since.taken) >= _LEAST_PER_S * patience.slow_s
        return type(self)(now, now.at_s if moved else self.moved_s, now if turned or kept else since)

    def is_stalled(self, patience: ConnectionTimeouts) -> bool:
        """Whether it has been too slow, or idle, for too long. While nothing moves it counts as idle, not as slow."""
        now_s = self.last.at_s
        trickles = self.moved_s == now_s and now_s - self.since.at_s >= patience.slow_s
        return trickles or now_s - self.moved_s >= patience.still_s


USUAL_TIMEOUTS: Final = ConnectionTimeouts()


def watch(port: int, patience: ConnectionTimeouts = USUAL_TIMEOUTS) -> None:
    """Starts a thread that closes connections of this process to a port when they stall."""
    Thread(target=_watch, args=(port, patience), name="stalled", daemon=True).start()


def _watch(port: int, patience: ConnectionTimeouts) -> None:
    known: dict[object, WatchedConnection] = {}
    while True:
        time.sleep(patience.look_every_s)
        known = _looked(known, port, patience)


def _looked(known: dict[object, WatchedConnection], port: int, patience: ConnectionTimeouts) -> dict[object, WatchedConnection]:
    """The connections that are open now, after closing those that stall."""
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
            continue  # a listening socket, or one just closed
    if ended:
        log.info("ended %d connections that stood still or moved less than %d bytes a second", ended, _LEAST_PER_S)
    return found


def _connections(port: int) -> Iterator[socket.socket]:
    """A duplicate of each TCP socket of this process at the port; each is closed when the next one is taken."""
    for entry in Path("/proc/self/fd").iterdir():
        try:
            twin = os.dup(int(entry.name))
        except OSError:
            continue  # closed meanwhile
        try:
            connection = socket.socket(fileno=twin)
        except OSError:
            os.close(twin)  # not a socket
            continue
        with connection:
            if connection.family in (socket.AF_INET, socket.AF_INET6) and connection.getsockname()[1] == port:
                yield connection


def _moment(connection: socket.socket) -> ConnectionState:
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO.size)
    unacked, taken, received, unsent = _TCP_INFO.unpack(told)
    return ConnectionState(time.monotonic(), received, taken, answering=bool(unacked or unsent))
