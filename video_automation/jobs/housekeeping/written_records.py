"""Finds a job while the store has come back empty and is not yet refilled: its record lies beside its source, too."""

from contextlib import suppress

from video_automation.errors import DamagedError, TransientError, UnknownTaskError
from video_automation.jobs.model import Job, job_from_json
from video_automation.jobs.ports import Backend


def find_job(backend: Backend, job_id: str) -> Job:
    """The job of this id: as the store has it or, where the store has lost its jobs, as it was last written down.

    Raises:
        UnknownTaskError: there is none.
    """
    with suppress(UnknownTaskError):
        return backend.store.get(job_id)
    job = None
    with suppress(OSError, DamagedError):
        job = job_from_json(backend.folders.storage.read(backend.folders.of(job_id).record))
    if job is None or backend.store.complete():
        return backend.store.get(job_id)  # it may have been restored meanwhile
    return job


def check_restored(backend: Backend, job: Job) -> None:
    """Refuses to change a job the store has lost, and has not yet got back.

    Raises:
        TransientError: it is being restored.
    """
    try:
        backend.store.get(job.id)
    except UnknownTaskError:
        sentence = "The list of tasks was lost and is being restored. Ask again in a moment."
        raise TransientError(sentence, retry_after_s=1) from None
