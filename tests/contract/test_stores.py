"""The contract of JobStore, in memory and in Redis."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from celery.signals import worker_ready
from e2e.instance import PATIENCE_S, eventually
from places import folders_in
from ports import free_port

from video_automation.errors import TransientError, UnknownTaskError
from video_automation.jobs.lifecycle.dispatch import dispatch_jobs
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import LEASE_S, Backend, JobStore, Rules
from video_automation.plan.params import EncodeParams, Params
from video_automation.sections import CelerySettings
from video_automation.stores.memory import MemoryStore
from video_automation.stores.redis import RedisPresence, RedisStore, connect, ping
from video_automation.worker.presence import announced, is_there


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes leases, calls and heartbeats last long enough for a slow machine."""
    for name in ("LEASE_S", "CALLED_S", "PRESENT_S"):
        monkeypatch.setattr(f"video_automation.stores.redis.{name}", round(PATIENCE_S))
    monkeypatch.setattr("video_automation.worker.presence.LEAVE_WITHIN_S", PATIENCE_S)


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest, unhurried: None) -> JobStore:
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


def test_the_place_in_the_queue_counts_turns_of_all_owners(store: JobStore) -> None:
    first, second, third, fourth = job(1), job(2), job(3, owner="bob/x"), job(4)
    for one in (third, first, second, fourth):
        store.add(one)
    assert store.queue() == (first.id, third.id, second.id, fourth.id)
    store.change(first.id, lambda job: replace(job, state=State.PROGRESS))
    assert store.queue() == (third.id, second.id, fourth.id)
    assert store.waiting() == 3
    assert [job.id for job in store.running()] == [first.id]


def test_a_lease_is_one_runs_until_it_gives_it_back(store: JobStore) -> None:
    assert not store.leased("job")
    assert store.lease("job", "one")
    assert store.lease("job", "one")
    assert not store.lease("job", "two")
    store.release("job", "two")
    assert store.leased("job")
    store.release("job", "one")
    assert store.lease("job", "two")


def test_a_worker_is_called_once_until_the_job_goes_on(store: JobStore) -> None:
    one = job()
    store.add(one)
    assert store.called(one.id)
    assert not store.called(one.id)
    for state in (State.PROGRESS, State.PENDING):
        store.change(one.id, lambda job, state=state: replace(job, state=state))
    assert store.called(one.id)


def test_leases_and_calls_end_by_themselves(redis) -> None:
    store = RedisStore(redis)
    assert eventually(lambda: store.lease("job", "run") and 0 < redis.pttl("va:lease:job") <= 1000 * LEASE_S)
    assert eventually(lambda: store.called("job") and 0 < redis.ttl("va:called:job") <= 10)


def test_an_emptied_redis_is_noticed(redis) -> None:
    store = RedisStore(redis)
    assert not store.complete()
    store.completed()
    assert store.complete()
    redis.flushdb()
    assert not store.complete()


def test_a_record_that_cannot_be_read_hides_no_other(redis) -> None:
    store, damaged, whole = RedisStore(redis), job(1, state=State.PROGRESS), job(2, state=State.PROGRESS)
    store.add(damaged)
    store.add(whole)
    redis.set(f"va:job:{damaged.id}", b"{half of")
    assert store.running() == (whole,)
    assert store.listed("ann", start=0, count=9)[0] == (whole,)


def test_a_waiting_record_that_cannot_be_read_holds_up_no_other(redis, tmp_path: Path) -> None:
    store, damaged, whole = RedisStore(redis), job(1), job(2)
    store.add(damaged)
    store.add(whole)
    redis.set(f"va:job:{damaged.id}", b"{half of")
    called: list[str] = []
    folders = folders_in(tmp_path)
    queue, neither = SimpleNamespace(publish=called.append), SimpleNamespace()
    dispatch_jobs(Backend(store, queue, folders, Rules(), once=neither, glossaries=neither, presets=neither, brands=neither))
    assert called == [whole.id]


@pytest.mark.usefixtures("unhurried")
def test_workers_say_how_many_jobs_they_can_have(redis) -> None:
    presence = RedisPresence(redis)
    presence.beat("one", 2)
    presence.beat("two", 3)
    assert presence.slots() == 5
    presence.leave("one")
    assert presence.slots() == 3


def test_a_job_that_is_done_again_waits_behind_those_that_wait_already(store: JobStore) -> None:
    first, second = job(1, state=State.SUCCESS), job(2)
    for one in (first, second):
        store.add(one)
    store.change(first.id, lambda job: replace(job, state=State.PENDING, reopened_at=3))
    assert store.queue() == (second.id, first.id)


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
    port = free_port()
    redis = connect(f"redis://127.0.0.1:{port}/0")
    with pytest.raises(TransientError):
        ping(redis)
    with pytest.raises(TransientError):
        RedisStore(redis).get(str(uuid4()))


def test_workers_that_beat_are_present_and_others_are_not(redis) -> None:
    presence = RedisPresence(redis)

    def present(second_silent_s: int) -> tuple[str, ...]:
        for name in ("two", "one", "one"):
            presence.beat(name, 2)
        redis.zincrby("va:workers", -second_silent_s, "two")
        return presence.present()

    assert eventually(lambda: present(0) == ("one", "two"))
    assert eventually(lambda: present(11) == ("one",))
    presence.leave("one")
    assert presence.present() == ()


@pytest.mark.usefixtures("unhurried")
def test_a_worker_is_told_from_others_of_this_host_and_from_its_like_on_another(redis) -> None:
    presence = RedisPresence(redis)
    for name in ("worker-1@here", "worker-2@there"):
        presence.beat(name, 2)
    there = is_there(presence, "here")
    assert (there(1), there(2)) == (True, False)


def test_nothing_is_told_of_a_worker_that_could_not_say_that_it_is_there(redis) -> None:
    there = is_there(RedisPresence(redis), "here")
    redis.config_set("maxmemory", "1")
    try:
        with pytest.raises(TransientError):
            there(1)
    finally:
        redis.config_set("maxmemory", "0")
    assert not there(1)


@dataclass(frozen=True)
class Started:
    """Celery's report that a worker is ready."""

    hostname: str
    hub: "HungHub | None" = None


class HungHub:
    """An event loop that never runs: its timers never fire."""

    def call_repeatedly(self, *_: object) -> None:
        """Does nothing."""


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize(("pool", "there"), [("prefork", False), ("solo", True), ("threads", True)])
def test_a_worker_whose_loop_hangs_is_not_there_unless_its_loop_does_the_work(
    redis, pool: str, there: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("video_automation.worker.presence.HANGS_AFTER_S", 0)
    presence = RedisPresence(redis)
    with announced(presence, CelerySettings(worker_pool=pool)):
        worker_ready.send(sender=Started("worker-1@here", HungHub()))
        assert eventually(lambda: bool(presence.present()) or "hangs" in caplog.text)
        assert bool(presence.present()) is there


@pytest.mark.usefixtures("unhurried")
def test_a_worker_that_ends_without_a_signal_is_there_no_more(redis) -> None:
    presence = RedisPresence(redis)
    with announced(presence, CelerySettings()):
        worker_ready.send(sender=Started("worker-1@here"))
    assert presence.present() == ()
