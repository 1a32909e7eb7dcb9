"""The web app on granian, in a process of its own."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from e2e.instance import PATIENCE_S, eventually
from ports import free_port
from redis_server import running_redis
from served import answer_to, form, head, is_free, serving
from surroundings import captioned_files, done

from video_automation import bootstrap, config
from video_automation.errors import SettingsError, UnderWayError
from video_automation.jobs.lifecycle.idempotency import claimed
from video_automation.jobs.locks import try_lock
from video_automation.jobs.ports import HELD_S
from video_automation.stores.redis import connect
from video_automation.web.server.serve import run_server


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with running_redis() as url:
        yield url


@pytest.fixture
def server(redis_url: str, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """A server that the test may harm."""
    with serving(redis_url, tmp_path) as found:
        yield found


def test_a_video_arrives_whether_its_length_is_told_or_not(server: tuple["subprocess.Popen[bytes]", int], video: bytes):
    _, port = server
    before = tasks(port)
    body = form(video)
    assert answer_to(port, head(len(body)), body).startswith(b"HTTP/1.1 202")
    chunks = [b"%x\r\n%b\r\n" % (len(body[at : at + 1000]), body[at : at + 1000]) for at in range(0, len(body), 1000)]
    assert answer_to(port, head(None), *chunks, b"0\r\n\r\n").startswith(b"HTTP/1.1 202")
    assert tasks(port) == before + 2


def tasks(port: int) -> int:
    """How many tasks are in Redis, which other tests use too."""
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
    told = bootstrap.redis_backend(config.load(environment={"REDIS_URL": redis_url, "DATA_FOLDER": str(tmp_path / "data")}))
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


def test_a_refusal_comes_before_the_video_is_sent(server: tuple["subprocess.Popen[bytes]", int]):
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
            run_server("127.0.0.1", taken.getsockname()[1], 4)


def test_an_unknown_host_is_a_clear_error():
    with pytest.raises(SettingsError, match=r"^HOST: 'fe80::1%nowhere'"):
        run_server("fe80::1%nowhere", free_port(), 4)  # refused without a query on the network


def test_a_video_is_in_use_until_its_client_hangs_up(
    server: tuple["subprocess.Popen[bytes]", int], redis_url: str, tmp_path: Path
):
    _, port = server
    job, place, folder = done(redis_url, tmp_path / "data")
    place.log.touch()
    (folder / "processed_video.mp4").write_bytes(bytes(50_000_000))

    def unread() -> bool:
        with try_lock(place.log) as nobody:
            return nobody

    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)) as connection:
        connection.sendall(f"GET /task/{job.id}/files/processed_video.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        assert not unread()
    assert eventually(unread)


def test_captions_may_come_without_their_length(server: tuple["subprocess.Popen[bytes]", int], redis_url: str, tmp_path: Path):
    _, port = server
    job, place, _ = done(redis_url, tmp_path / "data")
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
    captioned_files(place, job, text)
    address = f"http://127.0.0.1:{port}/task/{job.id}/captions"
    answer = requests.put(address, data=iter([text[:20].encode(), text[20:].encode()]), timeout=PATIENCE_S)
    assert answer.status_code == 202, answer.text
    [entry] = requests.get(address.replace("captions", "plan"), timeout=PATIENCE_S).json()["history"]
    assert [cue["lines"] for cue in entry["edits"][0]["cues"]] == [["Hello."]]
    assert requests.put(address, data=iter([b"x" * 100_000] * 21), timeout=PATIENCE_S).status_code == 413
