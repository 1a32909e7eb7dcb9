"""Takes uploads: the form is read as it arrives, its file goes straight into the folder of a new task."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flask import Blueprint, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from video_automation.errors import RequestError
from video_automation.jobs.model import Job
from video_automation.jobs.options import params_with
from video_automation.jobs.receive import check_room, receiving
from video_automation.jobs.submit import new_job, submit
from video_automation.web import shown
from video_automation.web.context import OWNER, backend, wants_page
from video_automation.web.forms import Part, parts

blueprint = Blueprint("uploads", __name__)

_LONGEST_NAME: Final = 200
_NO_FILE: Final = "Choose a film to upload: the form's field “file” holds none."
_INVISIBLE: Final = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
"""Categories of characters that do not belong in a name: control characters, halves of pairs, unassigned ones, line ends."""
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Marks that turn the direction of writing, and so can make a name look like another."""


@blueprint.post("/upload")
def upload() -> Response:
    """Takes a film and what is wished for it, and queues the work."""
    check_room(backend(), request.content_length)
    form = parts(request.environ["wsgi.input"], content_type=request.content_type or "", length=request.content_length)
    job = submit(backend(), _received(form))
    place = url_for("api.task", job_id=job.id)
    if wants_page():
        return redirect(place, 303)
    answer = jsonify(
        message="Video upload successful! Processing started.",
        task_id=job.id,
        status="PROCESSING",
        filename=job.filename,
        links=shown.links(job),
    )
    answer.status_code = 202
    answer.headers["Location"] = place
    return answer


def shown_name(name: str) -> str:
    """A file's name as a user gave it, fit to be shown: without folders or invisible characters, and not too long.

    Raises:
        RequestError: nothing is left of it.
    """
    base = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in base if unicodedata.category(c) not in _INVISIBLE and c not in _TURNING)
    neat = " ".join(visible.split())[:_LONGEST_NAME]
    if not neat.strip(". "):
        raise RequestError(_NO_FILE, code="no_file")
    return neat


def _received(form: Iterator[Part]) -> Job:
    """A new job whose source is on disk; options may stand before the file or after it."""
    options: dict[str, str] = {}
    for part in form:
        if part.name == "file" and part.filename is not None:
            break
        options |= _option(part)
    else:
        raise RequestError(_NO_FILE, code="no_file")
    defaults = backend().rules.defaults
    job = new_job(filename=shown_name(part.filename), owner=OWNER, params=params_with(defaults, options))
    with receiving(backend(), job.id) as incoming:
        for block in part.blocks:
            incoming.write(block)
        for later in form:
            options |= _option(later)
        return replace(job, params=params_with(defaults, options))


def _option(part: Part) -> dict[str, str]:
    if part.name == "file":
        raise RequestError("Send one film at a time, as a file.", code="no_file")
    return {} if part.filename is not None else {part.name: part.text()}
