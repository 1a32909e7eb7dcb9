"""Describes the responses of a route: those of its view's return type, the errors of its `@Call`, the errors of every route."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, get_args, get_origin, get_type_hints

from werkzeug.routing import Rule

from video_automation.errors import DamagedError, LimitError, PipelineError, ToolError, TransientError
from video_automation.web.api.responses import JSON, PROBLEM, Sent
from video_automation.web.openapi.endpoint_docs import call_of
from video_automation.web.openapi.schema_text import Schema
from video_automation.web.schemas.answers import ProblemAnswer
from video_automation.web.server.problems import status_title

_EVERYWHERE: Final[Mapping[int, tuple[str, ...]]] = {
    401: ("key_needed", "wrong_key"),
    403: ("forbidden", "operators_only", "behind_proxy"),
    421: ("misdirected_request",),
    429: ("too_many_requests",),
    500: tuple(kind.default_code for kind in (PipelineError, ToolError, LimitError, DamagedError)),
    503: (TransientError.default_code, "busy"),
}
"""The statuses and codes that any call may be refused with."""
_LATER: Final = {
    "Retry-After": {"description": "In how many seconds to try again.", "schema": {"type": "integer", "minimum": 0}}
}
_WITH_RETRY_AFTER: Final = (409, 423, 429, 503)


def responses(view: Callable[..., Any], rule: Rule, schemas: Mapping[Any, Schema]) -> Schema:
    """The responses of a route, by status; `schemas` has the schema of each JSON type."""
    found: Schema = {}
    for kind, sent in sends(view):
        if sent.media != PROBLEM:
            _add(found, sent, schemas.get(kind, _plain(sent.media)), sent.what or inspect.getdoc(kind) or "")
    for status, codes in _refusals(view, rule):
        headers = _LATER if status in _WITH_RETRY_AFTER else {}
        answer = found.setdefault(str(status), {"description": "", "content": {}})
        listed = ", ".join(f"`{code}`" if " " not in code else code for code in codes)
        answer["description"] = f"{answer['description']} {status_title(status)}: {listed}.".strip()
        answer["content"] |= {PROBLEM: {"schema": schemas[ProblemAnswer]}, "text/html": {"schema": {"type": "string"}}}
        answer.setdefault("headers", {}).update(headers)
    return dict(sorted(found.items()))


def _plain(media: str | None) -> Schema:
    """The schema of content that has no JSON type: a string if it is text, else anything."""
    return {"type": "string"} if media and media.startswith("text/") else {}


def _add(responses: Schema, sent: Sent, schema: Schema, what: str) -> None:
    """Adds a response; several under one status are alternatives."""
    answer = responses.setdefault(str(sent.status), {"description": what, "headers": {}})
    answer["headers"] |= {name: {"description": said, "schema": {"type": "string"}} for name, said in sent.headers}
    if sent.media:
        answer.setdefault("content", {})[sent.media] = {"schema": schema}


def _refusals(view: Callable[..., Any], rule: Rule) -> Iterable[tuple[int, list[str]]]:
    """The statuses a call may be refused with, each with its codes."""
    codes: dict[int, list[str]] = {}
    if rule.arguments:
        codes[404] = ["unknown_task"]
    for kind, own in call_of(view).errors.items():
        codes.setdefault(kind.status, []).extend(own or (kind.default_code,))
    for _, sent in sends(view):
        if sent.media == PROBLEM:
            codes.setdefault(sent.status, []).append(sent.what)
    for status, always in _EVERYWHERE.items():
        codes.setdefault(status, []).extend(always)
    return [(status, list(dict.fromkeys(found))) for status, found in codes.items()]


def sends(view: Callable[..., Any]) -> Iterator[tuple[Any, Sent]]:
    """What a view sends, by its return type: pairs of the type (for JSON that of the body) and what goes out with it."""
    for reply in _replies(view):
        kind = get_origin(reply) or reply
        for sent in getattr(kind, "sends", ()):
            yield (get_args(reply)[0] if sent.media == JSON else reply), sent


def _replies(view: Callable[..., Any]) -> tuple[Any, ...]:
    told = get_type_hints(view).get("return")
    return (told,) if hasattr(get_origin(told) or told, "sends") else get_args(told)
