"""Calls workers for the next jobs: as many as there are free places."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from video_automation.errors import DamagedError, TransientError, UnknownTaskError
from video_automation.jobs.ports import Backend

log = logging.getLogger(__name__)


def dispatch_jobs(backend: Backend) -> None:
    """Calls a worker for each waiting job, in their order, as long as there are free places.

    For one that was called for moments ago nobody is called again. Where the queue does not answer, nobody hears: whoever
    tends the jobs calls again in a second.
    """
    try:
        free = max(1, backend.slots()) - len(backend.store.running())
        for job_id in islice(_there(backend, backend.store.queue()), max(0, free)):
            if backend.store.called(job_id):
                backend.queue.publish(job_id)
    except TransientError as error:
        log.warning("No worker could be called: %s", error)


def _there(backend: Backend, waiting: Iterable[str]) -> Iterator[str]:
    """The jobs with a readable record: others must not block the queue."""
    for job_id in waiting:
        with suppress(UnknownTaskError, DamagedError):
            yield backend.store.get(job_id).id
