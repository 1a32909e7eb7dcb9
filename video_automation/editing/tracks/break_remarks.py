"""Remarks about places where a recording's clock leaps, or where nothing was recorded."""

from collections.abc import Iterator

from video_automation.plan.source.recording import Break

_TOLD = 3
"""The most places that are named one by one."""


def break_remarks(breaks: tuple[Break, ...]) -> tuple[str, ...]:
    """A remark for each of the first few places, and one for all others."""
    return tuple(_remarks(breaks))


def _remarks(breaks: tuple[Break, ...]) -> Iterator[str]:
    for one in breaks[:_TOLD]:
        yield _remark(one)
    if len(breaks) > _TOLD:
        others = len(breaks) - _TOLD
        yield f"The same was done at {others} other {'place' if others == 1 else 'places'} of the recording."


def _remark(one: Break) -> str:
    if not one.closed:
        return (
            f"At {_place(one.at_ms)} the recording has neither picture nor sound for {_length(one.by_ms)}. "
            "It counts as a pause like any other."
        )
    leap = f"jumps ahead by {_length(one.by_ms)}" if one.by_ms > 0 else f"goes back by {_length(-one.by_ms)}"
    return f"The clock of the recording {leap} at {_place(one.at_ms)}. What comes after that follows directly, without a gap."


def _place(ms: int) -> str:
    """A time as players show it: "0:20", "1:02:03"."""
    hours, left = divmod(ms // 1000, 3600)
    minutes, seconds = divmod(left, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _length(ms: int) -> str:
    """A length in its two largest units: "1 hour 2 minutes", "1 minute 40 seconds", "1.5 seconds"."""
    if ms < 10_000:
        tenths = (ms + 50) // 100
        return f"{tenths // 10}.{tenths % 10} seconds"
    seconds = (ms + 500) // 1000
    units = (("hour", seconds // 3600), ("minute", seconds // 60 % 60), ("second", seconds % 60))
    counted = [f"{count} {unit}" if count == 1 else f"{count} {unit}s" for unit, count in units if count]
    return " ".join(counted[:2])
