"""The language of the pages: their English sentences are the keys, and a file for each other language has translations.

A file, `static/texts/<code>.json`, has three parts: `texts`, what pages say; `counted`, what they say of a number, in the
plural forms of the language (CLDR); `sentences`, what the API says, whose places for values are named in braces.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, cast

from babel import Locale
from babel.lists import format_list
from flask import Blueprint, Flask, Response, current_app, g, request, url_for
from markupsafe import Markup, escape
from werkzeug.routing import MapAdapter

from video_automation.errors import RequestError, TooLargeError
from video_automation.plan.text.language_names import direction, name_in, own_name
from video_automation.web.api.request_values import local_address
from video_automation.web.api.responses import SeeOther
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call
from video_automation.web.pages import template_filters
from video_automation.web.schemas.answers import ClipAnswer
from video_automation.web.schemas.body_schemas import LanguageForm
from video_automation.web.security.authentication import open_to_all
from video_automation.web.server.static_files import STATIC_FOLDER

blueprint = Blueprint("page_language", __name__)

TEXTS_FOLDER: Final = STATIC_FOLDER / "texts"
_ENGLISH: Final = "en"
_COOKIE: Final = "language"
_YEAR_S: Final = 31_536_000
_MOST_BYTES: Final = 16_000
_PLACE: Final = re.compile(r"\{(\w+)\}")
_OF_A_LIST: Final = re.compile(r", | and ")
_BETWEEN: Final = re.compile(r"(?<=[.!?]) ")


@dataclass(frozen=True, slots=True)
class Wording:
    """What the pages say in one language; in English it has no translations."""

    code: str
    """"de"."""
    texts: Mapping[str, str] = field(default_factory=dict)
    counted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By the English plural: a text for each plural form."""
    sentences: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    """Those of `sentences` that have places for values."""

    @property
    def name(self) -> str:
        """The language's name for itself, with a capital."""
        own = own_name(self.code)
        return own[:1].upper() + own[1:]

    @property
    def direction(self) -> str:
        """For `dir`: "ltr" or "rtl"."""
        return direction(self.code)

    def text(self, english: str, /, **values: object) -> Markup:
        """A sentence of ours with its values, ready for a page: values that are no markup are escaped."""
        found = escape(self.texts.get(english, english))
        return found.format(**values) if values else found

    def counting(self, count: int, one: str, many: str, **values: object) -> Markup:
        """The sentence that fits a number, `{n}` in it: `one` or `many` in English."""
        forms = self.counted.get(many)
        text = one if count == 1 else many
        if forms:
            text = forms.get(Locale(self.code).plural_form(count)) or forms["other"]
        return escape(text).format(n=count, **values)

    def sentence(self, english: str) -> str:
        """A sentence of the API, or several, as far as they are known; what is not stays English."""
        if english in self.sentences:
            return self.sentences[english]
        return " ".join(self._known(part) or part for part in _BETWEEN.split(english))

    def _known(self, english: str) -> str | None:
        exact = self.sentences.get(english) or self.texts.get(english)
        if exact is not None:
            return exact
        for pattern, text in self.patterns:
            if given := pattern.fullmatch(english):
                return text.format(**{name: self._value(value) for name, value in given.groupdict().items()})
        return None

    def _value(self, english: str) -> str:
        """What stands at a place of a sentence: a sentence itself, a list ("a question and a number"), or anything else."""
        items = [found for part in _OF_A_LIST.split(english) if (found := self._known(part))]
        if len(items) == len(_OF_A_LIST.split(english)):
            return format_list(items, locale=self.code)
        return self._known(english) or english


def register_page_language(app: Flask) -> None:
    """Has the pages of this app speak the language of their reader."""
    app.register_blueprint(blueprint)
    app.after_request(_note_what_it_depends_on)
    app.jinja_env.globals.update(
        _=lambda english, /, **values: wording().text(english, **values),
        several=lambda count, one, many, /, **values: wording().counting(count, one, many, **values),
        wording=wording,
        wordings=wordings,
        texts_address=texts_address,
        came_from=_came_from,
    )
    app.jinja_env.filters.update(
        called=_called,
        translated=lambda english: wording().sentence(english),
        size=_localized(template_filters.file_size),
        lasting=_localized(template_filters.lasting),
        day=_localized(template_filters.day),
        language_name=lambda code: name_in(wording().code, code),
    )


@blueprint.post("/language")
@open_to_all
@Call(
    errors={RequestError: ("unknown_language",), TooLargeError: ()},
    body=Body({FORM: LanguageForm}),
    curl="-d language=de",
)
def choose_language() -> SeeOther:
    """Has pages be in this language for the browser that sends the field `language`; leads to `page`."""
    request.max_content_length = _MOST_BYTES
    code = request.form.get("language", "")
    if code not in wordings():
        raise RequestError(f"“language” is one of {', '.join(wordings())}.", code="unknown_language")
    answer = SeeOther(local_address(request.form.get("page", "")) or url_for("pages.home"))
    answer.set_cookie(_COOKIE, code, max_age=_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


@lru_cache(1)
def wordings() -> Mapping[str, Wording]:
    """All languages pages are in, by their codes, English first."""
    files = sorted(TEXTS_FOLDER.glob("*.json"))
    return {_ENGLISH: Wording(_ENGLISH)} | {file.stem: _read(file.stem, file.read_bytes()) for file in files}


def wording() -> Wording:
    """What the pages say to whoever asks: in the language they chose, or else in one their browser asks for."""
    if "wording" not in g:
        asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality)
        wanted = (request.cookies.get(_COOKIE, ""), *asked, _ENGLISH)
        g.wording = next(wordings()[code] for code in wanted if code in wordings())
    found: Wording = g.wording
    return found


def texts_address() -> str:
    """Where scripts read the translations; empty for English, which needs none."""
    code = wording().code
    return "" if code == _ENGLISH else url_for("static", filename=f"texts/{code}.json")


def _read(code: str, content: bytes) -> Wording:
    told = json.loads(content)
    sentences: dict[str, str] = told["sentences"]
    patterns = tuple((_pattern(english), text) for english, text in sentences.items() if "{" in english)
    return Wording(code, told["texts"], told["counted"], sentences, patterns)


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)  # texts and, between them, names of places
    parts = [f"(?P<{part}>.*?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(parts), re.DOTALL)


def _localized(act: Callable[..., str]) -> Callable[[Any], str]:
    return lambda value: act(value, wording().code)


def _called(clip: ClipAnswer) -> str:
    """What a clip is called on a page: its title, or "Clip 4" where nothing is said in it."""
    return clip["title"] or wording().text("Clip {n}", n=int(clip["name"].rpartition("_")[2]))


def _came_from() -> str:
    """The address of this page, to come back to, without the key of a link that signs in; empty where it has none."""
    adapter = cast("MapAdapter", current_app.create_url_adapter(request))
    if not adapter.test(request.path, "GET"):
        return ""
    return request.full_path.rstrip("?") if request.method == "GET" and "key" not in request.args else request.path


def _note_what_it_depends_on(answer: Response) -> Response:
    if answer.mimetype == "text/html":
        answer.vary.update(("Accept-Language", "Cookie"))
    return answer
