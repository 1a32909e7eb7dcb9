"""Says every two seconds that this worker is there."""

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
    """The loop that takes messages and looks after processes; only beside a pool of processes it turns all the time."""

    def __init__(self, hub: Any) -> None:
        self._turned_at = time.monotonic() if hub else None
        if hub:
            hub.call_repeatedly(_BEAT_EVERY_S, self._turn)

    def turns(self) -> bool:
        """Whether it has turned in the last seconds, as far as that can be told."""
        return self._turned_at is None or time.monotonic() - self._turned_at < HANGS_AFTER_S

    def _turn(self) -> None:
        self._turned_at = time.monotonic()


@contextmanager
def announced(presence: Presence, settings: CelerySettings) -> Iterator[None]:
    """Has the worker that runs in the block say that it is there, from when it is ready until it takes nothing new."""
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
    """Tells the log what worker this is, and what its pool cannot do."""
    log.info("Worker %s is ready: %s pool, %d at a time", name, settings.worker_pool, settings.worker_concurrency)
    if settings.worker_pool != "prefork":
        log.warning(
            "The %s pool does the work in this very process: it is not renewed for each task, a task over its hard limit "
            "ends it, and %s",
            settings.worker_pool,
            "it answers no `inspect` while it works." if settings.worker_pool == "solo" else "tasks share its memory.",
        )


def jobs_at_a_time(settings: CelerySettings) -> int:
    """How many jobs one worker has at most."""
    return int(settings.worker_autoscale.split(",")[0]) if settings.worker_autoscale else settings.worker_concurrency


def is_there(presence: Presence, host: str) -> Callable[[int], bool]:
    """Tells of a process of this host whether it is a worker that is there; raises TransientError where it could not say so."""

    def there(pid: int) -> bool:
        if worker_name(pid, host) in presence.present():
            return True
        presence.check_heard()
        return False

    return there


def worker_name(pid: int, host: str = "%h") -> str:
    """What a worker is called; Celery puts the host in for its sign."""
    return f"worker-{pid}@{host}"
