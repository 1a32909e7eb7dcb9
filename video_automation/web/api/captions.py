"""The API on captions: read them, put others in their place, have them written anew; the video is then made again."""

from typing import Final

from flask import Blueprint, request, url_for

from video_automation.errors import (
    GoneError,
    NoSpaceError,
    QueueFullError,
    QuotaError,
    RequestError,
    StateError,
    TooLargeError,
    UnderWayError,
    UnknownTaskError,
)
from video_automation.jobs.lifecycle.recaptioning import replace_captions, restore_captions
from video_automation.jobs.policy.quota import waiting_again
from video_automation.web.api import files, serializers
from video_automation.web.api.context import backend, caller, owned, seen
from video_automation.web.api.files import DOWNLOAD
from video_automation.web.api.responses import Begun, Content
from video_automation.web.openapi.endpoint_docs import Body, Call
from video_automation.web.schemas.answers import StartedAnswer

blueprint = Blueprint("captions", __name__)

_MOST_BYTES: Final = 2_000_000
"""Captions of a day of talk are smaller."""
_NO_RESULT: Final = ("not_done", "cancelled", "the code of what failed")
_AGAIN: Final = {
    StateError: ("no_captions", *_NO_RESULT),
    GoneError: (),
    QueueFullError: (),
    QuotaError: ("quota_waiting", "quota_bytes"),
    UnderWayError: (),
    NoSpaceError: (),
}


@blueprint.get("/task/<job_id>/captions")
@Call(
    errors={
        UnknownTaskError: ("unknown_task", "no_captions"),
        StateError: _NO_RESULT,
        GoneError: (),
    },
    query=(DOWNLOAD,),
)
def current(job_id: str) -> Content:
    """The captions of a task's video as WebVTT."""
    job = seen(job_id)
    track = serializers.track(job)
    if not track:
        raise UnknownTaskError("This video has no captions.", code="no_captions")
    return files.sent(job, track["name"])


@blueprint.put("/task/<job_id>/captions")
@Call(
    errors={RequestError: ("broken_captions",), TooLargeError: (), **_AGAIN},
    body=Body({"text/vtt": str, "application/x-subrip": str, "text/plain": str, "text/x-ssa": str}),
    curl="-T talk.vtt",
)
def put(job_id: str) -> Begun[StartedAnswer]:
    """Takes a caption file (SRT, WebVTT, SBV, ASS) in any encoding, has the video made again with it, says what is lost."""
    job = owned(job_id)
    content = _content()
    with waiting_again(backend(), job, caller().quotas):
        taken = replace_captions(backend(), job.id, content, charset=request.mimetype_params.get("charset"), by=caller().name)
    answer = serializers.started_answer(taken.job, "Captions accepted! Processing started.") | {"remarks": list(taken.remarks)}
    return Begun(answer, url_for("api.task", job_id=job.id))


@blueprint.delete("/task/<job_id>/captions")
@Call(errors=_AGAIN)
def drop(job_id: str) -> Begun[StartedAnswer]:
    """Has the video made again with the captions that are written by the service itself."""
    job = owned(job_id)
    with waiting_again(backend(), job, caller().quotas):
        again = restore_captions(backend(), job.id, by=caller().name)
    return Begun(
        serializers.started_answer(again, "Corrections dropped! Processing started."), url_for("api.task", job_id=job.id)
    )


def _content() -> bytes:
    """The body. Raises TooLargeError."""
    content = b"" if (request.content_length or 0) > _MOST_BYTES else request.stream.read(_MOST_BYTES + 1)
    if max(request.content_length or 0, len(content)) > _MOST_BYTES:
        raise TooLargeError(f"Captions may have at most {_MOST_BYTES // 1_000_000} MB.")
    return content
