"""The contract of Sessions and of Throttle, in memory and in Redis."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import ceil
from threading import Barrier

import pytest
from e2e.instance import eventually
from ports import free_port

from video_automation.access.keys import Key, Keyring, digest
from video_automation.access.repositories import Access, Rate, Session, Sessions, Throttle
from video_automation.access.sessions import begin_session, end_session, entered
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
    sessions.put("one", Session("key", "token", 5.5), for_s=60)
    assert sessions.get("one") == Session("key", "token", 5.5)
    assert sessions.get("another") is None
    sessions.drop("one")
    sessions.drop("one")
    assert sessions.get("one") is None


def test_only_a_session_that_is_still_there_is_replaced(sessions: Sessions) -> None:
    first, second, third = (Session("key", token, time.time()) for token in ("first", "second", "third"))
    assert not sessions.replace("one", first, second, for_s=60)
    assert sessions.get("one") is None
    sessions.put("one", first, for_s=60)
    assert sessions.replace("one", first, second, for_s=60)
    assert not sessions.replace("one", first, third, for_s=60)
    assert sessions.get("one") == second


def test_signing_out_while_a_session_is_renewed_ends_it(access: Access) -> None:
    cookie = begin_session(access, ANN, 1000.0)

    def signed_out_meanwhile() -> Keyring:
        end_session(access, cookie)
        return Keyring((ANN,))

    assert entered(replace(access, keys=signed_out_meanwhile), cookie, 1000.0 + DAY_S) is None
    assert entered(access, cookie, 1000.0 + DAY_S) is None


def test_signing_out_ends_the_token_before_too_and_the_other_way_round(access: Access) -> None:
    for signed_out_with in (0, 1):
        before = begin_session(access, ANN, 1000.0)
        found = entered(access, before, 1000.0 + DAY_S)
        assert found is not None
        assert found.new_cookie is not None
        cookies = before, found.new_cookie
        end_session(access, cookies[signed_out_with])
        assert [entered(access, cookie, 1000.0 + DAY_S) for cookie in cookies] == [None, None]


def test_of_requests_that_renew_a_session_at_once_all_are_let_in_and_one_is_given_a_token(access: Access) -> None:
    cookie, together = begin_session(access, ANN, 1000.0), Barrier(8)

    def keys_once_all_have_looked() -> Keyring:
        together.wait()
        return Keyring((ANN,))

    at_once = replace(access, keys=keys_once_all_have_looked)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: entered(at_once, cookie, 1000.0 + DAY_S), range(8)))
    assert [one.key for one in found if one] == [ANN] * 8
    assert len({one.new_cookie for one in found if one} - {None}) == 1


def test_the_token_before_works_for_a_minute_and_no_longer(access: Access) -> None:
    cookie = begin_session(access, ANN, 1000.0)
    entered(access, cookie, 1000.0 + DAY_S)
    assert entered(access, cookie, 1000.0 + DAY_S + 59) is not None
    assert entered(access, cookie, 1000.0 + DAY_S + 60) is None


def test_a_session_opens_for_its_key_until_it_is_ended(access: Access) -> None:
    cookie = begin_session(access, ANN, 1000.0)
    found = entered(access, cookie, 1001.0)
    assert found is not None
    assert (found.key, found.new_cookie) == (ANN, None)
    end_session(access, cookie)
    assert entered(access, cookie, 1002.0) is None


@pytest.mark.parametrize("made_of", ["{name}", "{name}.", "{name}.{hash}", "{hash_of_name}.{token}", "{token}.{name}"])
def test_nobody_has_a_session_by_half_its_cookie_or_by_what_is_kept_of_it(access: Access, made_of: str) -> None:
    name, _, token = begin_session(access, ANN, 1000.0).partition(".")
    forged = made_of.format(name=name, token=token, hash=digest(token), hash_of_name=digest(name))
    assert entered(access, forged, 1001.0) is None


def test_a_session_of_a_day_gets_another_token_once(access: Access) -> None:
    cookie = begin_session(access, ANN, 1000.0)
    later = entered(access, cookie, 1000.0 + DAY_S)
    assert later is not None
    assert later.new_cookie not in (None, cookie)
    at_once = entered(access, cookie, 1000.0 + DAY_S + 1)
    assert at_once is not None
    assert at_once.new_cookie is None, "a request under way with the old token makes no third one"
    assert entered(access, later.new_cookie or "", 1000.0 + DAY_S + 1) is not None


def test_a_session_ends_with_its_key_and_all_its_tokens_do(access: Access) -> None:
    before = begin_session(access, ANN, 1000.0)
    found = entered(access, before, 1000.0 + DAY_S)
    assert found is not None
    assert found.new_cookie is not None
    without = replace(access, keys=Keyring)
    assert [entered(without, cookie, 1000.0 + DAY_S) for cookie in (before, found.new_cookie)] == [None, None]


def test_as_many_as_a_minute_has_are_taken_at_once_and_the_next_must_wait(throttle: Throttle) -> None:
    rate, began = Rate(6), time.monotonic()
    assert [throttle.take(("ann",), rate) for _ in range(6)] == [0] * 6
    wait_s = throttle.take(("ann",), rate)
    assert wait_s + (time.monotonic() - began) > 9
    assert wait_s <= 10
    assert throttle.take(("bob",), rate) == 0


def test_what_one_name_may_not_is_counted_for_none(throttle: Throttle) -> None:
    assert throttle.take(("ann",), Rate(1)) == 0
    assert throttle.take(("ann", "here"), Rate(1)) > 0
    assert throttle.take(("bob", "here"), Rate(1)) == 0


def test_after_a_pause_some_more_are_taken(throttle: Throttle) -> None:
    rate = Rate(120)  # one every half second
    while not throttle.take(("ann",), rate):
        pass
    assert eventually(lambda: not throttle.take(("ann",), rate))


def test_of_many_at_once_no_more_are_taken_than_may(throttle: Throttle) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: throttle.take(("ann",), Rate(20)), range(100)))
    due = ceil((time.monotonic() - began) / 3)
    assert 20 <= waits.count(0) <= 20 + due, "one more may come due each three seconds"


def test_a_trusted_name_is_remembered(throttle: Throttle) -> None:
    assert not throttle.trusted("pair")
    throttle.trust("pair")
    assert throttle.trusted("pair")


def test_a_redis_that_does_not_answer_is_told() -> None:
    port = free_port()
    redis = connect(f"redis://127.0.0.1:{port}/0")
    with pytest.raises(TransientError):
        RedisSessions(redis).get("one")
    with pytest.raises(TransientError):
        RedisThrottle(redis).take(("one",), Rate(1))
