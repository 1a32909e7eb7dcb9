"""The web app on granian against requests that no honest client sends, and more of them than it has threads."""

import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import requests
from e2e.instance import PATIENCE_S, eventually
from redis_server import running_redis
from served import BOUNDARY, answer_to, answers, form, head, serving
from surroundings import done

from video_automation.sections import ServerSettings
from video_automation.web.uploads.form_reader import BLOCK


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with running_redis() as url:
        yield url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the server that all tests share."""
    return tmp_path_factory.mktemp("serving")


@pytest.fixture(scope="module")
def port(redis_url: str, folder: Path) -> Iterator[int]:
    """The port of the server that all tests share; it has 16 threads in each process."""
    with serving(redis_url, folder) as (_, found):
        yield found


def heads() -> dict[str, tuple[bytes, tuple[bytes, ...]]]:
    """Requests that no honest client sends, and the statuses with which each may be refused."""

    def get(path: str = "/health/live", *headers: str) -> bytes:
        return "\r\n".join((f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", "")).encode()

    large = (b"400", b"414", b"431")
    return {
        "a header of 100 KB": (get("/health/live", f"X-A: {'a' * 100_000}"), large),
        "100 KB of headers": (get("/health/live", *(f"X-{n}: {'a' * 1000}" for n in range(90)), f"X-A: {'a' * 20_000}"), large),
        "150 headers": (get("/health/live", *(f"X-{n}: a" for n in range(150))), large),
        "a path of 64 KB": (get(f"/{'a' * 65_536}"), large),
        "10,000 parameters": (get(f"/health/live?{'&'.join(f'a{n}=1' for n in range(10_000))}"), large),
        "bytes that are no request": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", (b"400",)),
        "a null in a header": (get("/health/live", "X-A: a\0b"), (b"400",)),
        "a folded header": (get("/health/live", "X-A: a", " b"), (b"400",)),
        "two lengths": (get("/health/live", "Content-Length: 1", "Content-Length: 2"), (b"400",)),
        "a negative length": (get("/health/live", "Content-Length: -1"), (b"400",)),
        "no host that we have": (get().replace(b"localhost", b"evil.example"), (b"421",)),
    }


def test_requests_no_honest_client_sends_are_refused_as_such(port: int):
    for name, (sent, statuses) in heads().items():
        assert answer_to(port, sent)[9:12] in statuses, name
    fields = b"".join(
        b'--%b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % (BOUNDARY.encode(), n) for n in range(10_000)
    )
    part = b'--%b\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n' % (BOUNDARY.encode(), b"a" * 500_000)
    for body in (fields, part):
        assert answer_to(port, head(len(body)), body)[9:12] == b"400"
    values = "&".join(f"a{n}=1" for n in range(10_000))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    address = f"http://127.0.0.1:{port}/task/x/retry"
    assert requests.post(address, data=values, headers=kind, timeout=PATIENCE_S).status_code == 404
    assert answers(port)


def test_requests_sent_at_once_are_answered_in_turn(port: int):
    one = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)) as connection:
        connection.sendall(one * 20 + last)
        said = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    assert said.count(b"HTTP/1.1 200") == 21


def test_uploads_leave_threads_for_others(port: int):
    with ExitStack() as clients:
        waiting = []
        for _ in range(2 * 16 * 3 // 4 + 1):
            connection = clients.enter_context(closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)))
            connection.sendall(head(10_000_000) + form(bytes(1000))[:1000])
            waiting.append(connection)
        (refused, *_), _, _ = select.select(waiting, [], [], PATIENCE_S)
        said = b"".join(iter(lambda: refused.recv(4096), b""))
        assert said.startswith(b"HTTP/1.1 503")
        assert b"retry-after: 5" in said.lower()
        assert b'"code":"busy"' in said
        assert all(answers(port) for _ in range(20))


def test_downloads_leave_threads_for_others(port: int, redis_url: str, folder: Path):
    job, place, output = done(redis_url, folder / "data")
    place.log.touch()
    (output / "processed_video.mp4").write_bytes(bytes(50_000_000))
    path = f"/task/{job.id}/files/processed_video.mp4"
    said = []
    with ExitStack() as clients:
        for _ in range(2 * 16 // 8 + 1):
            connection = clients.enter_context(closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)))
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            said.append(connection.recv(12))
        assert set(said) == {b"HTTP/1.1 200", b"HTTP/1.1 503"}
        assert all(answers(port) for _ in range(20))
        assert requests.head(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE_S).ok
    assert eventually(lambda: requests.get(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE_S).ok)


def test_two_hundred_slow_senders_are_not_noticed(redis_url: str, tmp_path: Path, video: bytes):
    with serving(redis_url, tmp_path, threads=ServerSettings().threads) as (_, port), ExitStack() as clients:

        def sender() -> socket.socket:
            return clients.enter_context(closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)))

        def begun(sender: socket.socket) -> socket.socket:
            sender.sendall(head(10_000_000) + form(bytes(BLOCK))[: BLOCK + 1])
            return sender

        def all_send() -> bool:
            for away in select.select(senders, [], [], 0)[0]:  # Redis was slow to respond to two hundred at once
                senders.remove(away)
                senders.append(begun(sender()))
            return len(list(tmp_path.glob("data/input/*/source.part"))) == len(senders)

        senders = list(map(begun, [sender() for _ in range(200)]))
        assert eventually(all_send)
        assert answer_to(port, head(len(form(video))), form(video)).startswith(b"HTTP/1.1 202")
        assert all(requests.get(f"http://127.0.0.1:{port}/health", timeout=PATIENCE_S).json() for _ in range(9))
        assert not select.select(senders, [], [], 0)[0]
