"""Deliveries of events to receivers, kept until they have arrived or are given up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

GIVEN_UP_AFTER_S = 86_400.0
"""How long after an event it is still sent again."""
SETTLED_KEPT = 100
"""How many deliveries of a task that have arrived, or were given up, are remembered."""
HELD_FOR_S = 60
"""How long nobody else delivers after the one who does was last heard of: longer than one attempt takes."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 3600.0
"""How long to wait at most after the first failed attempt, and after any."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one receiver. Times are Unix seconds."""

    id: str
    """The same with each attempt: by it a receiver knows what it has already."""
    job_id: str
    url: str
    type: str
    body: str
    """The JSON that is sent."""
    of_upload: bool
    """Whether the upload of the job named the URL, rather than the settings."""
    created_at: float
    next_at: float | None
    """When it is sent next; None once it has arrived or is given up."""
    attempts: int = 0
    last_at: float | None = None
    """When it was sent last."""
    status: int | None = None
    """The HTTP status that the last attempt was answered with, if it was."""
    error: str | None = None
    """Why the last attempt failed, as a sentence."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of one attempt."""

    status: int | None = None
    """The HTTP status of the answer; None where there was none."""
    error: str | None = None
    """Why it failed; None where it arrived."""
    final: bool = False
    """Whether there is no use in sending it again."""


class Outbox(Protocol):
    """The pending events of jobs. A store writes to it in the same transaction as the change of the job.

    Of one task and one receiver, what happened first is delivered first. Every method raises TransientError where the place
    does not answer.
    """

    def next_due(self, now: float) -> Delivery | None:
        """A due delivery, or None."""

    def settle(self, after: Delivery) -> None:
        """Saves a delivery after an attempt; a finished one moves to the finished ones, once."""

    def told(self, job_id: str) -> tuple[Delivery, ...]:
        """The deliveries of a job: the last 100 finished ones, then the pending ones, each in order."""

    def hold(self, holder: str) -> bool:
        """Makes this holder the only one who delivers, for the next `HELD_FOR_S` seconds; False if another one does."""

    def release(self, holder: str) -> None:
        """Ends the right to deliver, if this holder has it."""


def after_attempt(delivery: Delivery, attempt: Attempt, now: float, *, chance: float) -> Delivery:
    """A delivery after an attempt to send it. `chance`, 0 to 1, spreads out those that failed at the same time."""
    sent = replace(
        delivery, attempts=delivery.attempts + 1, last_at=now, status=attempt.status, error=attempt.error, next_at=None
    )
    if attempt.error is None or attempt.final:
        return sent
    again_at = now + pause_s(sent.attempts, chance=chance)
    return sent if again_at > delivery.created_at + GIVEN_UP_AFTER_S else replace(sent, next_at=again_at)


def pause_s(attempts: int, *, chance: float) -> float:
    """How long to wait after so many failed attempts: twice as long each time, an hour at most, half of it left to chance."""
    longest = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(attempts - 1, 20))
    return longest * (0.5 + 0.5 * chance)


def first_due(pending: Sequence[Delivery], now: float) -> Delivery | None:
    """Of the deliveries of one job, in order, the one to send now: of each receiver only the first may be sent."""
    return next((one for one in _first_of_each(pending) if (one.next_at or 0.0) <= now), None)


def next_look_at(pending: Sequence[Delivery]) -> float | None:
    """When the next delivery of one job is due, or None."""
    return min((one.next_at or 0.0 for one in _first_of_each(pending)), default=None)


def _first_of_each(pending: Sequence[Delivery]) -> tuple[Delivery, ...]:
    """The first delivery to each receiver."""
    return tuple({one.url: one for one in reversed(pending)}.values())[::-1]
