"""Keeps services running: starts them in order, restarts those that die, stops them in reverse order."""

import logging
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from video_automation.errors import PipelineError, TransientError
from video_automation.supervisor import signals
from video_automation.supervisor.process import Child

log = logging.getLogger(__name__)

_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """How long a service may take to start, and how often it may fail.

    The pause before a restart doubles from `first_pause_s` with each failure in a row; a service that ran for
    `stable_after_s` begins anew. More than `most_failures` in a row end everything. One that has shown no sign of life for
    `silent_s`, or none at all within `start_within_s`, is killed.
    """

    start_within_s: float = 60.0
    first_pause_s: float = 0.5
    stable_after_s: float = 10.0
    most_failures: int = 5
    silent_s: float = 30.0

    @property
    def look_every_s(self) -> float:
        """How often it is asked whether it is alive."""
        return self.silent_s / 6


USUAL_POLICY = RestartPolicy()


@dataclass(frozen=True, slots=True)
class Service:
    """A program to keep running.

    `ready` tells of its process, without waiting long, whether it does its work, and `alive` whether it still does; an error
    of that one means that nobody can tell. `drain_signal` asks it to finish what it has begun and then to end; `stop_signal`
    asks it to end, and after `stop_within_s` seconds it is killed.
    """

    name: str
    argv: tuple[str, ...]
    ready: Callable[[int], bool]
    alive: Callable[[int], bool] = lambda _: True
    env: Mapping[str, str] = field(default_factory=dict)
    drain_signal: int | None = None
    stop_signal: int = signal.SIGTERM
    stop_within_s: float = 3.0


class _AskedToEndError(Exception):
    """A signal asked for the end."""


class _GivenUpError(Exception):
    """A service cannot be kept running; the text says which, and why."""


def supervise(services: tuple[Service, ...], *, on_ready: Callable[[], None], patience: RestartPolicy = USUAL_POLICY) -> int:
    """Runs services until a signal asks for the end or one of them keeps failing; gives the exit code, 0 or 1.

    Asked to drain, it has those finish their work that can, and ends when they have.

    Each is started once the one before it is ready; `on_ready` is called when all are. Whatever happens, they are all gone
    when this returns.
    """
    keepers: list[_Keeper] = []
    with signals.signals_held():
        try:
            for service in services:
                keepers.append(_Keeper(service, patience))
                _until_ready(keepers)
            on_ready()
            while True:
                _pass(keepers, at_most=patience.look_every_s)
                for keeper in keepers:
                    keeper.look()
        except _AskedToEndError:
            log.info("asked to end: stopping all services")
            return 0
        except _GivenUpError as reason:
            log.error("%s; stopping all services", reason)  # noqa: TRY400  # it is no crash
            return 1
        finally:
            for keeper in reversed(keepers):
                keeper.stop()


def _until_ready(keepers: list["_Keeper"]) -> None:
    newest = keepers[-1]
    within_s = newest.patience.start_within_s
    deadline = time.monotonic() + within_s
    while not newest.ready():
        if time.monotonic() > deadline:
            raise _GivenUpError(f"{newest.service.name} was not ready within {within_s:.0f} seconds")
        _pass(keepers, at_most=_POLL_S)
    log.info("%s is ready", newest.service.name)


def _pass(keepers: list["_Keeper"], *, at_most: float) -> None:
    """Waits for a signal, at most so many seconds, then checks every service."""
    now = time.monotonic()
    waits = [keeper.restart_at - now for keeper in keepers if keeper.restart_at is not None]
    heard = signals.wait(min([*waits, at_most]))
    if heard in signals.ASKED:
        raise _AskedToEndError
    for keeper in keepers:
        if heard == signals.DRAIN:
            keeper.drain()
        keeper.tend()
    if any(keeper.draining for keeper in keepers) and not any(keeper.works_on for keeper in keepers):
        raise _AskedToEndError


class _Keeper:
    """One service and the child that runs it; `restart_at` is the time (monotonic) of its next start while it is down."""

    def __init__(self, service: Service, patience: RestartPolicy) -> None:
        self.service = service
        self.patience = patience
        self.restart_at: float | None = None
        self.draining = False
        self._started_at = self._looked_at = 0.0
        self._alive_at: float | None = None
        self._failures = 0
        self._start()

    def ready(self) -> bool:
        """Whether it runs and is ready."""
        try:
            ready = self.restart_at is None and self.service.ready(self._child.pid)
        except TransientError:
            return False
        if ready:
            self._alive_at = time.monotonic()
        return ready

    def tend(self) -> None:
        """Notes that it has ended, and restarts it when that is due."""
        if self.draining:
            return
        if self.restart_at is None:
            status = self._child.ended()
            if status is not None:
                self._failed(status)
        elif time.monotonic() >= self.restart_at:
            self._start()

    def drain(self) -> None:
        """Asks it to finish its work and end, and does not restart it."""
        if self.service.drain_signal is not None and not self.draining:
            log.info("%s finishes what it has begun, and takes nothing new", self.service.name)
            self.draining = True
            self._child.ask(self.service.drain_signal)

    @property
    def works_on(self) -> bool:
        """Whether it is still finishing its work."""
        return self.draining and self._child.ended() is None

    def look(self) -> None:
        """Kills it if it has shown no sign of life for too long."""
        now = time.monotonic()
        if self.draining or self.restart_at is not None or now - self._looked_at < self.patience.look_every_s:
            return
        self._looked_at = now
        if self._shows_life():
            self._alive_at = now
            return
        silent_s = now - (self._alive_at or self._started_at)
        if silent_s >= (self.patience.silent_s if self._alive_at else self.patience.start_within_s):
            log.error("%s has shown no sign of life for %.0f seconds: killed", self.service.name, silent_s)
            self._child.kill()

    def _shows_life(self) -> bool:
        try:
            return self.service.alive(self._child.pid)
        except PipelineError:
            return True

    def stop(self) -> None:
        """Asks it to end, and kills it if that takes too long."""
        name, deadline = self.service.name, time.monotonic() + self.service.stop_within_s
        self._child.ask(self.service.stop_signal)
        while self._child.ended() is None and time.monotonic() < deadline:
            signals.wait(deadline - time.monotonic())
        if self._child.ended() is None:
            log.warning("%s did not end within %.1f seconds: killed", name, self.service.stop_within_s)
            self._child.kill()
        log.info("%s stopped", name)

    def _start(self) -> None:
        self._child = Child(self.service.argv, self.service.env)
        self._started_at = self._looked_at = time.monotonic()
        self._alive_at = self.restart_at = None
        log.info("%s started, process %d", self.service.name, self._child.pid)

    def _failed(self, status: int) -> None:
        now = time.monotonic()
        self._failures = 1 if now - self._started_at >= self.patience.stable_after_s else self._failures + 1
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        if self._failures > self.patience.most_failures:
            raise _GivenUpError(f"{self.service.name} {how}, {self._failures} times in a row")
        pause = self.patience.first_pause_s * 2 ** (self._failures - 1)
        log.warning("%s %s: starting it again in %.1f seconds", self.service.name, how, pause)
        self.restart_at = now + pause
