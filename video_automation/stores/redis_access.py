"""Keeps sessions and request counts in Redis."""

from typing import Any

from pydantic import TypeAdapter
from redis import Redis

from video_automation.access.repositories import Rate, Session
from video_automation.stores.redis_base import answering

_SESSION = TypeAdapter(Session)
_TRUSTED_S = 30 * 86_400
_REPLACE = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""
"""A script: puts a text in the place of another for some seconds; 0 where that is not there."""
_TAKE = """
local now = redis.call('time')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local every, burst = 60000 / ARGV[1], tonumber(ARGV[1])
local wait, due = 0, {}
for at, key in ipairs(KEYS) do
  due[at] = math.max(tonumber(redis.call('get', key) or 0), now)
  wait = math.max(wait, due[at] - now - (burst - 1) * every)
end
if wait > 0 then return math.ceil(wait) end
for at, key in ipairs(KEYS) do
  redis.call('set', key, string.format('%.0f', due[at] + every), 'PX', math.ceil(due[at] + every - now))
end
return 0
"""
"""A script: the generic cell rate algorithm (ITU-T I.371), by one clock and at once for all keys; gives milliseconds to wait.

Each key holds the moment up to which its past is paid for; `limits`, the library for this, does not work with redis-py 8 yet.
"""


class RedisSessions:
    """A Sessions in Redis (`va:browser:<name>`)."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def put(self, name: str, session: Session, *, for_s: int) -> None:
        """Keeps a session."""
        with answering():
            self._redis.set(_session_key(name), _SESSION.dump_json(session), ex=for_s)

    def replace(self, name: str, before: Session, session: Session, *, for_s: int) -> bool:
        """Replaces a session by another."""
        texts = _SESSION.dump_json(before), _SESSION.dump_json(session)
        with answering():
            return bool(self._redis.eval(_REPLACE, 1, _session_key(name), *texts, str(for_s)))

    def get(self, name: str) -> Session | None:
        """The session of this name."""
        with answering():
            text: Any = self._redis.get(_session_key(name))
        return _SESSION.validate_json(text) if text else None

    def drop(self, name: str) -> None:
        """Removes a session."""
        with answering():
            self._redis.delete(_session_key(name))


class RedisThrottle:
    """A Throttle in Redis (`va:rate:<name>`, `va:trusted:<name>`); all keys expire."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def take(self, names: tuple[str, ...], rate: Rate) -> float:
        """Counts one request."""
        keys = [f"va:rate:{name}" for name in names]
        with answering():
            wait_ms: Any = self._redis.eval(_TAKE, len(keys), *keys, str(rate.a_minute))
        return int(wait_ms) / 1000

    def trust(self, name: str) -> None:
        """Remembers this name."""
        with answering():
            self._redis.set(f"va:trusted:{name}", 1, ex=_TRUSTED_S)

    def trusted(self, name: str) -> bool:
        """Whether it is remembered."""
        with answering():
            return bool(self._redis.exists(f"va:trusted:{name}"))


def _session_key(name: str) -> str:
    return f"va:browser:{name}"
