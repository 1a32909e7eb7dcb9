"""Shares the result of a task by a link, and turns the link off."""

import logging
from dataclasses import replace

from video_automation.access.shares import Share
from video_automation.jobs.lifecycle.transitions import check_done
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend

log = logging.getLogger(__name__)


def share(backend: Backend, job_id: str, made: Share) -> None:
    """Has this link show the result of a done task; the one before opens nothing from now on.

    Raises:
        StateError, GoneError: it has no result, as `transitions.check_done` says.
    """

    def step(job: Job) -> Job:
        check_done(job)
        return replace(job, share=made)

    backend.store.change(job_id, step)
    log.info("Shared %s until %d", job_id, made.until)


def unshare(backend: Backend, job_id: str) -> None:
    """Revokes the link to a task, if it has one."""
    backend.store.change(job_id, lambda job: replace(job, share=None))
    log.info("No longer shared: %s", job_id)
