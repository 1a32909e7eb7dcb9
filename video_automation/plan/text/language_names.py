"""Names of languages, in their own language and in English, their web tags, and the language a name means."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from video_automation.plan.text.language_codes import KNOWN, UNKNOWN_LANGUAGE

_OF_THE_WEB = {"jw": "jv", "tl": "fil"}
"""The web's codes (BCP 47) for languages for which Whisper has a code of its own."""
_ALSO = {"nb": "no", "jv": "jw", "fil": "tl", "iw": "he", "in": "id", "ji": "yi", "cmn": "zh", "mo": "ro", "sh": "sr"}
"""Other codes of languages in `KNOWN`."""
_MORE_NAMES = {
    "bengali": "bn",
    "filipino": "tl",
    "tagalog": "tl",
    "mandarin": "zh",
    "castilian": "es",
    "farsi": "fa",
    "flemish": "nl",
    "mandarin chinese": "zh",
    "norwegian bokmål": "no",
    "myanmar": "my",
    "portuguese (brazil)": "pt",
}
"""Other names of languages in `KNOWN`."""
_TAG = re.compile(r"([a-z]{2,3})([-_][a-z0-9]{1,8})*", re.IGNORECASE)


def english_name(code: str) -> str:
    """The English name of a language: "Spanish"; its code if the name is unknown."""
    return name_in("en", code)


def name_in(language: str, code: str) -> str:
    """The name that a language has in another one: "Spanisch" in "de"; its code if the name is unknown."""
    names = _names(language)
    return names.get(code) or names.get(_OF_THE_WEB.get(code, "")) or code


@lru_cache
def own_name(code: str) -> str:
    """A language's name for itself: "español"; its English name if that is unknown."""
    locale = _locale(code)
    return (locale and locale.languages.get(code, locale.language_name)) or english_name(code)


def web_tag(code: str | None) -> str | None:
    """A language's tag for `lang` and `srclang` on pages; None if it is unknown."""
    return _OF_THE_WEB.get(code, code) if code and code != UNKNOWN_LANGUAGE else None


def direction(code: str | None) -> str:
    """The direction of a language's script, for `dir`: "ltr", "rtl", or "auto" if the language is unknown."""
    locale = _locale(code) if code and code != UNKNOWN_LANGUAGE else None
    return locale.text_direction if locale else "auto"


def usual_script(code: str) -> str:
    """The ISO 15924 code of the script a language is mostly written in: "Deva"; empty if it is unknown."""
    return (get_global("likely_subtags").get(_OF_THE_WEB.get(code, code)) or "__").split("_")[1]


def language_code(text: str) -> str | None:
    """The code of a language of `KNOWN`, from its code, tag or name: "es", "es-MX", "Spanish", "español"."""
    wanted = text.strip().casefold()
    tag = _TAG.fullmatch(wanted)
    primary = tag.group(1) if tag else ""
    code = _ALSO.get(primary, primary)
    if code not in KNOWN:  # ISO 639 has three-letter codes too: "spa", "deu", "cmn"
        shorter = get_global("language_aliases").get(primary, "")
        code = _ALSO.get(shorter, shorter)
    return code if code in KNOWN else _by_name().get(wanted)


@lru_cache
def _names(language: str) -> dict[str, str]:
    return dict(Locale(language).languages)


@lru_cache(1)
def _by_name() -> dict[str, str]:
    own = {own_name(code).casefold(): code for code in KNOWN}
    return {**own, **{english_name(code).casefold(): code for code in KNOWN}, **_MORE_NAMES}


@lru_cache
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(_OF_THE_WEB.get(code, code))
    except (UnknownLocaleError, ValueError):
        return None
