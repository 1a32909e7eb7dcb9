"""`python -m benchmarks.slow [NAME...]` connects hundreds of slow clients to a service and measures how others are served."""

import asyncio
import socket
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from benchmarks.measured import tree_mb
from benchmarks.service import ended, running, uploaded
from benchmarks.talks import talk

_FOR_S = 45.0
"""Seconds each attack lasts: longer than the service tolerates a slow connection."""
_PAUSE_S = 5.0
_LARGE = 300_000_000
_FORM = "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999999"
_HEAD = f"POST /upload HTTP/1.1\r\nHost: localhost\r\n{_FORM}\r\n\r\n"
_PART = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'


@dataclass
class Crowd:
    """Slow clients of one kind, and how they were treated. Each comes back a second after its connection was closed."""

    address: tuple[str, int]
    ended: int = 0
    busy: int = 0
    at_once: int = 0
    most: int = 0

    @asynccontextmanager
    async def connection(self, small: int = 0) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        with socket.socket() as plain:
            if small:
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, small)
            plain.setblocking(False)  # noqa: FBT003
            await asyncio.get_running_loop().sock_connect(plain, self.address)
            reader, writer = await asyncio.open_connection(sock=plain, limit=small or 1 << 16)
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            try:
                yield reader, writer
            finally:
                self.at_once -= 1
                writer.transport.abort()


async def trickle(crowd: Crowd, opening: str) -> None:
    """Sends `opening` at once, then a byte a second until there is a response or the connection is closed."""
    async with crowd.connection() as (reader, writer):
        writer.write(opening.encode())
        while True:
            with suppress(TimeoutError):
                said = await asyncio.wait_for(reader.read(1000), 1.0)
                crowd.busy += said.startswith(b"HTTP/1.1 503")
                return
            writer.write(b"x")


async def wait(crowd: Crowd, opening: str) -> None:
    """Sends `opening` at once, and then nothing."""
    async with crowd.connection() as (reader, writer):
        writer.write(opening.encode())
        said = await reader.read(1000)
        crowd.busy += said.startswith(b"HTTP/1.1 503")


async def sip(crowd: Crowd, path: str) -> None:
    """Requests a large file and reads one byte a second."""
    async with crowd.connection(small=4096) as (reader, writer):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        said = await reader.readline()
        crowd.busy += said.startswith(b"HTTP/1.1 503")
        while await reader.read(1):  # noqa: ASYNC110  # a slow reader is what this is
            await asyncio.sleep(1)


Client = Callable[[Crowd, str], Coroutine[None, None, None]]
KINDS = {
    "nobody slow": (0, wait, ""),
    "200 slow senders": (200, trickle, _HEAD + _PART),
    "600 slow senders": (600, trickle, _HEAD + _PART),
    "600 senders that stop": (600, wait, _HEAD + _PART),
    "600 idle connections": (600, wait, ""),
    "500 slow heads": (500, trickle, "GET / HTTP/1.1\r\nX-Slow: "),
    "200 slow readers": (200, sip, ""),
}


@contextmanager
def crowded(address: str, count: int, client: Client, opening: str) -> Iterator[Crowd]:
    """Runs `count` slow clients until the block ends."""
    place = urlsplit(address)
    assert place.hostname
    assert place.port
    crowd = Crowd((place.hostname, place.port))
    over = threading.Event()

    async def one() -> None:
        while not over.is_set():
            with suppress(OSError):
                await client(crowd, opening)
            crowd.ended += 1
            await asyncio.sleep(1)

    async def everyone() -> None:
        tasks = [asyncio.create_task(one()) for _ in range(count)]
        await asyncio.to_thread(over.wait)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = threading.Thread(target=lambda: asyncio.run(everyone()))
    thread.start()
    try:
        yield crowd
    finally:
        over.set()
        thread.join()


def timed(ask: Callable[..., requests.Response], address: str, **what: Any) -> float:
    """Seconds until the response; infinity unless it was a success."""
    began = time.monotonic()
    answer = ask(address, timeout=60, **what)
    seconds = time.monotonic() - began
    if not answer.ok:
        print(f"  answered {answer.status_code}: {answer.text[:100]}", flush=True)
    return seconds if answer.ok else float("inf")


def beside(address: str, video: Path) -> tuple[list[float], list[float]]:
    """The seconds of each health request and of each upload meanwhile."""
    health, uploads = [], []
    until = time.monotonic() + _FOR_S
    while time.monotonic() < until:
        health += [timed(requests.get, address + path) for path in ("/health", "/health/live", "/tasks")]
        if len(health) % 9 == 0:
            uploads.append(timed(requests.post, f"{address}/upload", files={"file": (video.name, video.read_bytes())}))
            newest = requests.get(f"{address}/tasks", timeout=30).json()["tasks"][0]["task_id"]
            requests.post(f"{address}/task/{newest}/cancel", timeout=30)
        time.sleep(0.5)
    return health, uploads


def main() -> None:
    names = sys.argv[1:] or list(KINDS)
    met = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        video = talk(folder, minutes=0.05, size="160x90").video
        with running(folder) as (address, program, _):
            task = uploaded(address, video)
            ended(address, task)
            large = f"/task/{task}/files/processed_{video.name}"
            (output,) = (folder / "data" / "output" / task).glob(f"processed_{video.name}")
            with output.open("ab") as file:
                file.truncate(_LARGE)
            for kind in names:
                count, client, opening = KINDS[kind]
                with crowded(address, count, client, opening or (large if client is sip else "")) as crowd:
                    health, uploads = beside(address, video)
                    memory = tree_mb(program.pid)
                time.sleep(_PAUSE_S)
                right = max(health) <= 0.2 and max(uploads) <= 2.0
                met = met and right
                print(
                    f"{kind}: others answered within {max(health) * 1000:.0f} ms ({len(health)} times, "
                    f"{sum(seconds > 0.2 for seconds in health)} of them over 200 ms), uploads within "
                    f"{max(uploads):.2f} s ({len(uploads)}); {crowd.most} at once, {crowd.ended} sent away, "
                    f"{crowd.busy} of them by 503; {memory:.0f} MB{'' if right else ' MISSED'}",
                    flush=True,
                )
        killed = "sign of life" in (folder / "service.log").read_text()
        print(f"killed by its supervisor: {killed}", flush=True)
    sys.exit(not met or killed)


if __name__ == "__main__":
    main()
