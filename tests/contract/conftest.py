"""Stores of both kinds."""

from collections.abc import Iterator

import pytest
from redis_server import running_redis

from video_automation.stores.redis import connect


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with running_redis() as url:
        redis = connect(url)
        yield url
        redis.close()


@pytest.fixture
def redis(redis_url: str):
    """A client of an empty Redis."""
    client = connect(redis_url)
    client.flushdb()
    yield client
    client.close()
