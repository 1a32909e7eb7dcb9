"""The API on names and terms: those the speech model should spell correctly in all videos of the caller."""

from collections.abc import Callable
from typing import Final, Literal

from flask import Blueprint, request, url_for
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from video_automation.errors import RequestError, TooLargeError
from video_automation.jobs.policy.validation_messages import remedy
from video_automation.plan.params import Terms
from video_automation.web.api.context import backend, caller, owned, wants_page
from video_automation.web.api.request_values import values
from video_automation.web.api.responses import JSON, Ok, SeeOther
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call, Errors
from video_automation.web.schemas.answers import TaskId, described

blueprint = Blueprint("glossary", __name__)


@with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))
class GlossaryAnswer(TypedDict):
    """Names and terms that the speech model should spell correctly."""

    terms: Terms


@described
class GlossaryForm(TypedDict, total=False):
    """Names and terms, as a form."""

    terms: str
    """Separated by commas or line ends."""
    all: Literal["yes"]
    """Replaces the present terms instead of adding to them."""
    task: TaskId
    """The task whose result page is shown next."""


_TERMS: Final = TypeAdapter(Terms)
_REFUSED: Final[Errors] = {RequestError: ("wrong_glossary",), TooLargeError: ()}
_CURL: Final = '-H \'Content-Type: application/json\' -d \'{"terms": ["Gutenberg", "Kubernetes"]}\''


@blueprint.get("/glossary")
def current() -> Ok[GlossaryAnswer]:
    """The caller's names and terms."""
    return Ok({"terms": backend().glossaries.of(caller().owner)})


@blueprint.put("/glossary")
@Call(errors=_REFUSED, body=Body({JSON: GlossaryAnswer}), curl=_CURL)
def put() -> Ok[GlossaryAnswer]:
    """Replaces the caller's names and terms."""
    terms = _checked(values(code="wrong_glossary").get("terms"))
    return _changed(lambda _: terms)


@blueprint.post("/glossary")
@Call(errors=_REFUSED, body=Body({JSON: GlossaryAnswer, FORM: GlossaryForm}), curl=_CURL)
def add() -> Ok[GlossaryAnswer] | SeeOther:
    """Adds names and terms to the caller's; a form may replace all of them."""
    given = values(code="wrong_glossary")
    terms = _checked(request.form.getlist("terms") or given.get("terms"))
    place = url_for("pages.result", job_id=owned(given["task"]).id) if "task" in given else url_for("pages.home")
    told = _changed(lambda before: terms if "all" in given else _checked((*before, *terms)))
    return SeeOther(place) if wants_page() else told


def _changed(step: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Ok[GlossaryAnswer]:
    return Ok({"terms": backend().glossaries.change(caller().owner, step)})


def _checked(given: object) -> tuple[str, ...]:
    """Names and terms as they are stored. Raises RequestError if they are not valid."""
    try:
        return _TERMS.validate_python("\n".join(given) if isinstance(given, list) else given)
    except ValidationError as error:
        raise RequestError(f"terms: {remedy(error.errors()[0])}.", code="wrong_glossary") from None
