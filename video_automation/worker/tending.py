"""Has a worker's main process look after all jobs, beside its own work, and give its own back when it ends."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery.signals import worker_ready

from video_automation.errors import TransientError
from video_automation.jobs.ports import Backend
from video_automation.jobs.tend import Tending, hand_back

log = logging.getLogger(__name__)

_EVERY_S = 1.0
_ENDS_WITHIN_S = 5.0


@contextmanager
def tended(backend: Backend) -> Iterator[None]:
    """While the worker in the block is ready, jobs are tended each second; after it, those it had wait for another run."""
    over = threading.Event()
    names: list[str] = []
    threads: list[threading.Thread] = []

    def ready(sender: Any, **_: Any) -> None:
        names.append(sender.hostname)
        threads.append(threading.Thread(target=tend, name="tending", daemon=True))
        threads[-1].start()

    def tend() -> None:
        tending = Tending(backend)
        while not over.is_set():
            try:
                tending.tend()
            except TransientError as error:
                log.warning("Nobody looks after the tasks: %s", error)
            except Exception:  # the next second is another chance
                log.exception("Looking after the tasks failed")
            over.wait(_EVERY_S)

    worker_ready.connect(ready, weak=False)
    try:
        yield
    finally:
        worker_ready.disconnect(ready)
        over.set()
        for thread in threads:
            thread.join(_ENDS_WITHIN_S)
        for name in names:
            _hand_back_all(backend, name)


def _hand_back_all(backend: Backend, name: str) -> None:
    """Gives back what a worker had in hand; its runs are known by its name. No attempt is counted: nothing went wrong."""
    try:
        for job in backend.store.running():
            if (job.run or "").startswith(f"{name}/"):
                hand_back(backend, job, setback=None)
    except TransientError as error:
        log.warning("Tasks could not be handed back, and will be missed in some seconds: %s", error)
