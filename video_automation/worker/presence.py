"""Says every two seconds that this worker is there."""

import logging
import threading
from contextlib import suppress
from typing import Any

from celery.signals import worker_ready, worker_shutdown

from video_automation.config import CelerySettings
from video_automation.errors import TransientError
from video_automation.jobs.ports import Presence

log = logging.getLogger(__name__)

_BEAT_EVERY_S = 2.0


def announce(presence: Presence, settings: CelerySettings) -> None:
    """Has the worker that is going to run in this process say that it is there, from when it is ready until it shuts down."""
    over = threading.Event()

    def ready(sender: Any, **_: Any) -> None:
        log.info(
            "Worker %s is ready: %s pool, %d at a time", sender.hostname, settings.worker_pool, settings.worker_concurrency
        )
        if settings.worker_pool != "prefork":
            log.warning(
                "The %s pool does the work in this very process: it is not renewed for each task, a task over its hard limit "
                "ends it, and %s",
                settings.worker_pool,
                "it answers no `inspect` while it works." if settings.worker_pool == "solo" else "tasks share its memory.",
            )
        threading.Thread(target=beat, args=(sender.hostname,), name="presence", daemon=True).start()

    def beat(name: str) -> None:
        while not over.is_set():
            try:
                presence.beat(name)
            except TransientError as error:
                log.warning("Nobody can see this worker: %s", error)
            over.wait(_BEAT_EVERY_S)

    def leave(sender: Any, **_: Any) -> None:
        over.set()
        with suppress(TransientError):  # it is forgotten in ten seconds anyway
            presence.leave(sender.hostname)

    worker_ready.connect(ready, weak=False)
    worker_shutdown.connect(leave, weak=False)
