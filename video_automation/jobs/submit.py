"""Hands a received film over to the workers."""

import logging
import time
from contextlib import suppress
from uuid import uuid4

from video_automation.errors import TransientError
from video_automation.jobs.calling import call
from video_automation.jobs.cleanup import remove
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend, JobStore
from video_automation.jobs.room import full_disk_told
from video_automation.media.probe import check
from video_automation.media.program import Tools
from video_automation.plan.params import Params

log = logging.getLogger(__name__)


def new_job(*, filename: str, owner: str, params: Params) -> Job:
    """A job that nobody has heard of yet."""
    return Job(id=str(uuid4()), owner=owner, filename=filename, created_at=time.time(), params=params)


def submit(backend: Backend, job: Job) -> Job:
    """Records a job whose source has been received; if that fails, nothing remains of it. Then a worker is called.

    Raises:
        NoSpaceError: the disk is full.
        InputError: its source is nothing we can use; the sentence says why.
        TransientError: it cannot be recorded just now.
    """
    workspace = backend.folders.of(job.id)
    try:
        return hand_over(backend, job)
    except BaseException:
        remove(workspace.upload)
        remove(workspace.work)
        raise


def hand_over(backend: Backend, job: Job) -> Job:
    """As `submit`, but if it fails what has been received stays, to be handed over later.

    Raises: as `submit`.
    """
    workspace = backend.folders.of(job.id)
    with full_disk_told():
        workspace.work.mkdir(parents=True, exist_ok=True)
    check(Tools(workspace.work, (workspace.source,)), workspace.source, limits=backend.rules.media)
    _record(backend.store, job)
    log.info("Accepted %s: %s", job.id, job.filename)
    call(backend)
    return job


def _record(store: JobStore, job: Job) -> None:
    """Adds the job, or leaves no trace of it. A store that hangs is told nothing: it would do as told once it goes on."""
    store.waiting()
    try:
        store.add(job)
    except BaseException:
        with suppress(TransientError):
            store.remove(job.id)
        raise
