"""What every Sessions and every Throttle does, in this process or in Redis."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from redis_server import free_port

from video_automation.access.keys import Key, Keyring, digest
from video_automation.access.ports import Access, Rate, Session, Sessions, Throttle
from video_automation.access.sessions import begin, end, entered
from video_automation.errors import TransientError
from video_automation.stores.memory_access import MemorySessions, MemoryThrottle
from video_automation.stores.redis import connect
from video_automation.stores.redis_access import RedisSessions, RedisThrottle

ANN = Key("ann", "ann", digest("ann's secret"))
DAY_S = 86_400.0


@pytest.fixture(params=["memory", "redis"])
def sessions(request: pytest.FixtureRequest) -> Sessions:
    return MemorySessions() if request.param == "memory" else RedisSessions(request.getfixturevalue("redis"))


@pytest.fixture(params=["memory", "redis"])
def throttle(request: pytest.FixtureRequest) -> Throttle:
    return MemoryThrottle() if request.param == "memory" else RedisThrottle(request.getfixturevalue("redis"))


@pytest.fixture
def access(sessions: Sessions) -> Access:
    return Access(is_open=False, keys=lambda: Keyring((ANN,)), sessions=sessions, throttle=MemoryThrottle(), secret=b"")


def test_a_session_is_kept_until_it_is_dropped(sessions: Sessions) -> None:
    sessions.put("one", Session("key", 5.5), for_s=60)
    assert sessions.get("one") == Session("key", 5.5)
    assert sessions.get("another") is None
    sessions.drop("one")
    sessions.drop("one")
    assert sessions.get("one") is None


def test_only_a_session_that_is_there_is_replaced(sessions: Sessions) -> None:
    assert not sessions.replace("one", Session("key", 1.0), for_s=60)
    assert sessions.get("one") is None
    sessions.put("one", Session("key", 1.0), for_s=60)
    assert sessions.replace("one", Session("key", 2.0), for_s=60)
    assert sessions.get("one") == Session("key", 2.0)


def test_signing_out_while_a_session_is_renewed_ends_it(access: Access) -> None:
    token = begin(access, ANN, 1000.0)

    def signed_out_meanwhile() -> Keyring:
        end(access, token)
        return Keyring((ANN,))

    assert entered(replace(access, keys=signed_out_meanwhile), token, 1000.0 + DAY_S) is None
    assert entered(access, token, 1000.0 + DAY_S) is None


def test_a_session_opens_for_its_key_until_it_is_ended(access: Access) -> None:
    token = begin(access, ANN, 1000.0)
    found = entered(access, token, 1001.0)
    assert found is not None
    assert (found.key, found.new_token) == (ANN, None)
    end(access, token)
    assert entered(access, token, 1002.0) is None


def test_nobody_has_a_session_by_the_name_it_is_kept_under(access: Access) -> None:
    token = begin(access, ANN, 1000.0)
    assert entered(access, digest(token), 1001.0) is None


def test_a_session_of_a_day_gets_another_token_once(access: Access) -> None:
    token = begin(access, ANN, 1000.0)
    later = entered(access, token, 1000.0 + DAY_S)
    assert later is not None
    assert later.new_token not in (None, token)
    at_once = entered(access, token, 1000.0 + DAY_S + 1)
    assert at_once is not None
    assert at_once.new_token is None, "a request under way with the old token makes no third one"
    assert entered(access, later.new_token or "", 1000.0 + DAY_S + 1) is not None


def test_a_session_ends_with_its_key(sessions: Sessions) -> None:
    keys = [Keyring((ANN,))]
    access = Access(is_open=False, keys=lambda: keys[0], sessions=sessions, throttle=MemoryThrottle(), secret=b"")
    token = begin(access, ANN, 1000.0)
    keys[0] = Keyring()
    assert entered(access, token, 1001.0) is None


def test_as_many_as_a_minute_has_are_taken_at_once_and_the_next_must_wait(throttle: Throttle) -> None:
    rate = Rate(6)
    assert [throttle.take(("ann",), rate) for _ in range(6)] == [0] * 6
    assert 9 < throttle.take(("ann",), rate) <= 10
    assert throttle.take(("bob",), rate) == 0


def test_what_one_name_may_not_is_counted_for_none(throttle: Throttle) -> None:
    assert throttle.take(("ann",), Rate(1)) == 0
    assert throttle.take(("ann", "here"), Rate(1)) > 0
    assert throttle.take(("bob", "here"), Rate(1)) == 0


def test_after_a_pause_some_more_are_taken(throttle: Throttle) -> None:
    rate = Rate(600)  # one each tenth of a second
    while not throttle.take(("ann",), rate):
        pass
    give_up = time.monotonic() + 5
    while throttle.take(("ann",), rate):
        assert time.monotonic() < give_up


def test_of_many_at_once_no_more_are_taken_than_may(throttle: Throttle) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: throttle.take(("ann",), Rate(20)), range(100)))
    assert waits.count(0) in (20, 21), "one more may come due meanwhile"


def test_a_trusted_name_is_remembered(throttle: Throttle) -> None:
    assert not throttle.trusted("pair")
    throttle.trust("pair")
    assert throttle.trusted("pair")


def test_a_redis_that_does_not_answer_is_told() -> None:
    redis = connect(f"redis://localhost:{free_port()}/0")
    with pytest.raises(TransientError):
        RedisSessions(redis).get("one")
    with pytest.raises(TransientError):
        RedisThrottle(redis).take(("one",), Rate(1))
