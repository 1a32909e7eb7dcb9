"""Makes a received video a job, and calls a worker."""

import logging
import time
from contextlib import suppress
from threading import BoundedSemaphore
from uuid import uuid4

from video_automation.access.quotas import UNBOUNDED, Quotas
from video_automation.errors import TransientError
from video_automation.jobs.brand.given_files import keep_files
from video_automation.jobs.lifecycle.cleanup import remove_all
from video_automation.jobs.lifecycle.dispatch import dispatch_jobs
from video_automation.jobs.model import Job
from video_automation.jobs.policy.quota import within
from video_automation.jobs.ports import Backend, JobStore
from video_automation.jobs.uploads.disk_space import full_disk_told
from video_automation.media.probing.probe import check, turn
from video_automation.media.program import Tools
from video_automation.plan.params import Params

log = logging.getLogger(__name__)

_LOOKED_AT = 2
"""Videos of one owner that are looked at at a time: half of `probe`'s places, so that others need not wait for them all."""
PATIENCE_S = 240.0
"""How long a video waits, first for its look and then for its owner's others, that would have to be sent again otherwise.

Its client is still there, and a connection at which nothing moves is ended after five minutes. Looks end by themselves, so a
turn does come: to send gigabytes away for a queue of half a minute would have them sent twice.
"""
TURNS: dict[str, BoundedSemaphore] = {}
"""Of each owner, the places for videos that are looked at or wait for it: so nobody takes all there are."""


def new_job(
    *,
    filename: str,
    owner: str,
    params: Params,
    quotas: Quotas = UNBOUNDED,
    job_id: str | None = None,
    webhook_url: str | None = None,
) -> Job:
    """A new job; `job_id` is its id, if it has one already."""
    daily_ms = None if quotas.minutes_a_day is None else 60_000 * quotas.minutes_a_day
    return Job(
        id=job_id or str(uuid4()),
        owner=owner,
        filename=filename,
        created_at=time.time(),
        params=params,
        daily_ms=daily_ms,
        webhook_url=webhook_url,
        building=f"0-{uuid4().hex[:8]}",
    )


def submit(backend: Backend, job: Job, quotas: Quotas = UNBOUNDED) -> Job:
    """Records a job whose source has been received; if that fails, nothing remains of it. Then a worker is called.

    It is for videos that come in one piece, so it waits for its turn as long as it can: see `PATIENCE_S`.

    Raises:
        QuotaError, TooLargeError: its owner's key does not allow it.
        NoSpaceError: the disk is full.
        InputError: its source is nothing we can use; the sentence says why.
        TransientError: it cannot be looked at, or recorded, just now.
    """
    try:
        return hand_over(backend, job, quotas, patience_s=PATIENCE_S)
    except BaseException:
        remove_all(backend.folders.of(job.id))
        raise


def hand_over(backend: Backend, job: Job, quotas: Quotas = UNBOUNDED, *, patience_s: float | None = None) -> Job:
    """As `submit`, but if it fails what has been received stays, to be handed over later.

    So it need not wait long, and by itself does not: a client that asks again finds all of its video there.

    Raises: as `submit`.
    """
    workspace = backend.folders.of(job.id)
    with full_disk_told():
        workspace.work.mkdir(parents=True, exist_ok=True)
    with turn(TURNS.setdefault(job.owner, BoundedSemaphore(_LOOKED_AT)), patience_s=patience_s):
        recording = workspace.storage.local(workspace.source)
        tools = Tools(workspace.work, (recording,))
        check(tools, recording, limits=backend.rules.media, tracks=job.params.tracks, patience_s=patience_s)
    keep_files(backend, job.id, job.owner, job.params)
    with within(backend, job, quotas, patience_s=patience_s):
        _record(backend.store, job)
    log.info("Accepted %s: %s", job.id, job.filename)
    dispatch_jobs(backend)
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
