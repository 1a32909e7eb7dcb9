"""Names an owner's videos, and takes them out of the library."""

from dataclasses import replace

from video_automation.access.quotas import Quotas
from video_automation.jobs.lifecycle.cleanup import cleanup, forget
from video_automation.jobs.model import Job
from video_automation.jobs.policy.quota import counts_today
from video_automation.jobs.ports import Backend


def rename(backend: Backend, job_id: str, name: str) -> Job:
    """Gives a job another name to be shown by; its files keep theirs, so that links and edit lists still hold.

    Raises: UnknownTaskError, TransientError as the store does.
    """
    return backend.store.change(job_id, lambda job: replace(job, renamed="" if name == job.filename else name))


def take_out(backend: Backend, job: Job, quotas: Quotas) -> bool:
    """Removes the files of an ended job, and forgets it; False where it is not forgotten, since it counts for a day's quota.

    Raises:
        StateError: it has not ended.
        UnknownTaskError, TransientError: as the store does.
    """
    cleanup(backend, job.id)
    if counts_today(job, quotas):
        return False
    forget(backend, job.id)
    return True
