"""The edits made on a plan, by whom, and what was undone: each entry is a revision."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import DamagedError
from video_automation.plan.edits import Edit
from video_automation.plan.params import Params


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision: its changes to the revision before."""

    revision: int
    kind: Literal["edit", "undo", "redo"]
    edits: tuple[Edit, ...]
    """Empty if the entry undoes or redoes something."""
    at: float
    """Unix seconds."""
    by: str
    """The person who made it."""
    params: Params | None = None
    """The parameters from then on, if it changes them."""


@dataclass(frozen=True, slots=True)
class History:
    """All revisions after the first one, which is the decision itself; numbers grow, and none is used twice."""

    entries: tuple[Entry, ...] = ()
    first_params: Params | None = None
    """The parameters before the first entry."""
    version: Literal[1] = 1

    @property
    def last(self) -> int:
        """The greatest revision number."""
        return self.entries[-1].revision if self.entries else 0

    def upto(self, revision: int) -> tuple[Entry, ...]:
        """The entries up to a revision."""
        return tuple(entry for entry in self.entries if entry.revision <= revision)


@dataclass(frozen=True, slots=True)
class Standing:
    """The entries in force, in order, and those that can be redone, the next one last."""

    done: tuple[Entry, ...] = ()
    undone: tuple[Entry, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits in force, in order."""
        return tuple(edit for entry in self.done for edit in entry.edits)

    @property
    def params(self) -> Params | None:
        """The parameters after these entries; None if they are still the first ones."""
        return next((entry.params for entry in reversed(self.done) if entry.params), None)


def standing(entries: Iterable[Entry], dropped: Container[int] = ()) -> Standing:
    """The entries in force, without the dropped ones: cancelled or failed."""
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
    """The history in a JSON text that `history_json` wrote.

    Raises:
        DamagedError: the text holds no history.
    """
    try:
        return _HISTORY.validate_json(text)
    except ValidationError as error:
        raise DamagedError("The history of this task's edits cannot be read.") from error
