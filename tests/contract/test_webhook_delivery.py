"""Webhooks from end to end: real messages from a real Redis to a real server."""

import json
import signal
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from hmac import HMAC
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from celery.signals import worker_ready
from e2e.instance import PATIENCE_S, eventually
from places import folders_in
from ports import free_port
from receivers import SECRET, Message, WebhookServer, receiving_webhooks

from video_automation.jobs.lifecycle.transitions import succeeded, taken_up
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend, Rules
from video_automation.jobs.webhooks import outbox as rules
from video_automation.jobs.webhooks.addresses import IPNetwork
from video_automation.jobs.webhooks.delivering import deliver_due
from video_automation.jobs.webhooks.receivers import Receiver, Webhooks
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
"""The code of a worker that delivers webhooks."""


@pytest.fixture
def receiver() -> Iterator[WebhookServer]:
    with receiving_webhooks() as server:
        yield server


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes failed deliveries be repeated without a pause."""
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
        redis.delete("va:delivering")  # as it would expire by itself
        receiver.answer = lambda _: 204
        deliver_due(store, webhooks, holder="another")
    assert len(receiver.messages) == 2
    assert len(set(receiver.ids)) == 1
    assert receiver.messages[0].body == receiver.messages[1].body
    assert [one.status for one in store.outbox.told(job.id)] == [204]


@dataclass(frozen=True)
class Ready:
    """Celery's report that a worker is ready."""

    hostname: str


def test_a_worker_that_is_ready_delivers_beside_its_work(redis, receiver: WebhookServer, tmp_path: Path) -> None:
    webhooks = to(receiver.url)
    store = RedisStore(redis, webhooks)
    job, folders = done(store), folders_in(tmp_path)
    neither = SimpleNamespace()
    backend = Backend(
        store, neither, folders, Rules(webhooks=webhooks), once=neither, glossaries=neither, presets=neither, brands=neither
    )
    with tended(backend):
        worker_ready.send(sender=Ready("worker-1@here"))
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


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_nothing_connects_to_a_private_address(redis, receiver: WebhookServer, host: str) -> None:
    webhooks = Webhooks(upload_secret=SECRET)
    store = RedisStore(redis, webhooks)
    job = started(store, webhook_url=f"http://{host}:{receiver.port}/hook")
    deliver_due(store, webhooks, holder="one")
    told = store.outbox.told(job.id)
    assert [(one.attempts, one.status, one.error) for one in told] == [(1, None, "The receiver's host has no public address.")]
    assert receiver.messages == []
