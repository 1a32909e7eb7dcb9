"""Which edits were made on a plan, by whom, and what was undone: each entry a revision."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import DamagedError
from video_automation.plan.edits import Edit
from video_automation.plan.params import Params


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision: what it changes of the one before."""

    revision: int
    kind: Literal["edit", "undo", "redo"]
    edits: tuple[Edit, ...]
    """None where something is undone or redone."""
    at: float
    """Unix seconds."""
    by: str
    """Who made it."""
    params: Params | None = None
    """The parameters from then on, where it changes them."""


@dataclass(frozen=True, slots=True)
class History:
    """All revisions after the first, which is what was decided; numbers grow, and none is given twice."""

    entries: tuple[Entry, ...] = ()
    first_params: Params | None = None
    """The parameters before the first entry."""
    version: Literal[1] = 1

    @property
    def last(self) -> int:
        """The greatest number given."""
        return self.entries[-1].revision if self.entries else 0

    def upto(self, revision: int) -> tuple[Entry, ...]:
        """The entries up to a revision."""
        return tuple(entry for entry in self.entries if entry.revision <= revision)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of the entries, one after the other, and what could be redone, the next one last."""

    done: tuple[Entry, ...] = ()
    undone: tuple[Entry, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits that make the plan, in order."""
        return tuple(edit for entry in self.done for edit in entry.edits)

    @property
    def params(self) -> Params | None:
        """The parameters with them; None where they are those from before the first."""
        return next((entry.params for entry in reversed(self.done) if entry.params), None)


def standing(entries: Iterable[Entry], dropped: Container[int] = ()) -> Standing:
    """What stands of entries, without those that are dropped: cancelled, or failed."""
    done: list[Entry] = []
    undone: list[Entry] = []
    for entry in entries:
        if entry.revision in dropped:
            continue
        if entry.kind == "edit":
            done.append(entry)
            undone.clear()
        elif entry.kind == "undo" and done:
            undone.append(done.pop())
        elif entry.kind == "redo" and undone:
            done.append(undone.pop())
    return Standing(tuple(done), tuple(undone))


_HISTORY = TypeAdapter(History)


def history_json(history: History) -> bytes:
    """The history as JSON."""
    return _HISTORY.dump_json(history, by_alias=True)


def history_from_json(text: bytes) -> History:
    """The history a JSON text of ours holds.

    Raises:
        DamagedError: it holds none.
    """
    try:
        return _HISTORY.validate_json(text)
    except ValidationError as error:
        raise DamagedError("The history of this task's edits cannot be read.") from error
