"""The contract of a store's outbox, in memory and in Redis: what is written into it, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from ports import free_port
from receivers import SECRET
from redis_server import patient, start_redis

from video_automation.errors import TransientError
from video_automation.jobs.lifecycle.transitions import succeeded, taken_up
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import JobStore
from video_automation.jobs.webhooks.outbox import HELD_FOR_S, SETTLED_KEPT, Attempt, Delivery, after_attempt
from video_automation.jobs.webhooks.receivers import Receiver, Webhooks
from video_automation.stores.memory import MemoryStore
from video_automation.stores.redis import RedisStore

ONE, TWO = "https://one.example/", "https://two.example/"
WEBHOOKS = Webhooks((Receiver(ONE, SECRET),))
BOTH = Webhooks((Receiver(ONE, SECRET), Receiver(TWO, SECRET)))
LATER = 1e12


def store_of(kind: str, request: pytest.FixtureRequest, webhooks: Webhooks) -> JobStore:
    return MemoryStore(webhooks=webhooks) if kind == "memory" else RedisStore(request.getfixturevalue("redis"), webhooks)


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> JobStore:
    return store_of(request.param, request, WEBHOOKS)


@pytest.fixture(params=["memory", "redis"])
def to_both(request: pytest.FixtureRequest) -> JobStore:
    return store_of(request.param, request, BOTH)


def added(store: JobStore) -> Job:
    job = Job(id=str(uuid4()), owner="ann", filename="ünï.mp4", created_at=0)
    store.add(job)
    return job


def started(store: JobStore) -> Job:
    return store.change(added(store).id, lambda job: taken_up(job, 1, "run"))


def done(store: JobStore) -> Job:
    return store.change(started(store).id, lambda job: succeeded(job, 2, output_filename="x.mp4"))


def types(deliveries: tuple[Delivery, ...]) -> list[str]:
    return [one.type for one in deliveries]


def due(store: JobStore) -> Delivery:
    found = store.outbox.next_due(LATER)
    assert found
    return found


def arrived(delivery: Delivery) -> Delivery:
    return after_attempt(delivery, Attempt(204), 5, chance=1)


def failed(delivery: Delivery, at: float) -> Delivery:
    return after_attempt(replace(delivery, created_at=at), Attempt(500, "It failed."), at, chance=1)


def test_a_change_is_told_with_the_job_as_it_is_then(store: JobStore) -> None:
    job = done(store)
    told = store.outbox.told(job.id)
    assert types(told) == ["task.started", "task.succeeded"]
    assert {one.url for one in told} == {ONE}
    assert '"state":"SUCCESS"' in told[1].body
    assert "ünï.mp4" in told[1].body


def test_neither_a_new_job_nor_a_change_that_is_no_event_is_told(store: JobStore) -> None:
    job = added(store)
    store.change(job.id, lambda job: replace(job, progress=40))
    assert store.outbox.told(job.id) == ()
    assert store.outbox.next_due(LATER) is None


def test_a_step_that_raises_tells_nothing(store: JobStore) -> None:
    job = added(store)

    def step(job: Job) -> Job:
        raise ValueError(taken_up(job, 1, "run").state)

    with pytest.raises(ValueError, match="PROGRESS"):
        store.change(job.id, step)
    assert store.outbox.next_due(LATER) is None


def test_nothing_is_written_where_nobody_hears_it(redis) -> None:
    job = done(RedisStore(redis))
    assert redis.keys(f"va:*:{job.id}") == [f"va:job:{job.id}".encode()]
    assert not redis.exists("va:due")


def test_neither_the_job_nor_the_outbox_changes_where_redis_takes_no_changes(redis) -> None:
    store = RedisStore(redis, WEBHOOKS)
    job = added(store)
    redis.config_set("maxmemory", "1")
    try:
        with pytest.raises(TransientError):
            store.change(job.id, lambda job: taken_up(job, 1, "run"))
    finally:
        redis.config_set("maxmemory", "0")
    assert (store.get(job.id), store.outbox.told(job.id)) == (job, ())


def test_what_happened_first_is_due_first_and_what_arrived_is_over(store: JobStore) -> None:
    job = done(store)
    for kind in ("task.started", "task.succeeded"):
        assert due(store).type == kind
        store.outbox.settle(arrived(due(store)))
    assert store.outbox.next_due(LATER) is None
    told = store.outbox.told(job.id)
    assert [(one.type, one.attempts, one.status, one.next_at) for one in told] == [
        ("task.started", 1, 204, None),
        ("task.succeeded", 1, 204, None),
    ]


def test_what_failed_holds_up_what_follows_until_its_time_comes(store: JobStore) -> None:
    job, now = started(store), due(store).created_at
    once = failed(due(store), now)
    store.outbox.settle(once)
    store.change(job.id, lambda job: succeeded(job, 2, output_filename="x.mp4"))
    again_at = once.next_at or 0
    assert store.outbox.next_due(again_at - 0.1) is None
    assert store.outbox.next_due(again_at) == once
    assert types(store.outbox.told(job.id)) == ["task.started", "task.succeeded"]


def test_a_receiver_that_fails_holds_up_no_other(to_both: JobStore) -> None:
    job, now = started(to_both), due(to_both).created_at
    to_both.outbox.settle(failed(due(to_both), now))
    second = to_both.outbox.next_due(now)
    assert second
    assert second.url == TWO
    to_both.outbox.settle(arrived(second))
    assert to_both.outbox.next_due(now) is None
    after = to_both.change(job.id, lambda job: succeeded(job, 2, output_filename="x.mp4"))
    told = to_both.outbox.next_due(now + 2)
    assert told
    assert (told.url, told.type, after.state) == (TWO, "task.succeeded", State.SUCCESS)


def test_what_is_over_is_not_over_once_more(store: JobStore) -> None:
    job = started(store)
    before = due(store)
    store.outbox.settle(arrived(before))
    store.outbox.settle(failed(before, 5))
    told = store.outbox.told(job.id)
    assert [(one.status, one.next_at) for one in told] == [(204, None)]


def test_only_the_last_that_are_over_are_remembered(store: JobStore) -> None:
    job = started(store)
    clips = tuple(f"{number}.mp4" for number in range(SETTLED_KEPT + 5))
    store.change(job.id, lambda job: replace(job, clips_ready=clips))
    for _ in range(len(clips) + 1):
        store.outbox.settle(arrived(due(store)))
    told = store.outbox.told(job.id)
    assert len(told) == SETTLED_KEPT
    assert clips[-1] in told[-1].body


def test_a_job_that_is_forgotten_is_told_no_more(store: JobStore) -> None:
    job = done(store)
    store.outbox.settle(arrived(due(store)))
    store.remove(job.id)
    assert store.outbox.next_due(LATER) is None
    assert store.outbox.told(job.id) == ()


def test_one_holder_delivers_at_a_time(store: JobStore) -> None:
    outbox = store.outbox
    assert outbox.hold("one")
    assert outbox.hold("one")
    assert not outbox.hold("two")
    outbox.release("two")
    assert not outbox.hold("two")
    outbox.release("one")
    assert outbox.hold("two")


def test_a_holder_that_is_gone_is_followed_by_another(redis) -> None:
    outbox = RedisStore(redis, WEBHOOKS).outbox
    assert outbox.hold("one")
    assert 0 < redis.pttl("va:delivering") <= 1000 * HELD_FOR_S


def test_nothing_is_lost_where_events_come_while_others_are_settled(redis) -> None:
    store, many = RedisStore(redis, WEBHOOKS), 40
    job = started(store)

    def another(number: int) -> None:
        store.change(job.id, lambda job: replace(job, clips_ready=(*job.clips_ready, f"{number}.mp4")))

    with ThreadPoolExecutor(4) as pool:
        writing = pool.map(another, range(many))
        over = 0
        while over < many + 1:
            if found := store.outbox.next_due(LATER):
                store.outbox.settle(arrived(found))
                over += 1
        list(writing)
    told = store.outbox.told(job.id)
    assert types(told) == ["task.started", *["clip.ready"] * many]
    assert all(name in one.body for name, one in zip(store.get(job.id).clips_ready, told[1:], strict=True))


def test_the_outbox_outlives_a_redis_that_is_started_again(tmp_path: Path) -> None:
    port, before = free_port(), ()
    for _ in range(2):
        server = start_redis(port, tmp_path)
        try:
            with closing(patient(f"redis://127.0.0.1:{port}/0")) as redis:
                store = RedisStore(redis, WEBHOOKS)
                if before:
                    assert store.outbox.told(before[0].job_id) == before
                    assert store.outbox.next_due(LATER) == before[0]
                else:
                    before = store.outbox.told(done(store).id)
                    assert len(before) == 2
        finally:
            server.terminate()
            server.wait()


def test_a_delivery_that_cannot_be_read_holds_up_no_other(redis) -> None:
    store = RedisStore(redis, WEBHOOKS)
    job = done(store)
    redis.lset(f"va:outbox:{job.id}", 0, b"{half of")
    assert due(store).type == "task.succeeded"
    store.outbox.settle(arrived(due(store)))
    assert store.outbox.next_due(LATER) is None
