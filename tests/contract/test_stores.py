"""What every JobStore does, in this process or in Redis."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from celery.signals import worker_ready
from redis_server import free_port

from video_automation.config import CelerySettings
from video_automation.errors import TransientError, UnknownTaskError
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import JobStore
from video_automation.plan.params import EncodeParams, Params
from video_automation.stores.memory import MemoryStore
from video_automation.stores.redis import RedisPresence, RedisStore, connect, ping
from video_automation.worker.presence import announced, newly_ready


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> JobStore:
    return MemoryStore() if request.param == "memory" else RedisStore(request.getfixturevalue("redis"))


def job(created_at: float = 0, *, owner: str = "ann", state: State = State.PENDING) -> Job:
    return Job(id=str(uuid4()), owner=owner, filename="ünï.mp4", created_at=created_at, state=state)


def test_a_job_comes_back_as_it_was_kept(store: JobStore) -> None:
    kept = replace(job(1.25), params=Params(trim_silence=False, encode=EncodeParams(crf=30)))
    store.add(kept)
    assert store.get(kept.id) == kept


def test_an_unknown_job_is_an_error_of_its_own(store: JobStore) -> None:
    with pytest.raises(UnknownTaskError):
        store.get(str(uuid4()))
    with pytest.raises(UnknownTaskError):
        store.change(str(uuid4()), lambda job: job)


def test_a_change_is_kept_and_given_back(store: JobStore) -> None:
    first = job()
    store.add(first)
    after = store.change(first.id, lambda job: replace(job, progress=40))
    assert after.progress == 40
    assert store.get(first.id) == after


def test_a_step_that_raises_leaves_the_job_as_it_was(store: JobStore) -> None:
    first = job()
    store.add(first)

    def step(job: Job) -> Job:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        store.change(first.id, step)
    assert store.get(first.id) == first


def test_no_change_is_lost_when_many_come_at_once(store: JobStore) -> None:
    first = job()
    store.add(first)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.change(first.id, lambda job: replace(job, attempts=job.attempts + 1)), range(80)))
    assert store.get(first.id).attempts == 80


def test_jobs_are_listed_by_owner_newest_first_and_in_pages(store: JobStore) -> None:
    jobs = [job(at) for at in range(5)]
    for one in (*jobs, job(9, owner="bob")):
        store.add(one)
    assert store.listed("ann", start=0, count=2) == ((jobs[4], jobs[3]), 5)
    assert store.listed("ann", start=4, count=2) == ((jobs[0],), 5)
    assert store.listed("ann", start=9, count=2) == ((), 5)
    assert store.listed("ann", start=0, count=0) == ((), 5)
    assert store.listed("eve", start=0, count=2) == ((), 0)


def test_the_place_in_the_queue_counts_waiting_jobs_of_all_owners(store: JobStore) -> None:
    first, second, third = job(1), job(2, owner="bob"), job(3)
    for one in (third, first, second):
        store.add(one)
    assert [store.position(one.id) for one in (first, second, third)] == [0, 1, 2]
    assert store.waiting() == 3
    store.change(first.id, lambda job: replace(job, state=State.PROGRESS))
    assert [store.position(one.id) for one in (first, second, third)] == [None, 0, 1]
    assert store.waiting() == 2


def test_a_job_that_is_done_again_waits_behind_those_that_wait_already(store: JobStore) -> None:
    first, second = job(1, state=State.SUCCESS), job(2)
    for one in (first, second):
        store.add(one)
    store.change(first.id, lambda job: replace(job, state=State.PENDING, reopened_at=3))
    assert [store.position(one.id) for one in (first, second)] == [1, 0]


def test_a_removed_job_is_nowhere(store: JobStore) -> None:
    first = job()
    store.add(first)
    store.remove(first.id)
    store.remove(first.id)
    with pytest.raises(UnknownTaskError):
        store.get(first.id)
    assert store.listed("ann", start=0, count=9) == ((), 0)
    assert store.waiting() == 0


def test_a_redis_that_is_not_there_may_be_there_later() -> None:
    redis = connect(f"redis://127.0.0.1:{free_port()}/0")
    with pytest.raises(TransientError):
        ping(redis)
    with pytest.raises(TransientError):
        RedisStore(redis).get(str(uuid4()))


def test_workers_that_beat_are_present_and_others_are_not(redis) -> None:
    presence = RedisPresence(redis)
    for name in ("two", "one", "one"):
        presence.beat(name)
    assert presence.present() == ("one", "two")
    redis.zincrby("va:workers", -11, "two")
    assert presence.present() == ("one",)
    presence.leave("one")
    assert presence.present() == ()


def test_a_worker_that_was_there_before_is_not_taken_for_the_one_that_starts(redis) -> None:
    presence = RedisPresence(redis)
    for name in ("worker-1@here", "worker-1@there"):
        presence.beat(name)
    ready = newly_ready(presence, "here")
    assert not ready()
    assert presence.present() == ("worker-1@there",)
    presence.beat("worker-2@here")
    assert ready()


@dataclass(frozen=True)
class Started:
    """What Celery says is ready."""

    hostname: str


def test_a_worker_that_ends_without_a_signal_is_there_no_more(redis) -> None:
    presence = RedisPresence(redis)
    with announced(presence, CelerySettings()):
        worker_ready.send(sender=Started("worker-1@here"))
    assert presence.present() == ()
