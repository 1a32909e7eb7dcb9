"""Makes the OpenAPI 3.1 description from the routes, the return types of views, their `@Call` notes and the response types."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from flask import Flask
from pydantic import TypeAdapter
from werkzeug.routing import Rule

from video_automation.plan.params import Params
from video_automation.web.api.responses import JSON
from video_automation.web.openapi import option_schemas
from video_automation.web.openapi.endpoint_docs import Body, Call, Header, call_of
from video_automation.web.openapi.route_responses import responses, sends
from video_automation.web.openapi.schema_text import Schema
from video_automation.web.schemas.answers import ProblemAnswer

_IN_PATHS: Final[Mapping[str, tuple[str, Schema]]] = {
    "job_id": ("The task's id.", {"type": "string", "format": "uuid"}),
    "clip": ("A clip's id, as the plan gives it.", {"type": "string"}),
    "name": ("A name the task's answers give.", {"type": "string"}),
    "card": ("Which card it is.", {"type": "string", "enum": ["opening", "closing"]}),
    "token": ("What the address of a share link ends in.", {"type": "string"}),
}
_TITLES: Final = {
    "uploads": "Uploads",
    "sample": "Uploads",
    "resumable": "Uploads in pieces",
    "api": "Tasks",
    "library": "Tasks",
    "plan": "Plans",
    "files": "Files",
    "captions": "Captions",
    "clips": "Clips",
    "glossary": "Names and terms",
    "presets": "Presets",
    "brand": "Brand",
    "shares": "Share links",
    "shared": "Share links",
    "webhooks": "Webhooks",
    "pages": "Pages",
    "sign_in": "Signing in",
    "page_language": "The language of the pages",
    "operator": "Operation",
    "ops": "Operation",
    "metrics": "Operation",
    "docs": "Description",
}
"""The titles of the blueprints, in the order they are shown."""
_INFO: Final = (
    "Turns long recordings into trimmed, levelled, captioned videos and clips. Every error is `application/problem+json` with a"
    " stable `code`, or a page for a caller that reads pages."
)
_REF: Final = "#/components/schemas/{model}"


def openapi_document(app: Flask, *, defaults: Params, languages: tuple[str, ...], version: str, is_open: bool) -> Schema:
    """The OpenAPI document of this app.

    `defaults` are the options of an upload that names none; `languages` are the codes of the languages that the speech model
    knows. Unless the service is open (`is_open`), every call not marked `open_to_all` needs a key or a session.
    """
    routes = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    operations = [(rule, method, app.view_functions[rule.endpoint]) for rule in routes for method in methods(rule)]
    schemas, named = _schemas({kind for _, _, view in operations for kind in _kinds_told(view)})
    of_tasks = {rule.endpoint for rule in routes if "job_id" in rule.arguments}
    paths: dict[str, Schema] = {}
    for rule, method, view in sorted(operations, key=lambda one: _place(one[0])):
        operation = _operation(rule, method, view, schemas)
        if _begins(view) and not rule.arguments:
            operation["responses"]["202"]["links"] = {name: _link(name) for name in sorted(of_tasks)}
        paths.setdefault(path(rule), {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Video Automation", "version": version, "description": _INFO},
        "tags": [{"name": title} for title in dict.fromkeys(_TITLES.values())],
        "security": [*([{}] if is_open else []), {"key": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted((named | option_schemas.schemas(defaults, languages)).items())),
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key of this service."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "session",
                    "description": "Set by signing in; by TLS it is `__Host-session`.",
                },
            },
        },
    }


def methods(rule: Rule) -> tuple[str, ...]:
    """The methods a route was declared with, without those that Flask adds: HEAD to GET, and OPTIONS to all others."""
    own = set(rule.methods or ()) - ({"HEAD"} if "GET" in (rule.methods or ()) else set())
    return tuple(sorted(own - {"OPTIONS"} or own))


def path(rule: Rule) -> str:
    """The path of a route as OpenAPI writes it: "/task/{job_id}"."""
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule)


def _place(rule: Rule) -> tuple[int, str]:
    group = rule.endpoint.partition(".")[0]
    return (list(_TITLES).index(group) if group in _TITLES else len(_TITLES), rule.rule)


def _operation(rule: Rule, method: str, view: Callable[..., Any], schemas: Mapping[Any, Schema]) -> Schema:
    call, group = call_of(view), rule.endpoint.partition(".")[0]
    told = inspect.getdoc(view) or ""
    operation: Schema = {
        "operationId": rule.endpoint,
        "tags": [_TITLES.get(group, group.capitalize())],
        "summary": told.partition("\n")[0],
        "parameters": [*_in_path(rule), *_given(call)],
        "responses": responses(view, rule, schemas),
        "x-curl": _curl(rule, method, call),
    }
    if hasattr(view, "open_to_all"):
        operation["security"] = []
    if call.body:
        operation["requestBody"] = _body(call.body, schemas)
    return operation


def _curl(rule: Rule, method: str, call: Call) -> str:
    """An example call. $SERVICE is the service's address, $ID a task, $CLIP a clip, $NAME a file, $TOKEN a share link."""
    place = path(rule)
    for part, shown in (("job_id", "$ID"), ("clip", "$CLIP"), ("name", "$NAME"), ("card", "opening"), ("token", "$TOKEN")):
        place = place.replace(f"{{{part}}}", shown)
    verb = "" if method == "GET" else f"-X {method}"
    return " ".join(filter(None, ("curl", verb, call.curl, f'"$SERVICE{place}"')))


def _in_path(rule: Rule) -> Iterator[Schema]:
    for name in sorted(rule.arguments):
        what, schema = _IN_PATHS.get(name, ("", {"type": "string"}))
        yield {"name": name, "in": "path", "required": True, "description": what, "schema": schema}


def _given(call: Call) -> Iterator[Schema]:
    for place, parameters in (("query", call.query), ("header", call.headers)):
        for one in parameters:
            needed = {"required": True} if isinstance(one, Header) and one.required else {}
            yield {"name": one.name, "in": place, "description": one.what, "schema": one.schema()} | needed


def _body(body: Body, schemas: Mapping[Any, Schema]) -> Schema:
    content = {
        media: {"schema": {"$ref": _REF.format(model=kind)} if isinstance(kind, str) else schemas[kind]}
        for media, kind in body.media.items()
    }
    return {"required": body.required, "content": content}


def _kinds_told(view: Callable[..., Any]) -> Iterator[Any]:
    """The types of the JSON that a view sends or reads."""
    for kind, sent in sends(view):
        if sent.media == JSON:
            yield kind
    body = call_of(view).body
    yield from (kind for kind in (body.media.values() if body else ()) if not isinstance(kind, str))


def _begins(view: Callable[..., Any]) -> bool:
    return any(sent.status == HTTPStatus.ACCEPTED for _, sent in sends(view))


def _link(endpoint: str) -> Schema:
    return {"operationId": endpoint, "parameters": {"job_id": "$response.body#/task_id"}}


def _schemas(kinds: set[Any]) -> tuple[dict[Any, Schema], dict[str, Schema]]:
    """The schema of each type, and by name the schemas they refer to."""
    adapters = [(kind, "serialization", TypeAdapter(kind)) for kind in sorted(kinds | {ProblemAnswer}, key=repr)]
    found, shared = TypeAdapter.json_schemas(adapters, ref_template=_REF)  # type: ignore[arg-type]
    return {kind: schema for (kind, _), schema in found.items()}, shared["$defs"]
