"""Keeps jobs in this process, for the command line and for tests."""

from collections.abc import Callable
from threading import Lock

from video_automation.errors import UnknownTaskError
from video_automation.jobs.model import Job, State


class MemoryStore:
    """A JobStore that ends with its process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._jobs: dict[str, Job] = {}

    def add(self, job: Job) -> None:
        """Keeps a new job."""
        with self._lock:
            self._jobs[job.id] = job

    def get(self, job_id: str) -> Job:
        """The job of this id."""
        with self._lock:
            return self._get(job_id)

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        """Replaces a job by what `step` makes of it."""
        with self._lock:
            after = self._jobs[job_id] = step(self._get(job_id))
        return after

    def remove(self, job_id: str) -> None:
        """Forgets a job."""
        with self._lock:
            self._jobs.pop(job_id, None)

    def listed(self, owner: str, *, start: int, count: int) -> tuple[tuple[Job, ...], int]:
        """An owner's jobs, newest first, and how many there are."""
        with self._lock:
            jobs = sorted((job for job in self._jobs.values() if job.owner == owner), key=_age, reverse=True)
        return tuple(jobs[start : start + count]), len(jobs)

    def position(self, job_id: str) -> int | None:
        """How many waiting jobs come before this one."""
        waiting = [job.id for job in self._queue()]
        return waiting.index(job_id) if job_id in waiting else None

    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._queue())

    def _get(self, job_id: str) -> Job:
        try:
            return self._jobs[job_id]
        except KeyError:
            raise UnknownTaskError("There is no such task.") from None

    def _queue(self) -> list[Job]:
        with self._lock:
            return sorted(
                (job for job in self._jobs.values() if job.state is State.PENDING), key=lambda job: (job.queued_at, job.id)
            )


def _age(job: Job) -> tuple[float, str]:
    return job.created_at, job.id
