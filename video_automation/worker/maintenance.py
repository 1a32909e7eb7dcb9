"""The upkeep a worker's main process does: jobs, their files, webhooks; and returning its own jobs when it ends."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from celery.signals import worker_ready, worker_shutting_down

from video_automation.errors import TransientError
from video_automation.jobs.housekeeping.janitor import sweep
from video_automation.jobs.housekeeping.reconciler import Tending, hand_back
from video_automation.jobs.ports import Backend
from video_automation.jobs.webhooks.delivering import deliver_due

log = logging.getLogger(__name__)

_TEND_EVERY_S, _DELIVER_EVERY_S, _SWEEP_EVERY_S = 1.0, 1.0, 60.0
_ENDS_WITHIN_S = 5.0


@contextmanager
def tended(backend: Backend) -> Iterator[None]:
    """While the worker in the block is ready, looks after jobs and sends webhooks each second, and cleans up each minute.

    After the block, the jobs it had wait for another run. From when it is told to end nobody tends them: a job whose process
    is ended then has not lost it.
    """
    over = threading.Event()
    names: list[str] = []
    threads: list[threading.Thread] = []

    def ready(sender: Any, **_: Any) -> None:
        names.append(sender.hostname)
        for name, chore, every_s in (
            ("tending", Tending(backend).tend, _TEND_EVERY_S),
            ("webhooks", partial(deliver_due, backend.store, backend.rules.webhooks, holder=sender.hostname), _DELIVER_EVERY_S),
            ("janitor", sweep_now, _SWEEP_EVERY_S),
        ):
            threads.append(threading.Thread(target=_again_and_again, args=(chore, every_s, over), name=name, daemon=True))
            threads[-1].start()

    def sweep_now() -> None:
        sweep(backend, time.time())

    def end(how: str, **_: Any) -> None:
        if how == "Cold":
            over.set()

    worker_ready.connect(ready, weak=False)
    worker_shutting_down.connect(end, weak=False)
    try:
        yield
    finally:
        worker_ready.disconnect(ready)
        worker_shutting_down.disconnect(end)
        over.set()
        for thread in threads:
            thread.join(_ENDS_WITHIN_S)
        for name in names:
            _hand_back_all(backend, name)


def _again_and_again(chore: Callable[[], None], every_s: float, over: threading.Event) -> None:
    """Calls a function now and then periodically. An error is logged, and the next call is made all the same."""
    while not over.is_set():
        try:
            chore()
        except TransientError as error:
            log.warning("Nobody looks after the tasks: %s", error)
        except Exception:
            log.exception("Looking after the tasks failed")
        over.wait(every_s)


def _hand_back_all(backend: Backend, name: str) -> None:
    """Returns a worker's jobs to the queue, found by its name in their runs. This counts as no attempt: nothing went wrong."""
    try:
        for job in backend.store.running():
            if (job.run or "").startswith(f"{name}/"):
                hand_back(backend, job, setback=None)
    except TransientError as error:
        log.warning("Tasks could not be handed back, and will be missed in some seconds: %s", error)
