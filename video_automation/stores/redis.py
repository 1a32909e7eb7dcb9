"""Keeps jobs in Redis, which the web server and all workers share."""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from redis import BlockingConnectionPool, Redis, WatchError
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry

from video_automation.errors import DamagedError, UnknownTaskError
from video_automation.jobs.lifecycle.fair_queue import Ticket, turns
from video_automation.jobs.model import Job, State, job_from_json, job_json
from video_automation.jobs.ports import LEASE_S
from video_automation.jobs.webhooks.receivers import NO_WEBHOOKS, Webhooks, deliveries_of
from video_automation.stores.redis_base import RELEASE, TAKE, answering
from video_automation.stores.redis_outbox import RedisOutbox, forget_deliveries, write_deliveries

log = logging.getLogger(__name__)

_WAITING, _RUNNING = "va:waiting", "va:running"
_WORKERS, _SLOTS = "va:workers", "va:slots"
_ALL = "va:jobs"
_COMPLETE, _HEARD = "va:complete", "va:heard"
_CONNECTIONS = 32
PRESENT_S = 10
"""A worker of which nothing was heard for so long is gone."""
CALLED_S = 10
"""A worker that was called is given so long to come, then another is called."""


def connect(url: str) -> Redis:
    """A client for many threads, with short timeouts and no retries: callers decide whether to try again.

    However many threads ask at once, Redis sees a few connections: hundreds opened in one moment are not accepted in time.
    """
    patience = {"socket_connect_timeout": 1, "socket_timeout": 2, "timeout": 2}
    pool = BlockingConnectionPool.from_url(url, max_connections=_CONNECTIONS, retry=Retry(NoBackoff(), 0), **patience)
    return Redis.from_pool(pool)


def ping(redis: Redis) -> None:
    """Checks that Redis answers.

    Raises:
        TransientError: it does not.
    """
    with answering():
        redis.ping()


class RedisStore:
    """A JobStore in Redis.

    One JSON text a job (`va:job:<id>`), sorted sets of an owner's jobs (`va:owner:<owner>`) and of all (`va:jobs`) by age,
    and of the jobs that wait (`va:waiting`) and are at work (`va:running`), by when they were queued and as `<owner>/<id>`, all
    changed in one transaction. Keys that go by themselves: a run's lease (`va:lease:<id>`), and that a worker was called
    (`va:called:<id>`). What a change is to be told to webhooks is written in the same transaction.
    """

    def __init__(self, redis: Redis, webhooks: Webhooks = NO_WEBHOOKS) -> None:
        self._redis = redis
        self._webhooks = webhooks
        self.outbox = RedisOutbox(redis)

    def add(self, job: Job) -> None:
        """Keeps a new job."""
        with answering(), self._redis.pipeline() as pipe:
            _write(pipe, job)
            for ages in (_owner_key(job.owner), _ALL):
                pipe.zadd(ages, {job.id: job.created_at})
            pipe.execute()

    def get(self, job_id: str) -> Job:
        """The job of this id."""
        with answering():
            return _job(self._redis.get(_job_key(job_id)))

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        """Replaces a job by the result of `step`; repeats that if the job was changed meanwhile."""
        key = _job_key(job_id)
        with answering(), self._redis.pipeline() as pipe:
            while True:
                try:
                    pipe.watch(key)  # type: ignore[no-untyped-call]
                    before = _job(pipe.get(key))
                    after = step(before)
                    pipe.multi()
                    _write(pipe, after)
                    write_deliveries(pipe, deliveries_of(self._webhooks, before, after))
                    if before.state is not after.state:
                        pipe.delete(_called_key(job_id))
                    pipe.execute()
                except WatchError:
                    continue
                return after

    def complete(self) -> bool:
        """Whether Redis still has all jobs."""
        with answering():
            return bool(self._redis.exists(_COMPLETE))

    def completed(self) -> None:
        """Notes that Redis has all jobs."""
        with answering():
            self._redis.set(_COMPLETE, 1)

    def remove(self, job_id: str) -> None:
        """Forgets a job."""
        try:
            job = self.get(job_id)
        except UnknownTaskError:
            return
        with answering(), self._redis.pipeline() as pipe:
            pipe.delete(_job_key(job_id))
            forget_deliveries(pipe, job_id)
            for ages in (_owner_key(job.owner), _ALL):
                pipe.zrem(ages, job_id)
            for states in (_WAITING, _RUNNING):
                pipe.zrem(states, _member(job))
            pipe.execute()

    def listed(self, owner: str | None, *, start: int, count: int) -> tuple[tuple[Job, ...], int]:
        """An owner's jobs, or everybody's, newest first, and how many there are."""
        ages = _ALL if owner is None else _owner_key(owner)
        with answering():
            ids: Any = self._redis.zrange(ages, start, start + count - 1, desc=True) if count else ()
            texts: Any = self._redis.mget([_job_key(name.decode()) for name in ids]) if ids else ()
            in_all: int = self._redis.zcard(ages)
        return tuple(_readable(texts)), in_all

    def queue(self) -> tuple[str, ...]:
        """The waiting jobs, the next one first."""
        with answering(), self._redis.pipeline() as pipe:
            pipe.zrange(_WAITING, 0, -1, withscores=True)
            pipe.zrange(_RUNNING, 0, -1)
            waiting, running = pipe.execute()
        tickets = (Ticket(queued_at, *_parts(member)) for member, queued_at in waiting)
        return tuple(ticket.job_id for ticket in turns(tickets, (_parts(member)[0] for member in running)))

    def waiting(self) -> int:
        """How many jobs wait."""
        with answering():
            return self._redis.zcard(_WAITING)

    def running(self) -> tuple[Job, ...]:
        """The jobs at work."""
        with answering():
            members: Any = self._redis.zrange(_RUNNING, 0, -1)
            texts: Any = self._redis.mget([_job_key(_parts(member)[1]) for member in members]) if members else ()
        return tuple(job for job in _readable(texts) if job.state is State.PROGRESS)

    def called(self, job_id: str) -> bool:
        """Notes a call to a worker for a job; False if there was one in the last seconds."""
        with answering():
            return bool(self._redis.set(_called_key(job_id), 1, nx=True, ex=CALLED_S))

    def lease(self, job_id: str, run: str) -> bool:
        """Takes or renews a run's lease."""
        with answering():
            return bool(self._redis.eval(TAKE, 1, _lease_key(job_id), run, str(round(1000 * LEASE_S))))

    def leased(self, job_id: str) -> bool:
        """Whether a run holds the lease."""
        with answering():
            return bool(self._redis.exists(_lease_key(job_id)))

    def release(self, job_id: str, run: str) -> None:
        """Ends a run's lease."""
        with answering():
            self._redis.eval(RELEASE, 1, _lease_key(job_id), run)


class RedisPresence:
    """The live workers, and how many jobs each can run at a time.

    A sorted set (`va:workers`) of their names by the last beat, on Redis' own clock, and a hash (`va:slots`).
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def beat(self, name: str, slots: int) -> None:
        """Marks a worker as live for the next 10 seconds, with its number of jobs at a time."""
        with answering():
            now = self._now()
            gone: Any = self._redis.zrange(_WORKERS, "-inf", now - PRESENT_S, byscore=True)
            if gone:
                self._redis.zrem(_WORKERS, *gone)
                self._redis.hdel(_SLOTS, *gone)
            self._redis.hset(_SLOTS, name, str(slots))
            self._redis.zadd(_WORKERS, {name: now})

    def leave(self, name: str) -> None:
        """Marks a worker as gone."""
        with answering():
            self._redis.zrem(_WORKERS, name)
            self._redis.hdel(_SLOTS, name)

    def check_heard(self) -> None:
        """Checks that Redis accepts changes. Raises TransientError where its memory or its disk is full."""
        with answering():
            self._redis.set(_HEARD, 1, ex=PRESENT_S)

    def present(self) -> tuple[str, ...]:
        """The names of the live workers."""
        with answering():
            names: Any = self._redis.zrange(_WORKERS, f"({self._now() - PRESENT_S}", "+inf", byscore=True)
        return tuple(sorted(name.decode() for name in names))

    def slots(self) -> int:
        """How many jobs all live workers together can run at a time."""
        names = self.present()
        with answering():
            found: Any = self._redis.hmget(_SLOTS, list(names)) if names else ()
        return sum(int(slots) for slots in found if slots)

    def _now(self) -> float:
        seconds, micros = self._redis.time()
        return seconds + micros / 1_000_000


def _job_key(job_id: str) -> str:
    return f"va:job:{job_id}"


def _lease_key(job_id: str) -> str:
    return f"va:lease:{job_id}"


def _called_key(job_id: str) -> str:
    return f"va:called:{job_id}"


def _member(job: Job) -> str:
    return f"{job.owner}/{job.id}"


def _parts(member: bytes) -> tuple[str, str]:
    """The owner and the id of a member."""
    owner, _, job_id = member.decode().rpartition("/")
    return owner, job_id


def _owner_key(owner: str) -> str:
    return f"va:owner:{owner}"


def _readable(texts: Iterable[bytes | None]) -> Iterator[Job]:
    """The jobs of these texts: one that cannot be read must not hide the others."""
    for text in texts:
        try:
            if text:
                yield job_from_json(text)
        except DamagedError:
            _told(text)


@lru_cache(64)
def _told(damaged: bytes) -> None:
    """Warns about a record only once."""
    log.warning("The record of a task cannot be read, and is passed over: %.200s", damaged)


def _job(text: Any) -> Job:
    if text is None:
        raise UnknownTaskError("There is no such task.")
    return job_from_json(text)


def _write(pipe: Pipeline, job: Job) -> None:
    pipe.set(_job_key(job.id), job_json(job))
    for key, state in ((_WAITING, State.PENDING), (_RUNNING, State.PROGRESS)):
        if job.state is state:
            pipe.zadd(key, {_member(job): job.queued_at})
        else:
            pipe.zrem(key, _member(job))
