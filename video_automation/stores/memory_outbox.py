"""Keeps the outbox in this process, for the command line and for tests."""

from dataclasses import dataclass, field
from threading import Lock

from video_automation.jobs.webhooks.outbox import SETTLED_KEPT, Delivery, first_due


@dataclass
class MemoryOutbox:
    """An Outbox that ends with its process. The right to deliver does not expire."""

    _pending: dict[str, tuple[Delivery, ...]] = field(default_factory=dict)
    _over: dict[str, tuple[Delivery, ...]] = field(default_factory=dict)
    _holder: str | None = None
    _lock: Lock = field(default_factory=Lock)

    def write(self, deliveries: tuple[Delivery, ...]) -> None:
        """Adds deliveries of a job."""
        with self._lock:
            for one in deliveries:
                self._pending[one.job_id] = (*self._pending.get(one.job_id, ()), one)

    def forget(self, job_id: str) -> None:
        """Removes the deliveries of a job."""
        with self._lock:
            self._pending.pop(job_id, None)
            self._over.pop(job_id, None)

    def next_due(self, now: float) -> Delivery | None:
        """A delivery that is due."""
        with self._lock:
            found = (first_due(pending, now) for pending in self._pending.values())
            return next(filter(None, found), None)

    def settle(self, after: Delivery) -> None:
        """Saves a delivery after an attempt; a finished one moves to the finished ones."""
        with self._lock:
            before = self._pending.get(after.job_id, ())
            changed = (after if one.id == after.id else one for one in before)
            pending = self._pending[after.job_id] = tuple(one for one in changed if one.next_at is not None)
            if len(pending) < len(before):
                self._over[after.job_id] = (*self._over.get(after.job_id, ()), after)[-SETTLED_KEPT:]

    def told(self, job_id: str) -> tuple[Delivery, ...]:
        """The deliveries of a job: the finished ones, then the pending ones."""
        with self._lock:
            return (*self._over.get(job_id, ()), *self._pending.get(job_id, ()))

    def hold(self, holder: str) -> bool:
        """Gives one holder the right to deliver."""
        with self._lock:
            self._holder = self._holder or holder
            return self._holder == holder

    def release(self, holder: str) -> None:
        """Ends the right to deliver."""
        with self._lock:
            if self._holder == holder:
                self._holder = None
