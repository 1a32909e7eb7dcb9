"""Keeps the outbox in Redis: deliveries are written in the transaction that changes their job."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError
from redis import Redis, WatchError
from redis.client import Pipeline

from video_automation.jobs.webhooks.outbox import HELD_FOR_S, SETTLED_KEPT, Delivery, first_due, next_look_at
from video_automation.stores.redis_base import RELEASE, TAKE, answering

log = logging.getLogger(__name__)

_DUE, _HOLDER = "va:due", "va:delivering"
_DELIVERY = TypeAdapter(Delivery)


class RedisOutbox:
    """An Outbox in Redis.

    Of each job a list of deliveries on their way, in order, as JSON (`va:outbox:<id>`), and one of those that are over
    (`va:deliveries:<id>`). A sorted set (`va:due`) tells when a job's outbox is to be looked at, a key (`va:delivering`) who
    delivers.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def next_due(self, now: float) -> Delivery | None:
        """A delivery that is due."""
        with answering():
            while True:
                found: Any = self._redis.zrange(_DUE, "-inf", now, byscore=True, offset=0, num=1)
                if not found:
                    return None
                job_id = found[0].decode()
                due = first_due(self._pending(job_id), now)
                if due:
                    return due
                self._rewrite(job_id, None)

    def settle(self, after: Delivery) -> None:
        """Saves a delivery after an attempt; a finished one moves to the finished ones."""
        with answering():
            self._rewrite(after.job_id, after)

    def told(self, job_id: str) -> tuple[Delivery, ...]:
        """The deliveries of a job: the finished ones, then the pending ones."""
        with answering(), self._redis.pipeline() as pipe:
            pipe.lrange(_over_key(job_id), 0, -1)
            pipe.lrange(_pending_key(job_id), 0, -1)
            over, pending = pipe.execute()
        return tuple(_readable((*over, *pending)))

    def hold(self, holder: str) -> bool:
        """Gives one holder the right to deliver."""
        with answering():
            return bool(self._redis.eval(TAKE, 1, _HOLDER, holder, str(1000 * HELD_FOR_S)))

    def release(self, holder: str) -> None:
        """Ends the right to deliver."""
        with answering():
            self._redis.eval(RELEASE, 1, _HOLDER, holder)

    def _pending(self, job_id: str) -> tuple[Delivery, ...]:
        texts: Any = self._redis.lrange(_pending_key(job_id), 0, -1)
        return tuple(_readable(texts))

    def _rewrite(self, job_id: str, after: Delivery | None) -> None:
        """Replaces a delivery after an attempt, and notes when the next one is due."""
        key = _pending_key(job_id)
        with self._redis.pipeline() as pipe:
            while True:
                try:
                    pipe.watch(key)  # type: ignore[no-untyped-call]
                    texts: Any = pipe.lrange(key, 0, -1)
                    before = tuple(_readable(texts))
                    changed = (after if after and one.id == after.id else one for one in before)
                    pending = tuple(one for one in changed if one.next_at is not None)
                    pipe.multi()
                    pipe.delete(key)
                    if pending:
                        pipe.rpush(key, *map(_DELIVERY.dump_json, pending))
                    if len(pending) < len(before) and after:
                        pipe.rpush(_over_key(job_id), _DELIVERY.dump_json(after))
                        pipe.ltrim(_over_key(job_id), -SETTLED_KEPT, -1)
                    look_at = next_look_at(pending)
                    if look_at is None:
                        pipe.zrem(_DUE, job_id)
                    else:
                        pipe.zadd(_DUE, {job_id: look_at})
                    pipe.execute()
                except WatchError:
                    continue
                return


def write_deliveries(pipe: Pipeline, deliveries: tuple[Delivery, ...]) -> None:
    """Adds deliveries of one job to its outbox, within a transaction."""
    for one in deliveries:
        pipe.rpush(_pending_key(one.job_id), _DELIVERY.dump_json(one))
        pipe.zadd(_DUE, {one.job_id: one.created_at}, lt=True)


def forget_deliveries(pipe: Pipeline, job_id: str) -> None:
    """Removes the outbox of a job, within a transaction."""
    pipe.delete(_pending_key(job_id), _over_key(job_id))
    pipe.zrem(_DUE, job_id)


def _pending_key(job_id: str) -> str:
    return f"va:outbox:{job_id}"


def _over_key(job_id: str) -> str:
    return f"va:deliveries:{job_id}"


def _readable(texts: Iterable[bytes]) -> Iterator[Delivery]:
    """The deliveries in these texts; an unreadable one is left out, so that it does not stop the others."""
    for text in texts:
        try:
            yield _DELIVERY.validate_json(text)
        except ValidationError:
            log.warning("A delivery cannot be read, and is passed over: %.200s", text)
