"""The routes of the API's description: `/openapi.json` for programs, `/docs` for people."""

from functools import cache

from flask import Blueprint, current_app, render_template
from markupsafe import Markup

from video_automation.plan.params import Params
from video_automation.web.api.context import access
from video_automation.web.api.responses import Ok, Page
from video_automation.web.openapi.description import openapi_document
from video_automation.web.openapi.schema_text import Schema, plainly, schema_name
from video_automation.web.pages.language_choices import model
from video_automation.web.security.authentication import open_to_all


def blueprint(*, defaults: Params, version: str) -> Blueprint:
    """The two routes. `defaults` are the options of an upload that names none."""
    docs = Blueprint("docs", __name__)

    @cache
    def described() -> Schema:
        return openapi_document(
            current_app, defaults=defaults, languages=model().languages, version=version, is_open=access().is_open
        )

    @cache
    def calls() -> Markup:  # the same for every request, and open to strangers; rendering takes 30 ms
        return Markup(render_template("docs_calls.html", api=described(), plainly=plainly, called=schema_name))

    @docs.get("/openapi.json")
    @open_to_all
    def openapi() -> Ok[dict[str, object]]:
        """The whole API as OpenAPI 3.1."""
        return Ok(described())

    @docs.get("/docs")
    @open_to_all
    def page() -> Page:
        """The whole API for people."""
        return Page(render_template("docs.html", api=described(), calls=calls()))

    return docs
