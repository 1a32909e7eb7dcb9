"""The API on share links: make one for a task, take it back. Whoever has it may see the result, and nothing else."""

import time

from flask import Blueprint, url_for

from video_automation.access import shares
from video_automation.errors import GoneError, RequestError, StateError, TooLargeError
from video_automation.jobs.lifecycle.sharing import share, unshare
from video_automation.jobs.model import Job
from video_automation.web.api.context import access, backend, owned, owns, wants_page
from video_automation.web.api.request_values import values
from video_automation.web.api.responses import JSON, Created, Ok, SeeOther
from video_automation.web.api.schemas import MessageAnswer, ShareAnswer
from video_automation.web.api.serializers import moment
from video_automation.web.openapi.body_schemas import ShareWishes
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call

blueprint = Blueprint("shares", __name__)

_USUAL_HOURS, _LONGEST_HOURS = 168, 8784
_HOUR_S = 3600


@blueprint.post("/task/<job_id>/share")
@Call(
    errors={
        RequestError: ("wrong_hours",),
        StateError: ("not_done", "cancelled", "the code of what failed"),
        GoneError: (),
        TooLargeError: (),
    },
    body=Body({JSON: ShareWishes, FORM: ShareWishes}, required=False),
)
def make(job_id: str) -> Created[ShareAnswer] | SeeOther:
    """Makes a link that shows the result of a task to whoever has it, for `hours`; the one before opens nothing any more."""
    job = owned(job_id)
    made = share(backend(), job.id, for_s=_HOUR_S * _hours())
    if wants_page():
        return SeeOther(url_for("pages.result", job_id=job.id, _anchor="share"))
    return Created({"href": _address(job.id, made), "expires_at": moment(made.until)})


@blueprint.post("/task/<job_id>/unshare")
def revoke(job_id: str) -> Ok[MessageAnswer] | SeeOther:
    """Takes the link to a task back: it opens nothing from now on. Twice is fine."""
    job = owned(job_id)
    unshare(backend(), job.id)
    if wants_page():
        return SeeOther(url_for("pages.result", job_id=job.id, _anchor="share"))
    return Ok({"message": "The link opens nothing any more"})


def link(job: Job) -> str | None:
    """The address of the link that shows this task to others, for who may hand it on; None where there is none."""
    in_force = job.share is not None and time.time() < job.share.until and owns(job)
    return _address(job.id, job.share) if job.share and in_force else None


def _address(job_id: str, made: shares.Share) -> str:
    token = shares.token(access().secret, job_id, made)
    return url_for("pages.result", job_id=job_id, share=token, _external=True)


def _hours() -> float:
    given = values(code="wrong_hours").get("hours", str(_USUAL_HOURS))
    try:
        hours = float(given)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= _LONGEST_HOURS:
        raise RequestError(f"“hours” must be a number above 0, at most {_LONGEST_HOURS}.", code="wrong_hours")
    return hours
