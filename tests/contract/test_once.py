"""The contract of Once, in memory and in Redis."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from e2e.instance import eventually
from ports import free_port

from video_automation.errors import TransientError
from video_automation.jobs.ports import HELD_S, KEPT_S, Once, Taken
from video_automation.stores.memory import MemoryOnce
from video_automation.stores.redis import connect
from video_automation.stores.redis_once import RedisOnce


@pytest.fixture(params=["memory", "redis"])
def once(request: pytest.FixtureRequest) -> Once:
    return MemoryOnce() if request.param == "memory" else RedisOnce(request.getfixturevalue("redis"))


def test_a_name_is_one_holders_until_it_gives_it_back(once: Once) -> None:
    assert once.hold("name", "ann")
    assert once.hold("name", "ann")
    assert not once.hold("name", "bob")
    assert once.hold("other", "bob")
    once.release("name", "bob")
    assert not once.hold("name", "bob")
    once.release("name", "ann")
    once.release("name", "ann")
    assert once.hold("name", "bob")


def test_of_many_at_once_one_holds_a_name(once: Once) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda holder: once.hold("name", str(holder)), range(80))) == 1


def test_what_was_taken_in_is_remembered_by_its_name(once: Once) -> None:
    assert once.kept("name") is None
    once.keep("name", Taken("ab" * 32, "first"))
    once.keep("name", Taken("cd" * 32, "second"))
    assert once.kept("name") == Taken("cd" * 32, "second")
    assert once.kept("other") is None


def test_in_redis_a_holder_that_is_not_heard_of_loses_its_name(redis) -> None:
    once = RedisOnce(redis)
    assert eventually(lambda: once.hold("name", "ann") and HELD_S - 5 < redis.ttl("va:holder:name") <= HELD_S)
    redis.expire("va:holder:name", 10)
    assert once.hold("name", "ann")
    assert redis.ttl("va:holder:name") > 10, "renewed"
    redis.expire("va:holder:name", 0)
    assert once.hold("name", "bob")


def test_in_redis_a_name_is_forgotten_after_a_day(redis) -> None:
    RedisOnce(redis).keep("name", Taken("ab" * 32, "first"))
    assert KEPT_S - 60 < redis.ttl("va:once:name") <= KEPT_S == 24 * 3600


def test_a_redis_that_is_not_there_may_be_there_later() -> None:
    port = free_port()
    once = RedisOnce(connect(f"redis://127.0.0.1:{port}/0"))
    for ask in (lambda: once.hold("name", "ann"), lambda: once.release("name", "ann"), lambda: once.kept("name")):
        with pytest.raises(TransientError):
            ask()
