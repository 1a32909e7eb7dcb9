"""What a trial is given, and the rows it gives."""

import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True, slots=True)
class Trial:
    """A folder to work in, the chance that decides, how often to do harm."""

    folder: Path
    chance: Random
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: what was seen of it, what has to be seen, whether it was."""

    what: str
    seen: str
    bound: str
    met: bool

    def __str__(self) -> str:
        return f"{self.what}: {self.seen} (has to be {self.bound}){'' if self.met else ' MISSED'}"


def none_of(what: str, found: tuple[str, ...]) -> Row:
    """The row of something that must never be seen; a few of those that were are named."""
    return Row(what, ", ".join([str(len(found)), *found[:5]]), "0", not found)


def all_of(what: str, found: int, count: int) -> Row:
    """The row of something that must be seen each time."""
    return Row(what, f"{found} of {count}", str(count), found == count)


def within(what: str, seconds: tuple[float, ...], most_s: float) -> Row:
    """The row of something that must come soon each time: the worst one."""
    seen = f"{max(seconds):.1f} s at worst, {len(seconds)} times" if seconds else "never measured"
    return Row(what, seen, f"{most_s:g} s", bool(seconds) and max(seconds) <= most_s)


def note(text: str) -> None:
    """Tells who waits what goes on."""
    print(f"  {text}", file=sys.stderr, flush=True)
