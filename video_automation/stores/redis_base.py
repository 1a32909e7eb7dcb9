"""Shared by all stores in Redis: their errors, and scripts that lend a key to one holder at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from redis import RedisError

from video_automation.errors import TransientError

TAKE = """
local holder = redis.call('get', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
"""A script: gives a key to the holder of a token for some milliseconds, or for so much longer; 0 where another has it."""
RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end"
"""A script: takes the key from the holder of a token."""


@contextmanager
def answering() -> Iterator[None]:
    """Turns an error of Redis in the block into a TransientError."""
    try:
        yield
    except RedisError as error:
        raise TransientError(f"Redis, where the list of tasks is kept, does not answer ({error}).") from error
