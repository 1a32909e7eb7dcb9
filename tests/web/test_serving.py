"""The web app as granian serves it, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from e2e.instance import eventually
from redis_server import free_port, running_redis
from surroundings import captioned_files

from video_automation import bootstrap, config
from video_automation.errors import SettingsError, UnderWayError
from video_automation.jobs import manifest
from video_automation.jobs.locks import alone
from video_automation.jobs.manifest import Artifact, Manifest, Stats
from video_automation.jobs.model import Job
from video_automation.jobs.once import claimed
from video_automation.jobs.ports import HELD_S
from video_automation.jobs.steps import succeeded
from video_automation.jobs.submit import new_job
from video_automation.jobs.workspace import Workspace
from video_automation.media.sandbox import die_with_parent
from video_automation.plan.params import Params
from video_automation.stores.redis import connect
from video_automation.web.serve import serve

GRANIAN = "import sys; from video_automation.web.serve import serve; serve('127.0.0.1', int(sys.argv[1]), 16)"
BOUNDARY = "boundary"


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with running_redis() as url:
        yield url


@pytest.fixture
def server(redis_url: str, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """The server's process and its port."""
    port, parent = free_port(), os.getpid()
    env = os.environ | {"REDIS_URL": redis_url, "DATA_FOLDER": str(tmp_path / "data")}
    argv = [sys.executable, "-c", GRANIAN, str(port)]
    program = subprocess.Popen(argv, env=env, cwd=tmp_path, preexec_fn=lambda: die_with_parent(parent))  # noqa: PLW1509
    assert eventually(lambda: answers(port), within_s=30)
    yield program, port
    program.kill()
    program.wait(10)


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/health/live", timeout=5).ok
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
    with closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as connection:
        for block in sent:
            connection.sendall(block)
        return connection.recv(4096)


def test_a_film_arrives_whether_its_length_is_told_or_not(server: tuple["subprocess.Popen[bytes]", int], film: bytes):
    _, port = server
    body = form(film)
    assert answer_to(port, head(len(body)), body).startswith(b"HTTP/1.1 202")
    chunks = [b"%x\r\n%b\r\n" % (len(body[at : at + 1000]), body[at : at + 1000]) for at in range(0, len(body), 1000)]
    assert answer_to(port, head(None), *chunks, b"0\r\n\r\n").startswith(b"HTTP/1.1 202")
    assert requests.get(f"http://127.0.0.1:{port}/tasks", timeout=10).json()["total"] == 2


def test_a_client_that_hangs_up_half_way_leaves_nothing(server: tuple["subprocess.Popen[bytes]", int], tmp_path: Path):
    _, port = server
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.sendall(head(10_000_000) + form(bytes(3_000_000)))
        folder = tmp_path / "data" / "input"
        assert eventually(lambda: bool(list(folder.glob("*/source.part"))), within_s=10)
    assert eventually(lambda: not list(folder.glob("*-*")), within_s=10)


def test_killed_during_an_upload_it_keeps_its_key_for_half_a_minute_at_most(
    server: tuple["subprocess.Popen[bytes]", int], redis_url: str, tmp_path: Path
):
    program, port = server
    redis = connect(redis_url)
    told = bootstrap.backend(config.load(environment={"REDIS_URL": redis_url, "DATA_FOLDER": str(tmp_path / "data")}))
    keyed = head(10_000_000).replace(b"Host: localhost", b"Host: localhost\r\nIdempotency-Key: key")
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.sendall(keyed + form(bytes(3_000_000)))
        assert eventually(lambda: bool(redis.keys("va:holder:*")), within_s=10)
        program.kill()
        program.wait(5)
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
    assert program.wait(10) == 0
    assert eventually(lambda: is_free(port), within_s=1)


def test_killed_it_leaves_nobody_on_its_port(server: tuple["subprocess.Popen[bytes]", int]):
    program, port = server
    program.kill()
    program.wait(5)
    assert eventually(lambda: is_free(port), within_s=5)


def test_a_taken_port_is_a_clear_error():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match=r"^PORT: .*Address already in use"):
            serve("127.0.0.1", taken.getsockname()[1], 4)


def test_an_unknown_host_is_a_clear_error():
    with pytest.raises(SettingsError, match=r"^HOST: 'no\.such\.host\.invalid'"):
        serve("no.such.host.invalid", free_port(), 4)


def done(redis_url: str, data: Path) -> tuple[Job, Workspace]:
    """A done job that this server knows, with a manifest of one film."""
    told = bootstrap.backend(config.load(environment={"REDIS_URL": redis_url, "DATA_FOLDER": str(data)}))
    job = new_job(filename="talk.mp4", owner="local", params=Params())
    told.store.add(succeeded(job, 1, output_filename="processed_video.mp4"))
    folder = told.folders.of(job.id)
    folder.output.mkdir(parents=True)
    film = Artifact("processed_video.mp4", "video", "video/mp4", 0, "")
    manifest.write(Manifest(film.name, (film,), Stats(1, 1, 0, 0, ())), folder.manifest)
    return job, folder


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

    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as connection:
        connection.sendall(f"GET /task/{job.id}/files/processed_video.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        assert not unread()
    assert eventually(unread, within_s=10)


def test_captions_may_come_without_their_length(server: tuple["subprocess.Popen[bytes]", int], redis_url: str, tmp_path: Path):
    _, port = server
    job, folder = done(redis_url, tmp_path / "data")
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
    captioned_files(folder, text)
    address = f"http://127.0.0.1:{port}/task/{job.id}/captions"
    answer = requests.put(address, data=iter([text[:20].encode(), text[20:].encode()]), timeout=10)
    assert answer.status_code == 202, answer.text
    assert folder.corrected() == text
    assert requests.put(address, data=iter([b"x" * 100_000] * 21), timeout=10).status_code == 413
