"""The web app as granian serves it, in a process of its own."""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
import requests
from e2e.instance import PATIENCE_S, environment, eventually
from redis_server import free_port, running_redis
from surroundings import captioned_files, done

from video_automation import bootstrap, config
from video_automation.errors import SettingsError, UnderWayError
from video_automation.jobs.locks import alone
from video_automation.jobs.once import claimed
from video_automation.jobs.ports import HELD_S
from video_automation.media.sandbox import die_with_parent
from video_automation.sections import ServerSettings
from video_automation.stores.redis import connect
from video_automation.web.forms import BLOCK
from video_automation.web.serve import serve

GRANIAN = "import sys; from video_automation.web.serve import serve; serve('127.0.0.1', int(sys.argv[1]), int(sys.argv[2]))"
BOUNDARY = "boundary"


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with running_redis() as url:
        yield url


@contextmanager
def serving(redis_url: str, folder: Path, *, threads: int = 16) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """The server's process and its port, until the block ends."""
    port, parent = free_port(), os.getpid()
    env = environment(folder / "data", REDIS_URL=redis_url, VIDEO_AUTOMATION__SERVER__THREADS=str(threads))
    argv = [sys.executable, "-c", GRANIAN, str(port), str(threads)]
    program = subprocess.Popen(argv, env=env, cwd=folder, preexec_fn=lambda: die_with_parent(parent))  # noqa: PLW1509
    try:
        assert eventually(lambda: answers(port))
        yield program, port
    finally:
        program.kill()
        program.wait(PATIENCE_S)


@pytest.fixture
def server(redis_url: str, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """A server that a test may harm."""
    with serving(redis_url, tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the server that stays."""
    return tmp_path_factory.mktemp("serving")


@pytest.fixture(scope="module")
def port(redis_url: str, folder: Path) -> Iterator[int]:
    """Of a server that stays, with 16 threads in each of its processes."""
    with serving(redis_url, folder) as (_, found):
        yield found


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/health/live", timeout=PATIENCE_S).ok
    except requests.ConnectionError:
        return False


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def head(length: int | None) -> bytes:
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"
    return "\r\n".join(("POST /upload HTTP/1.1", "Host: localhost", kind, size, "", "")).encode()


def form(film: bytes) -> bytes:
    first = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
    return first.encode() + film + f"\r\n--{BOUNDARY}--\r\n".encode()


def answer_to(port: int, *sent: bytes) -> bytes:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)) as connection:
        for block in sent:
            connection.sendall(block)
        return connection.recv(4096)


def test_a_film_arrives_whether_its_length_is_told_or_not(server: tuple["subprocess.Popen[bytes]", int], film: bytes):
    _, port = server
    before = tasks(port)
    body = form(film)
    assert answer_to(port, head(len(body)), body).startswith(b"HTTP/1.1 202")
    chunks = [b"%x\r\n%b\r\n" % (len(body[at : at + 1000]), body[at : at + 1000]) for at in range(0, len(body), 1000)]
    assert answer_to(port, head(None), *chunks, b"0\r\n\r\n").startswith(b"HTTP/1.1 202")
    assert tasks(port) == before + 2


def tasks(port: int) -> int:
    """How many there are in Redis, which other tests use too."""
    return int(requests.get(f"http://127.0.0.1:{port}/tasks", timeout=PATIENCE_S).json()["total"])


def test_a_client_that_hangs_up_half_way_leaves_nothing(server: tuple["subprocess.Popen[bytes]", int], tmp_path: Path):
    _, port = server
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.sendall(head(10_000_000) + form(bytes(3_000_000)))
        folder = tmp_path / "data" / "input"
        assert eventually(lambda: bool(list(folder.glob("*/source.part"))))
    assert eventually(lambda: not list(folder.glob("*-*")))


def test_killed_during_an_upload_it_keeps_its_key_for_half_a_minute_at_most(
    server: tuple["subprocess.Popen[bytes]", int], redis_url: str, tmp_path: Path
):
    program, port = server
    redis = connect(redis_url)
    told = bootstrap.backend(config.load(environment={"REDIS_URL": redis_url, "DATA_FOLDER": str(tmp_path / "data")}))
    keyed = head(10_000_000).replace(b"Host: localhost", b"Host: localhost\r\nIdempotency-Key: key")
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.sendall(keyed + form(bytes(3_000_000)))
        assert eventually(lambda: bool(redis.keys("va:holder:*")))
        program.kill()
        program.wait(PATIENCE_S)
    with pytest.raises(UnderWayError), claimed(told, owner="local", key="key"):
        pass
    (name,) = redis.keys("va:holder:*")
    assert 0 < redis.ttl(name) <= HELD_S
    redis.expire(name, 0)
    with claimed(told, owner="local", key="key") as claim:
        assert claim.earlier() is None
    redis.close()


def test_a_refusal_comes_before_the_film_is_sent(server: tuple["subprocess.Popen[bytes]", int]):
    _, port = server
    assert answer_to(port, head(1 << 50)).startswith(b"HTTP/1.1 413")


def test_it_stops_when_told(server: tuple["subprocess.Popen[bytes]", int]):
    program, port = server
    program.send_signal(signal.SIGTERM)
    assert program.wait(PATIENCE_S) == 0
    assert eventually(lambda: is_free(port))


def test_killed_it_leaves_nobody_on_its_port(server: tuple["subprocess.Popen[bytes]", int]):
    program, port = server
    program.kill()
    program.wait(PATIENCE_S)
    assert eventually(lambda: is_free(port))


def test_a_taken_port_is_a_clear_error():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match=r"^PORT: .*Address already in use"):
            serve("127.0.0.1", taken.getsockname()[1], 4)


def test_an_unknown_host_is_a_clear_error():
    with pytest.raises(SettingsError, match=r"^HOST: 'fe80::1%nowhere'"):
        serve("fe80::1%nowhere", free_port(), 4)  # nor does anybody on the network need to be asked


def test_a_film_is_in_use_until_its_client_hangs_up(
    server: tuple["subprocess.Popen[bytes]", int], redis_url: str, tmp_path: Path
):
    _, port = server
    job, folder = done(redis_url, tmp_path / "data")
    folder.log.touch()
    (folder.output / "processed_video.mp4").write_bytes(bytes(50_000_000))

    def unread() -> bool:
        with alone(folder.log) as nobody:
            return nobody

    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)) as connection:
        connection.sendall(f"GET /task/{job.id}/files/processed_video.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        assert not unread()
    assert eventually(unread)


def test_captions_may_come_without_their_length(server: tuple["subprocess.Popen[bytes]", int], redis_url: str, tmp_path: Path):
    _, port = server
    job, folder = done(redis_url, tmp_path / "data")
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
    captioned_files(folder, text)
    address = f"http://127.0.0.1:{port}/task/{job.id}/captions"
    answer = requests.put(address, data=iter([text[:20].encode(), text[20:].encode()]), timeout=PATIENCE_S)
    assert answer.status_code == 202, answer.text
    assert folder.corrected() == text
    assert requests.put(address, data=iter([b"x" * 100_000] * 21), timeout=PATIENCE_S).status_code == 413


def heads() -> dict[str, tuple[bytes, tuple[bytes, ...]]]:
    """Requests no honest client sends, and with which status each may be refused."""

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
    job, place = done(redis_url, folder / "data")
    place.log.touch()
    (place.output / "processed_video.mp4").write_bytes(bytes(50_000_000))
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


def test_two_hundred_slow_senders_are_not_noticed(redis_url: str, tmp_path: Path, film: bytes):
    with serving(redis_url, tmp_path, threads=ServerSettings().threads) as (_, port), ExitStack() as clients:

        def sender() -> socket.socket:
            return clients.enter_context(closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)))

        def begun(sender: socket.socket) -> socket.socket:
            sender.sendall(head(10_000_000) + form(bytes(BLOCK))[: BLOCK + 1])
            return sender

        def all_send() -> bool:
            for away in select.select(senders, [], [], 0)[0]:  # Redis was slow to answer two hundred at once
                senders.remove(away)
                senders.append(begun(sender()))
            return len(list(tmp_path.glob("data/input/*/source.part"))) == len(senders)

        senders = list(map(begun, [sender() for _ in range(200)]))
        assert eventually(all_send)
        assert answer_to(port, head(len(form(film))), form(film)).startswith(b"HTTP/1.1 202")
        assert all(requests.get(f"http://127.0.0.1:{port}/health", timeout=PATIENCE_S).json() for _ in range(9))
        assert not select.select(senders, [], [], 0)[0]
