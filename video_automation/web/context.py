"""What a request is answered with: the back end, the caller, the task asked for, the form of answer the caller reads."""

import json
from dataclasses import dataclass
from typing import Final, cast

from flask import Flask, current_app, request

from video_automation.errors import RequestError, UnknownTaskError
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend

_KEY: Final = "video_automation.backend"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: whose tasks are seen and made, and whether also those of others, and the service's own insides."""

    owner: str
    operator: bool = False


def give(app: Flask, backend: Backend) -> None:
    """Has the views of this app work with this back end."""
    app.extensions[_KEY] = backend


def backend() -> Backend:
    """The store, the queue, the folders and the rules this app works with."""
    return cast("Backend", current_app.extensions[_KEY])


def caller() -> Caller:
    """Who asks."""
    return Caller("local", operator=True)


def owned(job_id: str) -> Job:
    """The caller's task of this id. Raises UnknownTaskError, also where it is somebody else's."""
    job = backend().store.get(job_id)
    if job.owner != caller().owner:
        raise UnknownTaskError("There is no such task.")
    return job


def wants_page() -> bool:
    """Whether the caller reads pages rather than JSON: browsers say so, programs and `*/*` do not."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def values(*, code: str) -> dict[str, str]:
    """What was sent as a form or as a JSON object, as texts. Raises RequestError, with this code, where it is neither."""
    if not request.is_json:
        return dict(request.form)
    given = request.get_json(silent=True)
    if not isinstance(given, dict) or not all(isinstance(value, str | int | float | list) for value in given.values()):
        raise RequestError("Send a form, or a JSON object of texts, numbers and switches.", code=code)
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}


def number(name: str, usual: int, *, least: int, most: int) -> int:
    """A whole number from the address's query, or the usual one. Raises RequestError where it is none, or out of bounds."""
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise RequestError(f"“{name}” must be a number from {least} to {most}.", code="wrong_number")
    return int(text)
