"""Numbers as people read them, in the language of a page; filters of the templates."""

from datetime import UTC, datetime

from babel.dates import format_datetime
from babel.units import format_unit

_PLACES = ("Next", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def file_size(count: int, language: str = "en") -> str:
    """A number of bytes: "640 bytes", "3.4 MB"."""
    if count < 1000:
        return format_unit(count, "digital-byte", locale=language)
    amount, unit = count / 1000, "kilobyte"
    for larger in ("megabyte", "gigabyte", "terabyte"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    digits = "0" if amount >= 99.5 or unit == "kilobyte" else "0.0"
    return format_unit(amount, f"digital-{unit}", "short", digits, locale=language)


def clock(milliseconds: int) -> str:
    """A length of time as a player shows it: "0:07", "12:40", "1:02:03"."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def stamp(milliseconds: int) -> str:
    """A moment of a video as a player shows it: the second it falls in."""
    return clock(milliseconds // 1000 * 1000)


def lasting(milliseconds: int, language: str = "en") -> str:
    """A length of time in words: "0.3 seconds", "1 second", "23 seconds", "12 minutes 5 seconds", "1 hour 3 minutes"."""
    if milliseconds < 9_950:
        return _units(language, second=round(milliseconds / 100) / 10)
    seconds = round(milliseconds / 1000)
    if seconds < 3600:
        return _units(language, minute=seconds // 60, second=seconds % 60)
    minutes = round(seconds / 60)
    return _units(language, hour=minutes // 60, minute=minutes % 60)


def _units(language: str, **counts: float) -> str:
    """Amounts of time, the largest first; without those that are nothing, unless all are."""
    named = {unit: count for unit, count in counts.items() if count} or counts
    return " ".join(format_unit(count, f"duration-{unit}", locale=language) for unit, count in named.items())


def queue_place(position: int, seconds: int | None) -> str:
    """Where a task is in the queue, 1 is next, and when it begins if that is known, as a sentence."""
    named = _PLACES[position - 1] if position <= len(_PLACES) else f"Number {position}"
    return f"{named} in the queue." if seconds is None else f"{named} in the queue, begins in {_about(seconds)}."


def _about(seconds: int) -> str:
    minutes = round(seconds / 60)
    if seconds < 10:
        return "a moment"
    if minutes < 2:
        return "about a minute"
    return f"about {minutes} minutes" if minutes < 90 else f"about {round(minutes / 60)} hours"


def day(seconds: float, language: str = "en") -> str:
    """A moment in Unix seconds: "23 Nov 2026, 22:14 UTC"."""
    return format_datetime(datetime.fromtimestamp(seconds, UTC), "d MMM y, HH:mm 'UTC'", locale=language)


def suffix(name: str) -> str:
    """How a file's name ends: "otio"."""
    return name.rpartition(".")[2]


def saved(address: str) -> str:
    """The address at which a browser saves a file rather than shows it."""
    return f"{address}{'&' if '?' in address else '?'}download=1"
