"""Connections that stall are closed, and no others; granian serves them in a process of its own."""

import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPException, HTTPResponse
from pathlib import Path

import pytest
from e2e.instance import PATIENCE_S, eventually
from ports import free_port

from video_automation.media.sandbox import die_with_parent
from video_automation.web.security.slow_clients import USUAL_TIMEOUTS, ConnectionState, WatchedConnection

SLOW_S, STILL_S = 0.5, 5.0
LONG_S = 1.8 * SLOW_S
"""Seconds: longer than the server tolerates a slow connection."""
LARGE = f"X-Large: {'x' * 1000}"
"""A header that is large enough not to count as slow, however long the connection was open before."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of the patient app."""
    port, parent = free_port(), os.getpid()
    argv = [sys.executable, "-m", "patient_app", str(port), str(SLOW_S), str(STILL_S)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    program = subprocess.Popen(argv, cwd=Path(__file__).parent, env=env, preexec_fn=lambda: die_with_parent(parent))  # noqa: PLW1509
    try:
        assert eventually(lambda: listens(port))
        yield port
    finally:
        program.kill()
        program.wait(PATIENCE_S)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def connected(port: int) -> closing[socket.socket]:
    return closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S))


@pytest.fixture
def client(port: int) -> Iterator[socket.socket]:
    with connected(port) as client:
        yield client


def post(client: socket.socket, first: bytes, *, size: int, work_s: float = 0) -> None:
    """Sends the head of a request and the first bytes of its body in one."""
    client.sendall(f"POST /{work_s} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode() + first)


def get(client: socket.socket, size: int) -> None:
    client.sendall(f"GET /{size} HTTP/1.1\r\nHost: localhost\r\n{LARGE}\r\n\r\n".encode())


def answer(client: socket.socket) -> bytes:
    """The body of the response."""
    with closing(HTTPResponse(client)) as said:
        said.begin()
        return said.read()


def is_ended(client: socket.socket, *, meanwhile: Callable[[], object] = lambda: None) -> bool:
    """Whether the server closes the connection without a response; `meanwhile` is called ten times a second."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if select.select([client], [], [], 0.1)[0]:
            return client.recv(100) == b""
        meanwhile()
    return False


def test_a_sender_that_trickles_is_sent_away(client: socket.socket) -> None:
    began = time.monotonic()
    post(client, bytes(10_000), size=1_000_000)
    assert is_ended(client, meanwhile=lambda: client.send(b"x"))
    assert time.monotonic() - began >= SLOW_S


def test_a_sender_that_stops_is_sent_away_later(client: socket.socket) -> None:
    began = time.monotonic()
    post(client, bytes(50_000), size=1_000_000)
    assert is_ended(client)
    assert time.monotonic() - began >= STILL_S


def test_a_reader_that_stops_is_sent_away(client: socket.socket) -> None:
    began = time.monotonic()
    get(client, 90_000_000)
    client.recv(1000)
    assert eventually(lambda: not serves(client))
    assert time.monotonic() - began >= STILL_S


def serves(client: socket.socket) -> bool:
    """Whether the server's end of this connection is established, by the kernel's tables, without reading from it."""
    ours, theirs = (f":{place[1]:04X}" for place in (client.getsockname(), client.getpeername()))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    return any(row[1].endswith(theirs) and row[2].endswith(ours) and row[3] == "01" for row in rows[1:])


def test_an_upload_that_is_slow_but_steady_arrives(client: socket.socket) -> None:
    until = time.monotonic() + LONG_S
    post(client, bytes(1000), size=200_000)
    left = 199_000
    while time.monotonic() < until:
        left -= client.send(bytes(1000))
        assert not select.select([client], [], [], 0.1)[0]
    client.sendall(bytes(left))
    assert answer(client) == b"200000"


@pytest.mark.parametrize("size", [500, 100_000])
def test_a_request_is_worked_on_as_long_as_it_takes_once_its_body_is_there(client: socket.socket, size: int) -> None:
    post(client, bytes(size), size=size, work_s=LONG_S)
    assert answer(client) == b"%d" % size


def test_a_browser_may_ask_again_and_again(port: int) -> None:
    assert eventually(lambda: asks_again_and_again(port))


def asks_again_and_again(port: int) -> bool:
    """Whether one connection serves several requests that follow each other soon; a machine that stalls can prevent that."""
    until = time.monotonic() + LONG_S
    with connected(port) as client:
        try:
            while time.monotonic() < until:
                post(client, b"xx", size=2)
                assert answer(client) == b"2"
                select.select([], [], [], SLOW_S / 2)
        except (OSError, HTTPException):
            return False
    return True


def test_a_download_may_be_slow(client: socket.socket) -> None:
    until = time.monotonic() + LONG_S
    get(client, 30_000_000)
    received = 0
    while block := client.recv(1 << 20 if time.monotonic() > until else 1 << 14):
        received += len(block)
        if time.monotonic() < until:
            select.select([], [], [], 0.02)
        if received >= 30_000_000:
            break
    assert received >= 30_000_000


def seen(*looks: tuple[float, int, int, bool]) -> bool:
    """Whether a connection with these states (seconds, bytes received, bytes taken, answering) is stalled at the last one."""
    first, *later = (ConnectionState(*look) for look in looks)
    watched = WatchedConnection.first(first)
    for moment in later:
        watched = watched.then(moment, USUAL_TIMEOUTS)
    return watched.is_stalled(USUAL_TIMEOUTS)


def trickle(*, every_s: int, size: int, until_s: int) -> list[tuple[float, int, int, bool]]:
    return [(at, 200 + size * (at // every_s), 0, False) for at in range(0, until_s + 1, 5)]


@pytest.mark.parametrize("every_s", [1, 5, 40])
def test_half_a_minute_below_a_kilobyte_a_second_is_too_slow(every_s: int) -> None:
    assert seen(*trickle(every_s=every_s, size=1, until_s=40))
    assert not seen(*trickle(every_s=1, size=1, until_s=25))
    assert not seen(*trickle(every_s=5, size=6_000, until_s=300))


def test_an_answer_after_long_work_is_not_taken_for_a_trickle() -> None:
    worked = [(float(at), 900, 0, False) for at in range(0, 60, 5)]
    assert not seen(*worked, (60, 900, 300, False))
    assert not seen(*worked, (60, 900, 300, True), (65, 900, 40_000, True))
