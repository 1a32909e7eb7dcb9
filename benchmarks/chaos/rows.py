"""The input of a trial, and the rows of its report."""

import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random


@dataclass(frozen=True, slots=True)
class Trial:
    """The input of a trial: a folder to work in, a random generator, how often to do harm."""

    folder: Path
    chance: Random
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: what was observed, what is required, whether it was kept."""

    what: str
    seen: str
    bound: str
    met: bool

    def __str__(self) -> str:
        return f"{self.what}: {self.seen} (has to be {self.bound}){'' if self.met else ' MISSED'}"


def none_of(what: str, found: tuple[str, ...]) -> Row:
    """The row of something that must never happen; it names a few cases if some did."""
    return Row(what, ", ".join([str(len(found)), *found[:5]]), "0", not found)


def all_of(what: str, found: int, count: int) -> Row:
    """The row of something that must happen every time."""
    return Row(what, f"{found} of {count}", str(count), found == count)


def within(what: str, seconds: tuple[float, ...], most_s: float) -> Row:
    """The row of something that must happen within `most_s` every time; it shows the slowest."""
    seen = f"{max(seconds):.1f} s at worst, {len(seconds)} times" if seconds else "never measured"
    return Row(what, seen, f"{most_s:g} s", bool(seconds) and max(seconds) <= most_s)


def note(text: str) -> None:
    """Prints progress."""
    print(f"  {text}", file=sys.stderr, flush=True)
