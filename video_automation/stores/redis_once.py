"""Remembers in Redis the names (idempotency keys) under which uploads were accepted."""

from typing import Any

from pydantic import TypeAdapter
from redis import Redis

from video_automation.jobs.ports import HELD_S, KEPT_S, Taken
from video_automation.stores.redis_base import RELEASE, TAKE, answering

_TAKEN = TypeAdapter(Taken)


class RedisOnce:
    """A Once in Redis: who holds a name (`va:holder:<name>`), and which upload was accepted under it (`va:once:<name>`)."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def hold(self, name: str, holder: str) -> bool:
        """Takes a name for a holder, or renews it."""
        with answering():
            return bool(self._redis.eval(TAKE, 1, _holder_key(name), holder, str(1000 * HELD_S)))

    def release(self, name: str, holder: str) -> None:
        """Frees a holder's name."""
        with answering():
            self._redis.eval(RELEASE, 1, _holder_key(name), holder)

    def keep(self, name: str, taken: Taken) -> None:
        """Remembers for a day which upload was accepted under a name."""
        with answering():
            self._redis.set(_once_key(name), _TAKEN.dump_json(taken), ex=KEPT_S)

    def kept(self, name: str) -> Taken | None:
        """The upload accepted under a name."""
        with answering():
            text: Any = self._redis.get(_once_key(name))
        return _TAKEN.validate_json(text) if text else None


def _holder_key(name: str) -> str:
    return f"va:holder:{name}"


def _once_key(name: str) -> str:
    return f"va:once:{name}"
