"""The API on share links: make one for a task, turn it off. Everybody who has the link sees the result, and nothing else."""

import re
import time

from flask import Blueprint, request, url_for

from video_automation.access import shares
from video_automation.access.passwords import password_hash
from video_automation.access.shares import DOWNLOAD_NAMES, USUAL_DOWNLOADS, DownloadName, new_share
from video_automation.errors import GoneError, RequestError, StateError, TooLargeError
from video_automation.jobs.lifecycle.sharing import share, unshare
from video_automation.jobs.model import Job
from video_automation.web.api.context import access, backend, owned, owns, wants_page
from video_automation.web.api.request_values import values
from video_automation.web.api.responses import JSON, Created, Ok, SeeOther
from video_automation.web.api.serializers import moment
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call
from video_automation.web.openapi.usual_errors import NO_RESULT
from video_automation.web.schemas.answers import MessageAnswer, ShareAnswer
from video_automation.web.schemas.body_schemas import ShareWishes

blueprint = Blueprint("shares", __name__)

_USUAL_HOURS, _LONGEST_HOURS = 168, 8784
_HOUR_S = 3600
_LONGEST_PASSWORD = 200


@blueprint.post("/task/<job_id>/share")
@Call(
    errors={
        RequestError: ("wrong_hours", "wrong_downloads", "wrong_password"),
        StateError: NO_RESULT,
        GoneError: (),
        TooLargeError: (),
    },
    body=Body({JSON: ShareWishes, FORM: ShareWishes}, required=False),
)
def make(job_id: str) -> Created[ShareAnswer] | SeeOther:
    """Makes a share link to the result of a task that works for `hours`. The former link stops working."""
    job = owned(job_id)
    given = values(code="wrong_hours")
    made = new_share(
        time.time(), for_s=_HOUR_S * _hours(given.get("hours")), downloads=_downloads(given), password=_password(given)
    )
    share(backend(), job.id, made)
    if wants_page():
        return SeeOther(url_for("pages.result", job_id=job.id, _anchor="share"))
    return Created(
        {
            "href": _address(job.id, made),
            "expires_at": moment(made.until),
            "downloads": made.downloads,
            "has_password": bool(made.password),
        }
    )


@blueprint.post("/task/<job_id>/unshare")
def revoke(job_id: str) -> Ok[MessageAnswer] | SeeOther:
    """Turns off the share link of a task. It is no error if there is none."""
    job = owned(job_id)
    unshare(backend(), job.id)
    if wants_page():
        return SeeOther(url_for("pages.result", job_id=job.id, _anchor="share"))
    return Ok({"message": "The link opens nothing any more"})


def link(job: Job) -> str | None:
    """The share link of this task, if it has one that works and the caller may change the task; else None."""
    in_force = job.share is not None and time.time() < job.share.until and owns(job)
    return _address(job.id, job.share) if job.share and in_force else None


def _address(job_id: str, made: shares.Share) -> str:
    return url_for("shared.page", token=shares.token(access().secret, job_id, made.id), _external=True)


def _hours(given: str | None) -> float:
    try:
        hours = float(given or _USUAL_HOURS)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= _LONGEST_HOURS:
        raise RequestError(f"“hours” must be a number above 0, at most {_LONGEST_HOURS}.", code="wrong_hours")
    return hours


def _downloads(given: dict[str, str]) -> tuple[DownloadName, ...]:
    """What guests may download: from the form's `downloads` fields, or from one text with commas, or from a list."""
    if "downloads" not in given:
        return USUAL_DOWNLOADS
    named = set(re.findall(r"[^\s,\"\[\]]+", " ".join(request.form.getlist("downloads")) or given["downloads"]))
    unknown = named.difference(DOWNLOAD_NAMES)
    if unknown:
        raise RequestError(f"“downloads” names any of {', '.join(DOWNLOAD_NAMES)}.", code="wrong_downloads")
    return tuple(name for name in DOWNLOAD_NAMES if name in named)


def _password(given: dict[str, str]) -> str:
    """The hash of the requested password; empty if there is none. Raises RequestError if it is too long."""
    password = given.get("password", "")
    if len(password) > _LONGEST_PASSWORD:
        raise RequestError(f"A password may have at most {_LONGEST_PASSWORD} characters.", code="wrong_password")
    return password_hash(password) if password else ""
