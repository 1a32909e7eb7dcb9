"""Numbers as people read them; filters of the templates."""

from datetime import UTC, datetime

_PLACES = ("Next", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def file_size(count: int) -> str:
    """A number of bytes: "640 bytes", "3.4 MB"."""
    if count < 1000:
        return f"{count} bytes"
    amount, unit = count / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.0f} {unit}" if amount >= 99.5 or unit == "kB" else f"{amount:.1f} {unit}"


def clock(milliseconds: int) -> str:
    """A length of time as a player shows it: "0:07", "12:40", "1:02:03"."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def stamp(milliseconds: int) -> str:
    """A moment of a video as a player shows it: the second it falls in."""
    return clock(milliseconds // 1000 * 1000)


def lasting(milliseconds: int) -> str:
    """A length of time in words: "0.3 seconds", "1 second", "23 seconds", "12 minutes 5 seconds", "1 hour 3 minutes"."""
    if milliseconds < 9_950:
        tenths = round(milliseconds / 100)
        return _counted(tenths // 10, "second") if tenths % 10 == 0 else f"{tenths / 10:.1f} seconds"
    seconds = round(milliseconds / 1000)
    if seconds < 3600:
        minutes, seconds = divmod(seconds, 60)
        return _both(_counted(minutes, "minute"), _counted(seconds, "second"))
    hours, minutes = divmod(round(seconds / 60), 60)
    return _both(_counted(hours, "hour"), _counted(minutes, "minute"))


def _both(larger: str, smaller: str) -> str:
    return " ".join(part for part in (larger, smaller) if not part.startswith("0 ")) or smaller


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def queue_place(position: int, seconds: int | None) -> str:
    """Where a task is in the queue, 1 is next, and when it begins if that is known, as a sentence."""
    named = _PLACES[position - 1] if position <= len(_PLACES) else f"Number {position}"
    return f"{named} in the queue{'' if seconds is None else ', begins in ' + _about(seconds)}."


def _about(seconds: int) -> str:
    minutes = round(seconds / 60)
    if seconds < 10:
        return "a moment"
    if minutes < 2:
        return "about a minute"
    return f"about {minutes} minutes" if minutes < 90 else f"about {round(minutes / 60)} hours"


def sure(name: str, certainty: int | None) -> str:
    """What is known of a language: "Spanish (97 % sure)", or "Spanish" where there is no doubt."""
    return name if certainty in (None, 100) else f"{name} ({certainty} % sure)"


def day(seconds: float) -> str:
    """A moment in Unix seconds: "23 Nov 2026, 22:14 UTC"."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


def suffix(name: str) -> str:
    """How a file's name ends: "otio"."""
    return name.rpartition(".")[2]


def saved(address: str) -> str:
    """The address at which a browser saves a file rather than shows it."""
    return f"{address}{'&' if '?' in address else '?'}download=1"
