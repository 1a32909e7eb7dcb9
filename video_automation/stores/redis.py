"""Keeps jobs in Redis, where the web process and all workers see the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from redis import Redis, RedisError, WatchError
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry

from video_automation.errors import TransientError, UnknownTaskError
from video_automation.jobs.model import Job, State, job_from_json, job_json

_WAITING = "va:waiting"
_WORKERS = "va:workers"
_PRESENT_S = 10


def connect(url: str) -> Redis:
    """A client that many threads share, and that gives up soon: whoever asks decides whether to ask again."""
    return Redis.from_url(url, retry=Retry(NoBackoff(), 0), socket_connect_timeout=1, socket_timeout=2)


def ping(redis: Redis) -> None:
    """Does nothing, if Redis answers.

    Raises:
        TransientError: it does not.
    """
    with _answering():
        redis.ping()


class RedisStore:
    """A JobStore in Redis.

    One JSON text a job (`va:job:<id>`), a sorted set of an owner's jobs by age (`va:owner:<owner>`), and one of the
    jobs that wait (`va:waiting`), all changed in one transaction.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def add(self, job: Job) -> None:
        """Keeps a new job."""
        with _answering(), self._redis.pipeline() as pipe:
            _write(pipe, job)
            pipe.zadd(_owner_key(job.owner), {job.id: job.created_at})
            pipe.execute()

    def get(self, job_id: str) -> Job:
        """The job of this id."""
        with _answering():
            return _job(self._redis.get(_job_key(job_id)))

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        """Replaces a job by what `step` makes of it; again, if somebody else was quicker."""
        key = _job_key(job_id)
        with _answering(), self._redis.pipeline() as pipe:
            while True:
                try:
                    pipe.watch(key)  # type: ignore[no-untyped-call]
                    after = step(_job(pipe.get(key)))
                    pipe.multi()
                    _write(pipe, after)
                    pipe.execute()
                except WatchError:
                    continue
                return after

    def remove(self, job_id: str) -> None:
        """Forgets a job."""
        try:
            job = self.get(job_id)
        except UnknownTaskError:
            return
        with _answering(), self._redis.pipeline() as pipe:
            pipe.delete(_job_key(job_id))
            pipe.zrem(_owner_key(job.owner), job_id)
            pipe.zrem(_WAITING, job_id)
            pipe.execute()

    def listed(self, owner: str, *, start: int, count: int) -> tuple[tuple[Job, ...], int]:
        """An owner's jobs, newest first, and how many there are."""
        with _answering():
            ids: Any = self._redis.zrange(_owner_key(owner), start, start + count - 1, desc=True) if count else ()
            texts: Any = self._redis.mget([_job_key(name.decode()) for name in ids]) if ids else ()
            in_all: int = self._redis.zcard(_owner_key(owner))
        return tuple(job_from_json(text) for text in texts if text), in_all

    def position(self, job_id: str) -> int | None:
        """How many waiting jobs come before this one."""
        with _answering():
            rank: Any = self._redis.zrank(_WAITING, job_id)
        return None if rank is None else int(rank)

    def waiting(self) -> int:
        """How many jobs wait."""
        with _answering():
            return self._redis.zcard(_WAITING)


class RedisPresence:
    """Workers that are there: a sorted set (`va:workers`) of their names by the last beat, on Redis' own clock."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def beat(self, name: str) -> None:
        """Says that this worker is there, for the next 10 seconds."""
        with _answering():
            now = self._now()
            self._redis.zremrangebyscore(_WORKERS, "-inf", now - _PRESENT_S)
            self._redis.zadd(_WORKERS, {name: now})

    def leave(self, name: str) -> None:
        """Says that this worker is there no more."""
        with _answering():
            self._redis.zrem(_WORKERS, name)

    def present(self) -> tuple[str, ...]:
        """The names of the workers that are there."""
        with _answering():
            names: Any = self._redis.zrange(_WORKERS, f"({self._now() - _PRESENT_S}", "+inf", byscore=True)
        return tuple(sorted(name.decode() for name in names))

    def _now(self) -> float:
        seconds, micros = self._redis.time()
        return seconds + micros / 1_000_000


def _job_key(job_id: str) -> str:
    return f"va:job:{job_id}"


def _owner_key(owner: str) -> str:
    return f"va:owner:{owner}"


def _job(text: Any) -> Job:
    if text is None:
        raise UnknownTaskError("There is no such task.")
    return job_from_json(text)


def _write(pipe: Pipeline, job: Job) -> None:
    pipe.set(_job_key(job.id), job_json(job))
    if job.state is State.PENDING:
        pipe.zadd(_WAITING, {job.id: job.queued_at})
    else:
        pipe.zrem(_WAITING, job.id)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise TransientError(f"Redis, where the list of tasks is kept, does not answer ({error}).") from error
