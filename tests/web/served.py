"""Runs the web app on granian in a process of its own, and sends requests to it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import requests
from e2e.instance import PATIENCE_S, environment, eventually
from ports import free_port

from video_automation.media.sandbox import die_with_parent

GRANIAN = (
    "import sys; from video_automation.web.server.serve import run_server;"
    "run_server('127.0.0.1', int(sys.argv[1]), int(sys.argv[2]))"
)
BOUNDARY = "boundary"


@contextmanager
def serving(redis_url: str, folder: Path, *, threads: int = 16) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """Runs the server until the block ends; gives its process and its port."""
    port, parent = free_port(), os.getpid()
    env = environment(folder / "data", REDIS_URL=redis_url, VIDEO_AUTOMATION__SERVER__THREADS=str(threads))
    argv = [sys.executable, "-c", GRANIAN, str(port), str(threads)]
    program = subprocess.Popen(argv, env=env, cwd=folder, preexec_fn=lambda: die_with_parent(parent))  # noqa: PLW1509
    try:
        assert eventually(lambda: answers(port))
        yield program, port
    finally:
        program.kill()
        program.wait(PATIENCE_S)


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/health/live", timeout=PATIENCE_S).ok
    except requests.ConnectionError:
        return False


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def head(length: int | None) -> bytes:
    size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"
    return "\r\n".join(("POST /upload HTTP/1.1", "Host: localhost", kind, size, "", "")).encode()


def form(video: bytes) -> bytes:
    first = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
    return first.encode() + video + f"\r\n--{BOUNDARY}--\r\n".encode()


def answer_to(port: int, *sent: bytes) -> bytes:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)) as connection:
        for block in sent:
            connection.sendall(block)
        return connection.recv(4096)
