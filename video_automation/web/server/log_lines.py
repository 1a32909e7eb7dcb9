"""Reads log lines as entries (time, level, task, source, text), and filters them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
"""Levels, the least serious first."""
_ENTRY: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (\w+) +(\S+) (\S+): (.*)")
"""The format that `video_automation.logs` writes."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of a log. `task` is the id of its task, or "-" if it belongs to none; `at` is a local time as text."""

    at: str
    level: str
    task: str
    source: str
    text: str
    """The message, with all its lines."""


def log_entries(lines: Iterable[str]) -> Iterator[LogEntry]:
    """The entries in these lines, in order; lines before the first entry are left out."""
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
    """Whether an entry has at least this level (one of `LEVELS`) and contains this text; case does not count."""
    serious = entry.level not in LEVELS or LEVELS.index(entry.level) >= LEVELS.index(level)
    return serious and text.casefold() in f"{entry.task} {entry.source} {entry.text}".casefold()


def _entry(head: tuple[str, ...], text: list[str]) -> LogEntry:
    at, level, task, source = head
    return LogEntry(at, level, task, source, "\n".join(text))
