"""Languages on pages: those a person can choose from, what the speech model in use knows, how a text's language is marked."""

from typing import NamedTuple

from markupsafe import Markup

from video_automation.errors import SettingsError
from video_automation.jobs.policy.job_params import knowing
from video_automation.plan.text.known_languages import Knowing
from video_automation.plan.text.language_names import direction, name_in, own_name, web_tag
from video_automation.web.api.context import backend
from video_automation.web.pages.page_language import wording


class LanguageChoice(NamedTuple):
    """A language to choose."""

    code: str
    label: str
    """Its name in the language of the page, and its own: "German – Deutsch"."""


def model() -> Knowing:
    """The speech model in use; without languages where there is no such model, as `doctor` and `/debug` say."""
    name = backend().rules.model.model
    try:
        return knowing(name)
    except SettingsError:
        return Knowing(name, ())


def choices() -> list[LanguageChoice]:
    """The languages the speech model in use knows, by their names."""
    return sorted((LanguageChoice(code, _label(code)) for code in model().languages), key=lambda choice: choice.label)


def marked(language: str | None) -> Markup:
    """The attributes of an element whose text is in this language; where nobody knows it, its letters tell its direction."""
    tag = web_tag(language)
    lang = Markup(' lang="{}"').format(tag) if tag else Markup()
    return lang + Markup(' dir="{}"').format(direction(language))


def _label(code: str) -> str:
    name, own = name_in(wording().code, code), own_name(code)
    return name if own.casefold() == name.casefold() else f"{name} – {own}"
