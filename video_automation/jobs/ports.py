"""What a job's life needs from outside: somewhere to keep records, somebody to call a worker."""

from collections.abc import Callable
from typing import Protocol

from video_automation.jobs.model import Job


class JobStore(Protocol):
    """Keeps job records. Every method raises TransientError where the place does not answer."""

    def add(self, job: Job) -> None:
        """Keeps a new job."""

    def get(self, job_id: str) -> Job:
        """The job of this id. Raises UnknownTaskError."""

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        """Replaces a job by what `step` makes of it, as one atomic act; gives the new one.

        `step` may run more than once, when somebody else changed the job meanwhile; what it raises leaves the job as it was.
        Raises UnknownTaskError.
        """

    def remove(self, job_id: str) -> None:
        """Forgets a job; nothing where there is none."""

    def listed(self, owner: str, *, start: int, count: int) -> tuple[tuple[Job, ...], int]:
        """An owner's jobs, newest first, from number `start` on, at most `count`; and how many there are in all."""

    def position(self, job_id: str) -> int | None:
        """How many waiting jobs come before this one; None if it does not wait."""

    def waiting(self) -> int:
        """How many jobs wait for a worker."""


class JobQueue(Protocol):
    """Calls a worker for a job; messages carry the id alone."""

    def publish(self, job_id: str) -> None:
        """Has some worker take this job up. Raises TransientError where no message can be left."""

    def withdraw(self, job_id: str) -> None:
        """Takes back a message no worker has taken up yet, where that is possible."""
