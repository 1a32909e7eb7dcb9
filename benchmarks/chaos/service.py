"""Runs a service as users start it, with its own ports and data; it can be stopped, killed and started again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import requests

from benchmarks.chaos.processes import Process, processes

_OURS = ("REDIS_URL", "PORT", "HOST", "DATA_FOLDER", "VIDEO_AUTOMATION__")
_LOOK_EVERY_S = 0.02


class Service:
    """A service that runs while its block runs; nothing of it runs afterwards."""

    def __init__(self, folder: Path, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.data, self._log = folder / "data", folder.with_name(f"{folder.name}.log")
        port, redis_port = _free_port(), _free_port()
        self.address = f"http://127.0.0.1:{port}"
        others = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        own = {"PORT": str(port), "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0", "DATA_FOLDER": str(self.data)}
        self._environment = others | own | settings
        self._program: subprocess.Popen[str] | None = None
        self._second: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.dismiss_second()
        if self._program:
            self.stop()
        self.kill_all()

    def start(self) -> float:
        """Starts the service; gives the seconds until it is ready."""
        began = time.monotonic()
        argv = (sys.executable, "start_services.py")
        with self._log.open("a") as log:
            self._program = subprocess.Popen(argv, env=self._environment, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._program.stdout is not None
        if "ready" not in self._program.stdout.readline():
            raise SystemExit(f"the service did not start: {self._log.read_text()[-2000:]}")
        return time.monotonic() - began

    def stop(self) -> float:
        """Asks the service to end; gives the seconds that takes."""
        assert self._program
        began = time.monotonic()
        self._program.terminate()
        self._program.wait()
        self._program = None
        return time.monotonic() - began

    def kill_all(self) -> None:
        """Kills all its processes, and waits until they are gone."""
        while family := self.family():
            for process in family:
                process.kill()
            time.sleep(_LOOK_EVERY_S)
        if self._program:
            self._program.wait()
            self._program = None

    def start_second(self) -> None:
        """Starts a second worker, unless it runs already."""
        if self._second is None or self._second.poll() is not None:
            with self._log.open("a") as log:
                argv = (sys.executable, "start_worker.py")
                self._second = subprocess.Popen(argv, env=self._environment, stdout=log, stderr=log)

    def dismiss_second(self) -> None:
        """Ends the second worker."""
        if self._second:
            self._second.terminate()
            self._second.wait()
            self._second = None

    def family(self) -> tuple[Process, ...]:
        """All its processes and their children."""
        return tuple(process for process in processes() if process.touches(str(self.data)))

    def workers(self) -> tuple[Process, ...]:
        """The workers' main processes."""
        found = self._of_workers()
        pids = {process.pid for process in found}
        return tuple(process for process in found if process.parent not in pids)

    def children(self) -> tuple[Process, ...]:
        """The processes of the workers' pools."""
        mains = {process.pid for process in self.workers()}
        return tuple(process for process in self._of_workers() if process.parent in mains)

    def redis(self) -> tuple[Process, ...]:
        """The Redis server."""
        return tuple(process for process in self.family() if "redis-server" in process.words[0])

    def web(self) -> tuple[Process, ...]:
        """The web server's main process."""
        return tuple(process for process in self.family() if "serve" in process.words)

    def well(self, *, workers: int = 1, within_s: float = 60) -> bool:
        """Whether every part works, and `workers` workers run, within `within_s` seconds."""
        return soon(lambda: self._is_well(workers), within_s)

    def _is_well(self, workers: int) -> bool:
        try:
            health = requests.get(f"{self.address}/health", timeout=10)
        except requests.RequestException:
            return False
        mains = self.workers()
        known = health.json()["worker"]["fact"]
        return health.status_code == 200 and len(mains) == workers and all(f"worker-{main.pid}@" in known for main in mains)

    def _of_workers(self) -> tuple[Process, ...]:
        return tuple(process for process in self.family() if process.is_worker)


def soon(true: Callable[[], bool], within_s: float) -> bool:
    """Whether `true` becomes true within so many seconds."""
    give_up = time.monotonic() + within_s
    while not true():
        if time.monotonic() > give_up:
            return False
        time.sleep(_LOOK_EVERY_S)
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
