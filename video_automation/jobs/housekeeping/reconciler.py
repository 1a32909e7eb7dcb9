"""Looks after all jobs: none stays with a dead run, none waits without a call to a worker, none is lost."""

import logging
import time

from video_automation.errors import DamagedError, LostError, TransientError, UnknownTaskError
from video_automation.jobs.lifecycle.cleanup import discard
from video_automation.jobs.lifecycle.dispatch import dispatch_jobs
from video_automation.jobs.lifecycle.ownership import dead, evict
from video_automation.jobs.lifecycle.transitions import CUT_OFF, handed_back, of_run, restored
from video_automation.jobs.model import Job, State, job_from_json
from video_automation.jobs.ports import LEASE_S, Backend

log = logging.getLogger(__name__)

GRACE_S = LEASE_S / 2
"""How long a job is seen without a lease before it is taken from its run: after an outage of the store, runs come first."""
_LOST = "nothing was heard of its worker"


class Tending:
    """What one process does about all jobs each second; several may do so at a time."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._alone_since: dict[str, float] = {}
        self._restored = False

    def tend(self) -> None:
        """Gives jobs back whose runs are gone, restores records that are gone, calls workers.

        Raises:
            TransientError: the store does not answer, or takes no changes: then no run can renew its lease.
        """
        try:
            self._tend()
        except TransientError:
            self._alone_since = {}
            raise

    def _tend(self) -> None:
        store = self._backend.store
        if not self._restored or not store.complete():
            restore_jobs(self._backend)
            self._restored = True
        store.completed()  # each time, since that shows that changes are taken
        running = store.running()
        self._alone_since = {job.id: self._alone_since.get(job.id, time.monotonic()) for job in running if self._alone(job)}
        for job in running:
            if setback := self._setback(job):
                hand_back(self._backend, job, setback=setback)
                evict(self._backend.folders.of(job.id))
        dispatch_jobs(self._backend)

    def _alone(self, job: Job) -> bool:
        return not self._backend.store.leased(job.id)

    def _setback(self, job: Job) -> str | None:
        """Why a job in the state of work has no run."""
        if dead(self._backend.folders.of(job.id), job.run):
            return CUT_OFF
        since = self._alone_since.get(job.id)
        return _LOST if since is not None and time.monotonic() - since >= GRACE_S else None


def hand_back(backend: Backend, job: Job, *, setback: str | None) -> None:
    """Returns a job to the queue by `transitions.handed_back`, unless its run has ended meanwhile."""
    run = job.run or ""
    try:
        after = backend.store.change(job.id, of_run(run, lambda job: handed_back(job, time.time(), setback=setback)))
    except (LostError, UnknownTaskError):
        return
    backend.store.release(job.id, run)
    if after.state is State.REVOKED:
        discard(backend.folders.of(job.id))
    log.info("%s: %s is %s now", setback or "handed back", job.id, after.state)


def restore_jobs(backend: Backend) -> None:
    """Adds the jobs that the store has not, or cannot read, as they were written down in their folders; the others stay.

    Raises:
        TransientError: the store does not answer.
    """
    for record in (backend.folders.of(job_id).record for job_id in backend.folders.ids()):
        try:
            job = job_from_json(backend.folders.storage.read(record))
        except FileNotFoundError:
            continue
        except (OSError, DamagedError) as error:
            log.warning("%s cannot be read: %s", record, error)
            continue
        try:
            backend.store.get(job.id)
        except (UnknownTaskError, DamagedError):
            backend.store.add(restored(job))
            log.warning("Restored %s: %s, %s", job.id, job.filename, job.state)
