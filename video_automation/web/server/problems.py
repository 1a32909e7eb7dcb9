"""Error responses: `application/problem+json` (RFC 9457) for programs, a page for people; neither shows internal details."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from video_automation.errors import KeyNeededError, PipelineError, StaleError, TransientError
from video_automation.web.api.context import caller, wants_page

log = logging.getLogger(__name__)

_SENTENCES = {
    400: "The request is not one this service understands.",
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    416: "The file does not have the bytes that were asked for.",
}
_TITLES = {460: "Checksum Mismatch"}
"""Names of statuses that are not part of HTTP."""
_CODES = {413: "too_large", 416: "range_not_satisfiable"}
"""Codes for statuses that Python names differently from version to version."""
_UNAVAILABLE = "The list of tasks cannot be reached just now."
"""Everybody but operators gets this sentence: the original error of Redis names hosts and ports."""
_ADVICE_BY_CODE = {
    "link_ended": "Ask the person who sent you the link for a new one.",
    "unknown_link": "Check that the link is whole, or ask the person who sent it for a new one.",
}
_ADVICE = {
    404: "Check the address, or start from the front page.",
    401: "Sign in with the key you were given.",
    403: "Sign in with another key, or ask whoever runs this service.",
    409: "Open the task to see where it stands.",
    410: "Upload the recording again to process it once more.",
    413: "Shorten or compress the recording, or have the limit raised in the settings.",
    429: "Wait a while, then try again.",
    503: "Wait a moment and try again. Tasks that were accepted are safe.",
}
"""What a person can do next, by code or else by status. Refusals of a video have their advice in their own sentence."""


def register_error_handlers(app: Flask) -> None:
    """Makes this app send every error in the same form."""
    app.register_error_handler(PipelineError, _of_ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unforeseen)


def status_title(status: int) -> str:
    """The name of a status, such as "Not Found"."""
    return _TITLES.get(status) or HTTPStatus(status).phrase


def problem(status: int, code: str, sentence: str, more: Mapping[str, object] = {}) -> Response:  # never changed
    """The response for an error: JSON, or a page if the caller prefers pages. `more` adds keys to the JSON."""
    name = status_title(status)
    advice = _ADVICE_BY_CODE.get(code) or _ADVICE.get(status)
    if wants_page():
        guest = request.blueprint == "shared"  # a guest with a share link has no use for the front page
        page = render_template("error.html", status=status, title=name, sentence=sentence, advice=advice, guest=guest)
        return make_response(page, status)
    told = {"advice": advice} if advice else {}
    answer = jsonify(type="about:blank", title=name, status=status, detail=sentence, code=code, error=sentence, **told, **more)
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    return answer


def _of_ours(error: PipelineError) -> Response:
    if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("failed: %s", error, exc_info=error)
        return problem(500, error.code, "The service could not do this. Its log says why.")
    sentence = error.sentence
    if error.code == TransientError.default_code and not caller().operator:
        sentence = _UNAVAILABLE
    more = {"revision": error.revision, "edits_since": error.since} if isinstance(error, StaleError) else {}
    answer = problem(error.status, error.code, sentence, more)
    if isinstance(error, KeyNeededError):
        if request.method == "GET" and wants_page():
            return cast("Response", redirect(url_for("sign_in.form", next=request.full_path.rstrip("?")), 303))
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Video Automation"'
    if isinstance(error, TransientError):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    code = _CODES.get(status) or HTTPStatus(status).name.lower()
    answer = problem(status, code, _SENTENCES.get(status) or error.description or error.name)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            answer.headers[name] = value
    return answer


def _unforeseen(error: Exception) -> Response:
    log.error("unforeseen: %s", type(error).__name__, exc_info=error)
    return problem(500, "internal_error", "Something went wrong in the service. Its log says what.")
