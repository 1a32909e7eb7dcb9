"""The content of a caption file: its captions as written there, and remarks on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from video_automation.errors import RequestError
from video_automation.plan.cues import plain_line

_LONGEST_QUOTE = 60
_MOST_LINES = 5
"""The most lines that a remark names one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a caption, and the start of each of its words in milliseconds, if the file gives them."""

    text: str
    words: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption as written in a file, on the video's clock."""

    line: int
    """The line with its times, from 1."""
    start_ms: int
    """Negative if it begins before the video."""
    end_ms: int
    """May lie before its start, if the file says so."""
    rows: tuple[Row, ...]
    """Its lines that are not empty; plain text."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Its lines."""
        return tuple(row.text for row in self.rows)


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """All captions of a file, in its order, and remarks on what was found, assumed and lost."""

    captions: tuple[Caption, ...]
    remarks: tuple[str, ...] = ()


def captions_error(what: str, line: int = 0) -> RequestError:
    """The error for unusable captions: `what` is a sentence without its full stop, `line` the line at fault, if any."""
    where = f"Line {line}" if line else "The captions cannot be used"
    return RequestError(f"{where}: {what}.", code="broken_captions")


def no_time(row: str, line: int, *, point: str) -> RequestError:
    """The error for a line that should hold times and does not."""
    shown = plain_line(row)
    shown = f"{shown[:_LONGEST_QUOTE]}…" if len(shown) > _LONGEST_QUOTE else shown
    return RequestError(
        f"Line {line}: “{shown}” is not a time. Write it as 00:01:02{point}500 --> 00:01:04{point}000.", code="broken_captions"
    )


def told(lines: Sequence[int], what: str) -> tuple[str, ...]:
    """One remark about these lines of the file; none if there are no lines."""
    if not lines:
        return ()
    named = [str(line) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        named.append(f"{len(lines) - _MOST_LINES} more")
    numbers = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return (f"{'Line' if len(lines) == 1 else 'Lines'} {numbers}: {what}",)
