"""Calls workers for the jobs whose turn it is: as many as can be worked on now."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from video_automation.errors import DamagedError, TransientError, UnknownTaskError
from video_automation.jobs.ports import Backend

log = logging.getLogger(__name__)


def dispatch_jobs(backend: Backend) -> None:
    """Has a worker called for each waiting job there is a free place for, in the order of their turns.

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
    """Those that a run can take: one whose record is lost or cannot be read must not stand before the others for ever."""
    for job_id in waiting:
        with suppress(UnknownTaskError, DamagedError):
            yield backend.store.get(job_id).id
