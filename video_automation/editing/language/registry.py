"""The languages with word lists, each loaded when it is first asked for, and the record of any other language."""

from functools import cache
from importlib import import_module

from video_automation.editing.language.neutral import neutral
from video_automation.editing.language.tables import Language

LISTED = {
    "ar": "arabic.ARABIC",
    "de": "german.GERMAN",
    "el": "greek.GREEK",
    "en": "english.ENGLISH",
    "es": "spanish.SPANISH",
    "fr": "french.FRENCH",
    "hi": "hindi.HINDI",
    "it": "italian.ITALIAN",
    "ja": "japanese.JAPANESE",
    "ko": "korean.KOREAN",
    "nl": "dutch.DUTCH",
    "pl": "polish.POLISH",
    "pt": "portuguese.PORTUGUESE",
    "ru": "russian.RUSSIAN",
    "sv": "swedish.SWEDISH",
    "tr": "turkish.TURKISH",
    "uk": "ukrainian.UKRAINIAN",
    "yue": "chinese.CANTONESE",
    "zh": "chinese.CHINESE",
}
"""The languages with word lists, by their codes (ISO 639): the module in this package, and its record there."""


@cache
def language_of(code: str) -> Language:
    """The record of the language with this code (ISO 639)."""
    if code not in LISTED:
        return neutral(code)
    module, name = LISTED[code].split(".")
    record: Language = getattr(import_module(f"{__package__}.{module}"), name)
    return record
