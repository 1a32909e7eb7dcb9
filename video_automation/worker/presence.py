"""Announces this worker every two seconds."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from celery.signals import worker_ready, worker_shutdown, worker_shutting_down

from video_automation.errors import TransientError
from video_automation.jobs.ports import Presence
from video_automation.sections import CelerySettings

log = logging.getLogger(__name__)

_BEAT_EVERY_S = 2.0
LEAVE_WITHIN_S = 1.0
"""How long the end of a worker waits for its last beat, which says that it has gone."""
HANGS_AFTER_S = 10.0
"""A loop that has not turned for so long hangs, and its worker is not there."""


class _Loop:
    """Celery's event loop, which receives messages and manages processes. Only with a pool of processes it never pauses."""

    def __init__(self, hub: Any) -> None:
        self._turned_at = time.monotonic() if hub else None
        if hub:
            hub.call_repeatedly(_BEAT_EVERY_S, self._turn)

    def turns(self) -> bool:
        """Whether it has made a round in the last seconds, as far as that is known."""
        return self._turned_at is None or time.monotonic() - self._turned_at < HANGS_AFTER_S

    def _turn(self) -> None:
        self._turned_at = time.monotonic()


@contextmanager
def announced(presence: Presence, settings: CelerySettings) -> Iterator[None]:
    """Announces the worker in the block from when it is ready until it accepts no new tasks."""
    over = threading.Event()
    beating: list[threading.Thread] = []

    def ready(sender: Any, **_: Any) -> None:
        _introduce(sender.hostname, settings)
        loop = _Loop(sender.hub if settings.worker_pool == "prefork" else None)
        told = (presence, sender.hostname, jobs_at_a_time(settings), loop, over)
        beating.append(threading.Thread(target=_beat, args=told, name="presence", daemon=True))
        beating[-1].start()

    def end(**_: Any) -> None:
        over.set()

    def leave(**_: Any) -> None:
        end()
        for thread in beating:
            thread.join(LEAVE_WITHIN_S)

    worker_ready.connect(ready, weak=False)
    worker_shutting_down.connect(end, weak=False)
    worker_shutdown.connect(leave, weak=False)
    try:
        yield
    finally:
        leave()  # Celery sends no signal where a worker hands its task back
        worker_ready.disconnect(ready)
        worker_shutting_down.disconnect(end)
        worker_shutdown.disconnect(leave)


def _beat(presence: Presence, name: str, slots: int, loop: _Loop, over: threading.Event) -> None:
    """Says every two seconds that this worker is there, while its loop turns; and that it is no more when that is over."""
    while not over.is_set():
        try:
            if loop.turns():
                presence.beat(name, slots)
            else:
                log.error("The main loop of %s hangs: it does not say any more that it is there", name)
        except TransientError as error:
            log.warning("Nobody can see this worker: %s", error)
        over.wait(_BEAT_EVERY_S)
    with suppress(TransientError):  # it is forgotten in ten seconds anyway
        presence.leave(name)


def _introduce(name: str, settings: CelerySettings) -> None:
    """Logs the name of this worker, and what its pool cannot do."""
    log.info("Worker %s is ready: %s pool, %d at a time", name, settings.worker_pool, settings.worker_concurrency)
    if settings.worker_pool != "prefork":
        log.warning(
            "The %s pool does the work in this very process: it is not renewed for each task, a task over its hard limit "
            "ends it, and %s",
            settings.worker_pool,
            "it answers no `inspect` while it works." if settings.worker_pool == "solo" else "tasks share its memory.",
        )


def jobs_at_a_time(settings: CelerySettings) -> int:
    """The most jobs one worker runs at a time."""
    return int(settings.worker_autoscale.split(",")[0]) if settings.worker_autoscale else settings.worker_concurrency


def is_there(presence: Presence, host: str) -> Callable[[int], bool]:
    """Whether a process of this host is a live worker. Raises TransientError where Redis does not answer."""

    def there(pid: int) -> bool:
        if worker_name(pid, host) in presence.present():
            return True
        presence.check_heard()
        return False

    return there


def worker_name(pid: int, host: str = "%h") -> str:
    """The name of a worker; Celery replaces `%h` by the host."""
    return f"worker-{pid}@{host}"
