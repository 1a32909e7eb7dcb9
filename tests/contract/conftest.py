"""The stores under test: in memory and in Redis."""

from collections.abc import Iterator

import pytest
from e2e.instance import PATIENCE_S
from redis import Redis
from redis_server import running_redis

from video_automation.stores.redis import connect


def patient_client(url: str) -> Redis:
    """A client with long timeouts: these tests check what a store keeps, not how fast."""
    client = connect(url)
    client.connection_pool.timeout = PATIENCE_S
    client.connection_pool.connection_kwargs.update(socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)
    return client


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with running_redis() as url:
        yield url


@pytest.fixture
def redis(redis_url: str):
    """A client of an empty Redis."""
    client = patient_client(redis_url)
    client.flushdb()
    yield client
    client.close()
