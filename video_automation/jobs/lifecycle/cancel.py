"""Cancels a job."""

import logging
import time

from video_automation.jobs.lifecycle.cleanup import discard
from video_automation.jobs.lifecycle.ownership import at_rest
from video_automation.jobs.lifecycle.transitions import asked_to_end
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend

log = logging.getLogger(__name__)


def cancel_job(backend: Backend, job_id: str) -> Job:
    """Ends a waiting job at once and has the worker end a running one; an already cancelled one comes back as it is.

    The message of a waiting one stays in the queue: the worker that gets it finds the job ended.

    Raises:
        StateError: it has ended already.
        UnknownTaskError, TransientError: as the store does.
    """
    job = backend.store.change(job_id, lambda job: asked_to_end(job, time.time()))
    if job.state is State.REVOKED:
        with at_rest(backend.store, job_id) as idle:
            if idle:
                discard(backend.folders.of(job_id))
    log.info("Cancel %s: now %s", job_id, job.state)
    return job
