"""Who speaks in a source, and when, by the voices alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says without another between: from `start_ms` up to `end_ms`, on the source's own clock."""

    start_ms: int
    end_ms: int
    speaker: int
    """The id of whoever speaks: 1 for the first one heard, and so on."""


@dataclass(frozen=True, slots=True)
class Voices:
    """The turns of all speech in a source, in order and apart; empty if there is none."""

    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who speaks."""

    id: int
    name: str


def unnamed(speaker: int) -> Speaker:
    """A speaker whom nobody has named."""
    return Speaker(speaker, f"Speaker {speaker}")
