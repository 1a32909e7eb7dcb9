"""Turns the options of a job into parameters that the speech model in use can serve, with all glossaries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from video_automation.analysis.models.speech_model import languages_of
from video_automation.errors import RequestError
from video_automation.jobs.brand.given_files import branded
from video_automation.jobs.policy.options import WEBHOOK_URL, params_with
from video_automation.jobs.policy.presets import with_preset
from video_automation.jobs.ports import Backend, Rules
from video_automation.plan.brand.brand_files import Brand
from video_automation.plan.params import Params
from video_automation.plan.text.known_languages import Knowing
from video_automation.plan.text.language_names import english_name, language_code

MOST_TERMS, MOST_LETTERS = 100, 600
"""How many terms, and how many characters of them, a speech model is told: it has room for no more."""
_LONGEST_SHOWN = 40
NO_BRAND = Brand()
"""That of the command line, which knows no owners."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of an upload."""

    params: Params
    webhook_url: str | None
    """Where its events are sent, besides the receivers of the settings."""


def upload_wishes(backend: Backend, owner: str, options: Mapping[str, str]) -> Wishes:
    """The options of an upload, checked.

    Raises:
        RequestError: as `asked`; for a preset the owner does not have; for a webhook that may not be called.
    """
    options = with_preset(backend.presets.of(owner), options)
    of_work = {name: text for name, text in options.items() if name != WEBHOOK_URL}
    url = options.get(WEBHOOK_URL, "").strip() or None
    if url:
        backend.rules.webhooks.check_upload(url)
    return Wishes(asked_by(backend, owner, of_work), url)


def asked(rules: Rules, options: Mapping[str, str], before: Params | None = None, *, brand: Brand = NO_BRAND) -> Params:
    """The parameters `before`, or else the defaults, with some set from text, and the files of a brand that these name.

    Raises:
        RequestError: there is no such option, font or logo, a value is wrong, or the speech model does not know the language.
    """
    language = options.get("language", rules.defaults.speech.language or "")
    if language.strip():
        check_language(rules, language)
    return branded(params_with(before or rules.defaults, options), brand)


def asked_by(backend: Backend, owner: str, options: Mapping[str, str], before: Params | None = None) -> Params:
    """As `asked`, with the names and terms of their owner and of the settings after those that come along."""
    usual = backend.rules.defaults.speech.glossary
    params = asked(backend.rules, options, before, brand=backend.brands.of(owner))
    own = params.speech.glossary if before or "glossary" in options else ()
    return with_terms(params, own, backend.glossaries.of(owner), usual)


def check_language(rules: Rules, text: str) -> None:
    """Refuses a language, given by code or name, that the speech model in use does not know.

    Raises:
        RequestError: it does not know it; the sentence says which ones it does.
    """
    model = knowing(rules.model.model)
    if language_code(text) not in model.languages:
        sentence = f"The speech model in use ({model.name}) does not know {_called(text)}. It knows {model.told}."
        raise RequestError(sentence, code="unknown_language")


@lru_cache(8)
def knowing(model: str) -> Knowing:
    """What a speech model is called, and which languages it knows; it is looked at once.

    Raises:
        SettingsError: there is no such model.
    """
    return Knowing(model.rstrip("/").rpartition("/")[2], languages_of(model))


def with_terms(params: Params, *glossaries: Iterable[str]) -> Params:
    """The parameters with the terms of these glossaries, each once, as many as the speech model accepts."""
    every = dict.fromkeys(term for terms in glossaries for term in terms)
    terms: list[str] = []
    for term in every:
        if len(terms) == MOST_TERMS or sum(map(len, terms)) + len(term) > MOST_LETTERS:
            break
        terms.append(term)
    return replace(params, speech=replace(params.speech, glossary=tuple(terms)))


def _called(text: str) -> str:
    neat = " ".join(text.split())
    return english_name(language_code(neat) or neat.casefold() if len(neat) <= 3 else neat[:_LONGEST_SHOWN])
