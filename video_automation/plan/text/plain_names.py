"""Names that people give, made fit to be shown and to be found again."""

from unicodedata import category

_JOINERS = "\u200c\u200d"
"""Invisible, but words of several scripts are written with them."""


def plain_name(text: str) -> str:
    """A name on one line, with single spaces and without characters that nobody sees; empty if nothing is left to be seen."""
    seen = "".join(
        " " if category(c) in ("Cc", "Zl", "Zp") else c for c in text if category(c)[0] != "C" or c in _JOINERS or c < "\u00a0"
    )
    return " ".join(seen.split()) if seen.strip(_JOINERS + " ") else ""
