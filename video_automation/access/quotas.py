"""Limits on what the owner of a key may use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotas:
    """The limits of a key's owner; None is no limit. A day is the last 24 hours."""

    films_a_day: int | None = None
    minutes_a_day: int | None = None
    """Of video, all together."""
    bytes_held: int | None = None
    """What the files of all their tasks and of their brand may take on disk."""
    waiting: int | None = None
    """Tasks that may wait for their turn."""


UNBOUNDED = Quotas()
