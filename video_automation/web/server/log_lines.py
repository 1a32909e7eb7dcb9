"""The lines of a log as entries: when, how serious, of which task, what; and those of them that somebody looks for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
"""How serious an entry may be, least first."""
_ENTRY: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (\w+) +(\S+) (\S+): (.*)")
"""As `video_automation.logs` writes it."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of a log. `task` is the id of the task it is about, "-" where it is about none."""

    at: str
    level: str
    task: str
    source: str
    text: str
    """With all its lines."""


def log_entries(lines: Iterable[str]) -> Iterator[LogEntry]:
    """The entries of these lines, in order; what stands before the first one is left out."""
    head: tuple[str, ...] = ()
    text: list[str] = []
    for line in lines:
        found = _ENTRY.fullmatch(line)
        if found is None:
            text.append(line)
            continue
        if head:
            yield _entry(head, text)
        *first, said = found.groups()
        head, text = tuple(first), [said]
    if head:
        yield _entry(head, text)


def is_looked_for(entry: LogEntry, *, level: str, text: str) -> bool:
    """Whether an entry is at least this serious, one of `LEVELS`, and has this text, in capitals or not."""
    serious = entry.level not in LEVELS or LEVELS.index(entry.level) >= LEVELS.index(level)
    return serious and text.casefold() in f"{entry.task} {entry.source} {entry.text}".casefold()


def _entry(head: tuple[str, ...], text: list[str]) -> LogEntry:
    at, level, task, source = head
    return LogEntry(at, level, task, source, "\n".join(text))
