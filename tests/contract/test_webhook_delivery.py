"""Webhooks as receivers get them: real messages from a real Redis to a real server."""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from hmac import HMAC
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from celery.signals import worker_ready
from e2e.instance import PATIENCE_S, eventually
from ports import free_port
from receivers import SECRET, Message, WebhookServer, receiving_webhooks

from video_automation.jobs.lifecycle.transitions import succeeded, taken_up
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend, Rules
from video_automation.jobs.webhooks import outbox as rules
from video_automation.jobs.webhooks import sending
from video_automation.jobs.webhooks.addresses import IPNetwork
from video_automation.jobs.webhooks.delivering import deliver_due
from video_automation.jobs.webhooks.outbox import Attempt
from video_automation.jobs.webhooks.receivers import Receiver, Webhooks
from video_automation.jobs.workspace import Folders
from video_automation.stores.redis import RedisStore
from video_automation.worker.maintenance import tended

LOOPBACK = (ip_network("127.0.0.0/8"),)
CUT_OFF = """
import sys
from ipaddress import ip_network
from video_automation.jobs.webhooks.delivering import deliver_due
from video_automation.jobs.webhooks.receivers import Receiver, Webhooks
from video_automation.stores.redis import RedisStore, connect
webhooks = Webhooks((Receiver(sys.argv[2], sys.argv[3]),), private_networks=(ip_network("127.0.0.0/8"),))
deliver_due(RedisStore(connect(sys.argv[1]), webhooks), webhooks, holder="cut off")
"""
"""A worker that delivers."""


@pytest.fixture
def receiver() -> Iterator[WebhookServer]:
    with receiving_webhooks() as server:
        yield server


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is sent again without a pause."""
    monkeypatch.setattr(rules, "FIRST_PAUSE_S", 0.0)


def to(url: str, networks: tuple[IPNetwork, ...] = LOOPBACK) -> Webhooks:
    return Webhooks((Receiver(url, SECRET),), private_networks=networks)


def started(store: RedisStore, **changes: object) -> Job:
    job = replace(Job(id=str(uuid4()), owner="ann", filename="ünï.mp4", created_at=0), **changes)  # type: ignore[arg-type]
    store.add(job)
    return store.change(job.id, lambda job: taken_up(job, 1, "run"))


def done(store: RedisStore) -> Job:
    job = started(store)
    store.change(job.id, lambda job: replace(job, clips_ready=("a.mp4",)))
    return store.change(job.id, lambda job: succeeded(job, 2, output_filename="x.mp4"))


def types(messages: list[Message]) -> list[str]:
    return [json.loads(one.body)["type"] for one in messages]


def sent_to(url: str, networks: tuple[IPNetwork, ...] = LOOPBACK) -> Attempt:
    return sending.send_webhook(url, "{}", secret=SECRET, message_id="msg_1", private_networks=networks)


def test_all_that_happened_arrives_in_order_signed_as_the_specification_says(redis, receiver: WebhookServer) -> None:
    webhooks = to(receiver.url)
    store = RedisStore(redis, webhooks)
    job = done(store)
    deliver_due(store, webhooks, holder="one")
    assert types(receiver.messages) == ["task.started", "clip.ready", "task.succeeded"]
    for message in receiver.messages:
        sent = message.headers
        signed = f"{sent['webhook-id']}.{sent['webhook-timestamp']}.".encode() + message.body
        digest = HMAC(b64decode(SECRET.removeprefix("whsec_")), signed, sha256).digest()
        assert sent["webhook-signature"] == "v1," + b64encode(digest).decode()
        assert abs(int(sent["webhook-timestamp"]) - time.time()) < PATIENCE_S
        assert sent["content-type"] == "application/json"
        assert message.path == "/hook"
        assert json.loads(message.body)["data"]["task_id"] == job.id
    assert receiver.ids == [one.id for one in store.outbox.told(job.id)]


@pytest.mark.usefixtures("at_once")
def test_a_receiver_that_was_down_gets_all_of_it_in_order(redis) -> None:
    port = free_port()
    webhooks = to(f"http://127.0.0.1:{port}/hook")
    store = RedisStore(redis, webhooks)
    job = done(store)
    deliver_due(store, webhooks, holder="one")
    waiting = store.outbox.told(job.id)
    assert [one.attempts > 0 for one in waiting] == [True, False, False]
    assert "did not answer" in (waiting[0].error or "")
    with receiving_webhooks(port) as receiver:
        deliver_due(store, webhooks, holder="one")
    assert types(receiver.messages) == ["task.started", "clip.ready", "task.succeeded"]
    assert receiver.ids == [one.id for one in waiting]
    assert [one.status for one in store.outbox.told(job.id)] == [204] * 3


@pytest.mark.usefixtures("at_once")
def test_a_receiver_that_fails_now_and_then_gets_all_of_it_in_order(redis, receiver: WebhookServer) -> None:
    receiver.answer = lambda _: 500 if len(receiver.messages) % 2 else 204
    webhooks = to(receiver.url)
    store = RedisStore(redis, webhooks)
    done(store)
    deliver_due(store, webhooks, holder="one")
    assert types(receiver.messages) == [kind for kind in ("task.started", "clip.ready", "task.succeeded") for _ in range(2)]
    assert len(set(receiver.ids)) == 3


def test_a_worker_killed_between_sending_and_noting_has_it_sent_twice_under_one_id(redis, redis_url: str) -> None:
    with receiving_webhooks() as receiver:
        webhooks = to(receiver.url)
        store = RedisStore(redis, webhooks)
        job = started(store)
        argv = [sys.executable, "-c", CUT_OFF, redis_url, receiver.url, SECRET]
        with subprocess.Popen(argv, stderr=subprocess.DEVNULL) as worker:

            def killing(_: Message) -> int:
                worker.kill()
                worker.wait(PATIENCE_S)
                return 204

            receiver.answer = killing
            assert worker.wait(PATIENCE_S) == -signal.SIGKILL
        assert [one.attempts for one in store.outbox.told(job.id)] == [0]
        deliver_due(store, webhooks, holder="another")
        assert len(receiver.messages) == 1, "nobody knows yet that the first one is gone"
        redis.delete("va:delivering")  # as it goes by itself
        receiver.answer = lambda _: 204
        deliver_due(store, webhooks, holder="another")
    assert len(receiver.messages) == 2
    assert len(set(receiver.ids)) == 1
    assert receiver.messages[0].body == receiver.messages[1].body
    assert [one.status for one in store.outbox.told(job.id)] == [204]


def test_a_worker_that_is_ready_delivers_beside_its_work(redis, receiver: WebhookServer, tmp_path: Path) -> None:
    webhooks = to(receiver.url)
    store = RedisStore(redis, webhooks)
    job, folders = done(store), Folders(tmp_path / "input", tmp_path / "work", tmp_path / "output")
    neither = SimpleNamespace()
    backend = Backend(store, neither, folders, Rules(webhooks=webhooks), once=neither, glossaries=neither)
    with tended(backend):
        worker_ready.send(sender=SimpleNamespace(hostname="worker-1@here"))
        assert eventually(lambda: all(one.status == 204 for one in store.outbox.told(job.id)))
    assert types(receiver.messages) == ["task.started", "clip.ready", "task.succeeded"]


def test_of_two_workers_one_delivers(redis, receiver: WebhookServer) -> None:
    webhooks = to(receiver.url)
    store = RedisStore(redis, webhooks)
    done(store)
    meanwhile: list[int] = []

    def answer(_: Message) -> int:
        before = len(receiver.messages)
        deliver_due(store, webhooks, holder="other")
        meanwhile.append(len(receiver.messages) - before)
        return 204

    receiver.answer = answer
    deliver_due(store, webhooks, holder="one")
    assert meanwhile == [0, 0, 0]


def test_a_receiver_that_is_gone_is_not_asked_again(redis, receiver: WebhookServer) -> None:
    receiver.answer = lambda _: 410
    webhooks = to(receiver.url)
    store = RedisStore(redis, webhooks)
    job = started(store)
    for _ in range(2):
        deliver_due(store, webhooks, holder="one")
    assert [(one.status, one.next_at, one.attempts) for one in store.outbox.told(job.id)] == [(410, None, 1)]
    assert len(receiver.messages) == 1


def test_a_redirect_is_not_followed(receiver: WebhookServer) -> None:
    receiver.answer = lambda _: 307
    assert sent_to(receiver.url) == Attempt(307, "The receiver answered with status 307.")
    assert [one.path for one in receiver.messages] == ["/hook"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_nothing_connects_to_a_private_address(redis, receiver: WebhookServer, host: str) -> None:
    webhooks = Webhooks(upload_secret=SECRET)
    store = RedisStore(redis, webhooks)
    job = started(store, webhook_url=f"http://{host}:{receiver.port}/hook")
    deliver_due(store, webhooks, holder="one")
    told = store.outbox.told(job.id)
    assert [(one.attempts, one.status, one.error) for one in told] == [(1, None, "The receiver's host has no public address.")]
    assert receiver.messages == []


def test_it_is_the_address_that_was_checked_that_is_connected_to(
    receiver: WebhookServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    resolve = socket.getaddrinfo

    def rebinding(host: str, port: int, *args: int, **options: int) -> object:
        """Names of this host lead to loopback at first, and elsewhere from then on."""
        if host == "receiver.example":
            looked_up.append(host)
            host = "127.0.0.1" if len(looked_up) == 1 else "127.0.0.2"
        return resolve(host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    named = (ip_network("127.0.0.1/32"),)
    assert sent_to(f"http://receiver.example:{receiver.port}/a?b=c", named) == Attempt(204)
    assert [(one.path, one.headers["host"]) for one in receiver.messages] == [("/a?b=c", f"receiver.example:{receiver.port}")]
    assert len(looked_up) == 1
    assert sent_to(f"http://receiver.example:{receiver.port}/", named).error == "The receiver's host has no public address."


@pytest.fixture
def listening() -> Iterator[Callable[[bytes], str]]:
    """A server that sends the same bytes again and again until the other side has enough; gives its URL."""
    over = threading.Event()
    threads: list[threading.Thread] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def speak(said: bytes) -> None:
            connection, _ = server.accept()
            with closing(connection):
                try:
                    while not over.wait(0.02):
                        connection.sendall(said)
                except OSError:
                    return

        def listen(said: bytes) -> str:
            threads.append(threading.Thread(target=speak, args=(said,)))
            threads[-1].start()
            return f"http://127.0.0.1:{server.getsockname()[1]}/"

        yield listen
        over.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("said", [b"", b"H", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_a_receiver_that_never_comes_to_its_answer_is_left(
    listening: Callable[[bytes], str], said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TIMEOUT_S", 0.5)
    began = time.monotonic()
    assert "did not answer" in (sent_to(listening(said)).error or "")
    assert time.monotonic() - began < PATIENCE_S


def test_what_is_no_http_is_an_error_and_no_crash(listening: Callable[[bytes], str]) -> None:
    assert "did not answer" in (sent_to(listening(b"220 smtp\r\n")).error or "")


def test_a_host_that_nobody_knows_is_an_error() -> None:
    assert "did not answer" in (sent_to("https://receiver.invalid/").error or "")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for receiver.example, with its key."""
    if not shutil.which("openssl"):
        assert not os.environ.get("CI")
        pytest.skip("there is no openssl here")
    file = tmp_path / "both.pem"
    subject = ("-subj", "/CN=receiver.example", "-addext", "subjectAltName=DNS:receiver.example")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(file))
    made = subprocess.run(("openssl", "req", "-x509", *key, *subject), check=True, capture_output=True, timeout=PATIENCE_S)
    file.write_bytes(file.read_bytes() + made.stdout)
    return file


def test_a_receiver_by_tls_has_to_show_a_certificate_for_its_name(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, *args, **options: resolve("127.0.0.1", *args, **options))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with receiving_webhooks(wrap=lambda plain: context.wrap_socket(plain, server_side=True)) as receiver:
        named, other = (f"https://{host}:{receiver.port}/" for host in ("receiver.example", "other.example"))
        assert "certificate verify failed" in (sent_to(named).error or "")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert sent_to(named) == Attempt(204)
        assert "certificate verify failed" in (sent_to(other).error or "")
    assert [one.headers["host"] for one in receiver.messages] == [f"receiver.example:{receiver.port}"]
