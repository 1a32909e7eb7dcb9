"""Keeps jobs in this process, for the command line and for tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from video_automation.errors import UnknownTaskError
from video_automation.jobs.lifecycle.fair_queue import Ticket, turns
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Taken
from video_automation.jobs.webhooks.receivers import NO_WEBHOOKS, Webhooks, deliveries_of
from video_automation.stores.memory_outbox import MemoryOutbox


@dataclass
class MemoryStore:
    """A JobStore that ends with its process. Its leases and calls do not expire."""

    _jobs: dict[str, Job] = field(default_factory=dict)
    _leases: dict[str, str] = field(default_factory=dict)
    _called: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    webhooks: Webhooks = NO_WEBHOOKS
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)

    def add(self, job: Job) -> None:
        """Keeps a new job."""
        with self._lock:
            self._jobs[job.id] = job

    def get(self, job_id: str) -> Job:
        """The job of this id."""
        with self._lock:
            return self._get(job_id)

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        """Replaces a job by the result of `step`."""
        with self._lock:
            before = self._get(job_id)
            after = self._jobs[job_id] = step(before)
            self.outbox.write(deliveries_of(self.webhooks, before, after))
            if before.state is not after.state:
                self._called.discard(job_id)
        return after

    def complete(self) -> bool:
        """True: memory loses no job."""
        return True

    def completed(self) -> None:
        """Does nothing: memory loses no job."""

    def remove(self, job_id: str) -> None:
        """Forgets a job."""
        with self._lock:
            self._jobs.pop(job_id, None)
            self.outbox.forget(job_id)

    def listed(self, owner: str | None, *, start: int, count: int) -> tuple[tuple[Job, ...], int]:
        """An owner's jobs, or everybody's, newest first, and how many there are."""
        with self._lock:
            jobs = sorted((job for job in self._jobs.values() if owner in (None, job.owner)), key=_age, reverse=True)
        return tuple(jobs[start : start + count]), len(jobs)

    def queue(self) -> tuple[str, ...]:
        """The waiting jobs, the next one first."""
        waiting = (Ticket(job.queued_at, job.owner, job.id) for job in self._in(State.PENDING))
        return tuple(ticket.job_id for ticket in turns(waiting, (job.owner for job in self._in(State.PROGRESS))))

    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._in(State.PENDING))

    def running(self) -> tuple[Job, ...]:
        """The jobs at work."""
        return tuple(self._in(State.PROGRESS))

    def called(self, job_id: str) -> bool:
        """Notes a call to a worker for a job; False if there was one before."""
        with self._lock:
            new = job_id not in self._called
            self._called.add(job_id)
        return new

    def lease(self, job_id: str, run: str) -> bool:
        """Takes or renews a run's lease."""
        with self._lock:
            return self._leases.setdefault(job_id, run) == run

    def leased(self, job_id: str) -> bool:
        """Whether a run holds the lease."""
        with self._lock:
            return job_id in self._leases

    def release(self, job_id: str, run: str) -> None:
        """Ends a run's lease."""
        with self._lock:
            if self._leases.get(job_id) == run:
                del self._leases[job_id]

    def _get(self, job_id: str) -> Job:
        try:
            return self._jobs[job_id]
        except KeyError:
            raise UnknownTaskError("There is no such task.") from None

    def _in(self, state: State) -> list[Job]:
        with self._lock:
            return [job for job in self._jobs.values() if job.state is state]


@dataclass
class MemoryOnce:
    """A Once that ends with its process. Held names do not expire."""

    holders: dict[str, str] = field(default_factory=dict)
    """Who holds each name."""
    _taken: dict[str, Taken] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def hold(self, name: str, holder: str) -> bool:
        """Takes a name for a holder, or renews it."""
        with self._lock:
            return self.holders.setdefault(name, holder) == holder

    def release(self, name: str, holder: str) -> None:
        """Frees a holder's name."""
        with self._lock:
            if self.holders.get(name) == holder:
                del self.holders[name]

    def keep(self, name: str, taken: Taken) -> None:
        """Remembers the upload accepted under a name."""
        with self._lock:
            self._taken[name] = taken

    def kept(self, name: str) -> Taken | None:
        """The upload accepted under a name."""
        with self._lock:
            return self._taken.get(name)


def _age(job: Job) -> tuple[float, str]:
    return job.created_at, job.id
