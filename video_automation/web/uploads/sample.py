"""The sample: a short recording that comes with the product, to try everything with."""

from typing import Final
from uuid import uuid4

from flask import Blueprint, request, url_for

from video_automation.errors import InputError, RequestError, TooLargeError
from video_automation.jobs.lifecycle.submit import new_job, submit
from video_automation.jobs.policy.job_params import upload_wishes
from video_automation.jobs.uploads.pending_uploads import PendingUpload
from video_automation.jobs.uploads.receive import expecting, receiving
from video_automation.web.api import serializers
from video_automation.web.api.context import backend, caller, wants_page
from video_automation.web.api.request_values import values
from video_automation.web.api.responses import JSON, Begun, SeeOther
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call
from video_automation.web.openapi.usual_errors import NEW_TASK, WRONG_WISHES
from video_automation.web.schemas.answers import StartedAnswer
from video_automation.web.server.static_files import STATIC_FOLDER

blueprint = Blueprint("sample", __name__)

_FILE: Final = STATIC_FOLDER / "sample.mp4"
_NAME: Final = "Sample.mp4"
"""What its tasks are called."""


@blueprint.post("/sample")
@Call(
    errors={
        RequestError: ("unknown_option", *WRONG_WISHES),
        TooLargeError: ("too_large", "too_long", "quota_bytes"),
        InputError: ("too_slow",),
        **NEW_TASK,
    },
    body=Body({JSON: "Options", FORM: "OptionsForm"}, required=False),
    curl="-d clip_style=karaoke",
)
def send_sample() -> Begun[StartedAnswer] | SeeOther:
    """Queues the work on the sample that comes with the service, as if it had been uploaded with these options."""
    owner, quotas, job_id = caller().owner, caller().quotas, str(uuid4())
    options = values(code="wrong_option") | {name: texts[-1] for name, texts in request.form.lists()}  # as an upload reads them
    options.pop("file", None)  # of the page's form, which has a place for a file
    wishes, content = upload_wishes(backend(), owner, options), _FILE.read_bytes()
    expected = PendingUpload(job_id, owner, "", len(content), backend().rules.defaults, resumable=False)
    with expecting(backend(), expected, quotas):
        with receiving(backend(), job_id) as incoming:
            incoming.write(content)
        job = new_job(
            filename=_NAME, owner=owner, params=wishes.params, quotas=quotas, job_id=job_id, webhook_url=wishes.webhook_url
        )
        submit(backend(), job, quotas)
    place = url_for("api.task", job_id=job.id)
    if wants_page():
        return SeeOther(place)
    return Begun(serializers.started_answer(job, "Processing of the sample started.") | {"filename": job.filename}, place)
