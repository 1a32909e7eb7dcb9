"""The API on clips: cut one otherwise, or as it was first decided; only that clip is made again."""

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from video_automation.errors import RequestError
from video_automation.jobs.clips import change_clip, restore_clip
from video_automation.jobs.model import Job
from video_automation.web import shown
from video_automation.web.context import backend, owned, wants_page

blueprint = Blueprint("clips", __name__)


@blueprint.post("/task/<job_id>/clips/<name>")
def change(job_id: str, name: str) -> AnyResponse:
    """Takes wishes about a clip, as a form or as JSON, and has it cut again."""
    job = change_clip(backend(), owned(job_id).id, name, _values())
    return redirect(url_for("api.task", job_id=job.id), 303) if wants_page() else _accepted(job, "Clip accepted!")


@blueprint.delete("/task/<job_id>/clips/<name>")
def restore(job_id: str, name: str) -> Response:
    """Has a clip cut as it was first decided."""
    return _accepted(restore_clip(backend(), owned(job_id).id, name), "Wishes dropped!")


def _values() -> dict[str, str]:
    """What was sent, as text. Raises RequestError where it is neither a form nor a JSON object of texts and numbers."""
    if not request.is_json:
        return {name: value for name, value in request.form.items() if value}
    given = request.get_json(silent=True)
    if not isinstance(given, dict) or not all(isinstance(value, str | int | float) for value in given.values()):
        raise RequestError("Send a JSON object with start, end, title, style or layout.", code="wrong_clip")
    return {name: str(value) for name, value in given.items()}


def _accepted(job: Job, message: str) -> Response:
    answer = jsonify(message=f"{message} Processing started.", task_id=job.id, status="PROCESSING", links=shown.links(job))
    answer.status_code = 202
    answer.headers["Location"] = url_for("api.task", job_id=job.id)
    return answer
