"""The order of waiting jobs: owners take turns, each with its longest waiting job."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Ticket(NamedTuple):
    """A waiting job: since when it waits, in Unix seconds; its owner; its id."""

    queued_at: float
    owner: str
    job_id: str


def turns(waiting: Iterable[Ticket], working: Iterable[str]) -> list[Ticket]:
    """The tickets in the order of their turns; `working` are the owners of the jobs that are worked on, each as often.

    Who has n jobs at work or before this one has had n turns: the job comes after all whose owners have had fewer.
    """
    had = Counter(working)
    rounds: dict[Ticket, int] = {}
    for ticket in sorted(waiting):
        rounds[ticket] = had[ticket.owner]
        had[ticket.owner] += 1
    return sorted(rounds, key=lambda ticket: (rounds[ticket], ticket))
