"""The languages with word lists, and the record of any language."""

from functools import cache

from video_automation.editing.language.arabic import ARABIC
from video_automation.editing.language.chinese import CANTONESE, CHINESE
from video_automation.editing.language.dutch import DUTCH
from video_automation.editing.language.english import ENGLISH
from video_automation.editing.language.french import FRENCH
from video_automation.editing.language.german import GERMAN
from video_automation.editing.language.greek import GREEK
from video_automation.editing.language.hindi import HINDI
from video_automation.editing.language.italian import ITALIAN
from video_automation.editing.language.japanese import JAPANESE
from video_automation.editing.language.korean import KOREAN
from video_automation.editing.language.neutral import neutral
from video_automation.editing.language.polish import POLISH
from video_automation.editing.language.portuguese import PORTUGUESE
from video_automation.editing.language.russian import RUSSIAN
from video_automation.editing.language.spanish import SPANISH
from video_automation.editing.language.swedish import SWEDISH
from video_automation.editing.language.tables import Language
from video_automation.editing.language.turkish import TURKISH
from video_automation.editing.language.ukrainian import UKRAINIAN

LISTED = {
    language.iso: language
    for language in (
        ARABIC,
        CANTONESE,
        CHINESE,
        DUTCH,
        ENGLISH,
        FRENCH,
        GERMAN,
        GREEK,
        HINDI,
        ITALIAN,
        JAPANESE,
        KOREAN,
        POLISH,
        PORTUGUESE,
        RUSSIAN,
        SPANISH,
        SWEDISH,
        TURKISH,
        UKRAINIAN,
    )
}
"""The languages with word lists, by their codes."""


@cache
def language_of(code: str) -> Language:
    """The record of the language with this code (ISO 639)."""
    return LISTED.get(code) or neutral(code)
