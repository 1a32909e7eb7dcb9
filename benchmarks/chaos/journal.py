"""Reads a task's log: when work on it began, what was encoded."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

_ATTEMPT = re.compile(r"^(\S+ \S+) INFO .*: Attempt \d+: ", re.MULTILINE)
_ENCODED = re.compile(r" run: ffmpeg .*libx264.* file:(\w+\.mp4)\.part$", re.MULTILINE)


def begun_at(log: Path) -> tuple[float, ...]:
    """The times at which work on the task began, in Unix seconds."""
    return tuple(datetime.strptime(at, "%Y-%m-%d %H:%M:%S,%f").astimezone().timestamp() for at in _ATTEMPT.findall(_text(log)))


def encoded(log: Path) -> Counter[str]:
    """How often the encoding of each segment began, by its name."""
    return Counter(_ENCODED.findall(_text(log)))


def _text(log: Path) -> str:
    return log.read_text(errors="replace") if log.exists() else ""
