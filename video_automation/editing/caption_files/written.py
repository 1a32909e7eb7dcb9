"""What is read in a caption file: its captions as they are written there, and what is to be told of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from video_automation.errors import RequestError
from video_automation.plan.cues import plain_line

_LONGEST_QUOTE = 60
_MOST_LINES = 5
"""Lines of a file that are named one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a caption, and when each of its words begins, in milliseconds, where the file says so."""

    text: str
    words: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption as it is written in a file, on the video's clock."""

    line: int
    """The line its times are in, from 1."""
    start_ms: int
    """Negative where it begins before the video."""
    end_ms: int
    """Not after its start where the file has it so."""
    rows: tuple[Row, ...]
    """Without those that are empty; plain text."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Its lines."""
        return tuple(row.text for row in self.rows)


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """All captions of a file, in its order, and sentences about what was found, assumed and lost."""

    captions: tuple[Caption, ...]
    remarks: tuple[str, ...] = ()


def captions_error(what: str, line: int = 0) -> RequestError:
    """The error that captions cannot be used: `what` is a sentence without its full stop, `line` the one to look at, if any."""
    where = f"Line {line}" if line else "The captions cannot be used"
    return RequestError(f"{where}: {what}.", code="broken_captions")


def no_time(row: str, line: int, *, point: str) -> RequestError:
    """The error that a line which should tell times does not."""
    shown = plain_line(row)
    shown = f"{shown[:_LONGEST_QUOTE]}…" if len(shown) > _LONGEST_QUOTE else shown
    return RequestError(
        f"Line {line}: “{shown}” is not a time. Write it as 00:01:02{point}500 --> 00:01:04{point}000.", code="broken_captions"
    )


def told(lines: Sequence[int], what: str) -> tuple[str, ...]:
    """One sentence about these lines of the file; none where there are none."""
    if not lines:
        return ()
    named = [str(line) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        named.append(f"{len(lines) - _MOST_LINES} more")
    numbers = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return (f"{'Line' if len(lines) == 1 else 'Lines'} {numbers}: {what}",)
