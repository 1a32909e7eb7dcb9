"""Shares a task by a link, and takes the link back."""

import logging
import time
from dataclasses import replace

from video_automation.access.shares import Share, new_share
from video_automation.jobs.lifecycle.transitions import check_done
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend

log = logging.getLogger(__name__)


def share(backend: Backend, job_id: str, *, for_s: float) -> Share:
    """Makes a new link to a finished task for so many seconds; an earlier link stops working.

    Raises:
        StateError, GoneError: it has no result, as `transitions.check_done` says.
    """
    made = new_share(time.time(), for_s=for_s)

    def step(job: Job) -> Job:
        check_done(job)
        return replace(job, share=made)

    backend.store.change(job_id, step)
    log.info("Shared %s until %d", job_id, made.until)
    return made


def unshare(backend: Backend, job_id: str) -> None:
    """Revokes the link to a task, if it has one."""
    backend.store.change(job_id, lambda job: replace(job, share=None))
    log.info("No longer shared: %s", job_id)
