"""The API on clips: cut one otherwise, or as it was first decided; only that clip is made again."""

from flask import Blueprint, Response, jsonify, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from video_automation.jobs.clips import change_clip, restore_clip
from video_automation.jobs.model import Job
from video_automation.web import shown
from video_automation.web.context import backend, owned, wants_page
from video_automation.web.wishes import values

blueprint = Blueprint("clips", __name__)


@blueprint.post("/task/<job_id>/clips/<name>")
def change(job_id: str, name: str) -> AnyResponse:
    """Takes wishes about a clip, as a form or as JSON, and has it cut again."""
    job = change_clip(backend(), owned(job_id).id, name, values(code="wrong_clip"))
    return redirect(url_for("api.task", job_id=job.id), 303) if wants_page() else _accepted(job, "Clip accepted!")


@blueprint.delete("/task/<job_id>/clips/<name>")
def restore(job_id: str, name: str) -> Response:
    """Has a clip cut as it was first decided."""
    return _accepted(restore_clip(backend(), owned(job_id).id, name), "Wishes dropped!")


def _accepted(job: Job, message: str) -> Response:
    answer = jsonify(message=f"{message} Processing started.", task_id=job.id, status="PROCESSING", links=shown.links(job))
    answer.status_code = 202
    answer.headers["Location"] = url_for("api.task", job_id=job.id)
    return answer
