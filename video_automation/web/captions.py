"""The API on captions: read them, put others in their place, have them written anew; the film is then made again."""

from typing import Final

from flask import Blueprint, Response, jsonify, request, url_for

from video_automation.errors import RequestError, TooLargeError, UnknownTaskError
from video_automation.jobs.captions import correct, restore
from video_automation.jobs.model import Job
from video_automation.web import files, shown
from video_automation.web.context import backend, owned, seen

blueprint = Blueprint("captions", __name__)

_MOST_BYTES: Final = 2_000_000
"""Captions of a day of talk are smaller."""


@blueprint.get("/task/<job_id>/captions")
def current(job_id: str) -> Response:
    """The captions of a task's film as WebVTT."""
    job = seen(job_id)
    track = shown.track(job)
    if not track:
        raise UnknownTaskError("This film has no captions.", code="no_captions")
    return files.sent(job, track["name"])


@blueprint.put("/task/<job_id>/captions")
def put(job_id: str) -> Response:
    """Takes captions, as SRT or WebVTT, and has the film made again with them."""
    job = owned(job_id)
    return _accepted(correct(backend(), job.id, _text()), "Captions accepted! Processing started.")


@blueprint.delete("/task/<job_id>/captions")
def drop(job_id: str) -> Response:
    """Has the film made again with the captions that are written by the service itself."""
    job = owned(job_id)
    return _accepted(restore(backend(), job.id), "Corrections dropped! Processing started.")


def _text() -> str:
    """The body as text. Raises TooLargeError, and RequestError where it is not UTF-8."""
    content = b"" if (request.content_length or 0) > _MOST_BYTES else request.stream.read(_MOST_BYTES + 1)
    if max(request.content_length or 0, len(content)) > _MOST_BYTES:
        raise TooLargeError(f"Captions may have at most {_MOST_BYTES // 1_000_000} MB.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RequestError("Captions must be text in UTF-8.", code="broken_captions") from None


def _accepted(job: Job, message: str) -> Response:
    answer = jsonify(message=message, task_id=job.id, status="PROCESSING", links=shown.links(job))
    answer.status_code = 202
    answer.headers["Location"] = url_for("api.task", job_id=job.id)
    return answer
