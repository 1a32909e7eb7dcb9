"""Which languages are known, and how well."""

from functools import cache

from video_automation.editing.language.english import ENGLISH
from video_automation.editing.language.neutral import neutral
from video_automation.editing.language.tables import Language

_KNOWN = {language.code: language for language in (ENGLISH,)}


@cache
def language_of(code: str) -> Language:
    """What is known of the language with this code (ISO 639)."""
    return _KNOWN.get(code) or neutral(code)
