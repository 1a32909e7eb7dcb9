"""The API on clips: change one, or restore it as it was first decided. Only that clip is rendered again."""

from typing import Final

from flask import Blueprint, url_for

from video_automation.errors import RequestError, StateError, TooLargeError, UnknownTaskError
from video_automation.jobs.lifecycle.reclipping import recut_clip, restore_clip
from video_automation.jobs.model import Job
from video_automation.jobs.policy.quota import waiting_again
from video_automation.web.api import serializers
from video_automation.web.api.context import backend, caller, owned, wants_page
from video_automation.web.api.request_values import values
from video_automation.web.api.responses import JSON, Begun, SeeOther
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call, Errors
from video_automation.web.openapi.usual_errors import NO_RESULT, QUEUED_AGAIN
from video_automation.web.schemas.answers import StartedAnswer
from video_automation.web.schemas.body_schemas import ClipWishes

blueprint = Blueprint("clips", __name__)

_REFUSED: Final[Errors] = {
    UnknownTaskError: ("unknown_task", "unknown_clip"),
    StateError: NO_RESULT,
    **QUEUED_AGAIN,
}


@blueprint.post("/task/<job_id>/clips/<name>")
@Call(
    errors={**_REFUSED, RequestError: ("wrong_clip",), TooLargeError: ()},
    body=Body({JSON: ClipWishes, FORM: ClipWishes}, required=False),
    curl="-H 'Content-Type: application/json' -d '{\"start\": 12.5, \"end\": 40}'",
)
def change(job_id: str, name: str) -> Begun[StartedAnswer] | SeeOther:
    """Changes a clip, by a form or by JSON, and renders it again."""
    before, wishes = owned(job_id), values(code="wrong_clip")
    with waiting_again(backend(), before, caller().quotas):
        job = recut_clip(backend(), before.id, name, wishes, by=caller().name)
    return SeeOther(url_for("api.task", job_id=job.id)) if wants_page() else _accepted(job, "Clip accepted!")


@blueprint.delete("/task/<job_id>/clips/<name>")
@Call(errors=_REFUSED)
def restore(job_id: str, name: str) -> Begun[StartedAnswer]:
    """Restores a clip as it was first decided, and renders it again."""
    before = owned(job_id)
    with waiting_again(backend(), before, caller().quotas):
        job = restore_clip(backend(), before.id, name, by=caller().name)
    return _accepted(job, "Wishes dropped!")


def _accepted(job: Job, message: str) -> Begun[StartedAnswer]:
    return Begun(serializers.started_answer(job, f"{message} Processing started."), url_for("api.task", job_id=job.id))
