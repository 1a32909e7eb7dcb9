"""Receives uploads in pieces by the tus 1.0 protocol (https://tus.io/protocols/resumable-upload)."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final

from flask import Blueprint, request, url_for
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date
from werkzeug.wrappers import Response

from video_automation.errors import (
    ChecksumError,
    InputError,
    LockedError,
    RequestError,
    StateError,
    TooLargeError,
    TooManyRequestsError,
    UnknownTaskError,
    UnsupportedError,
    VersionError,
)
from video_automation.jobs.lifecycle.submit import PATIENCE_S
from video_automation.jobs.model import Job
from video_automation.jobs.policy.job_params import upload_wishes
from video_automation.jobs.policy.quota import admitted
from video_automation.jobs.uploads.pending_uploads import UNFINISHED_S, PendingUpload, arrived_at, arrived_bytes, pending_upload
from video_automation.jobs.uploads.resumable import (
    ALGORITHMS,
    begin_upload,
    cancel_upload,
    finish_upload,
    receive,
    remove_upload,
)
from video_automation.web.api.context import backend, caller, owned
from video_automation.web.api.responses import Announced, Ended, Possible, Received, UploadStatus
from video_automation.web.openapi.endpoint_docs import Body, Call, Header
from video_automation.web.openapi.usual_errors import NEW_TASK, WRONG_WISHES
from video_automation.web.uploads.form_upload import neat_name
from video_automation.web.uploads.tus_headers import PATH, checksum, metadata

blueprint = Blueprint("resumable", __name__)

_VERSION: Final = "1.0.0"
_EXTENSIONS: Final = "creation,creation-with-upload,termination,expiration,checksum"
_PIECE: Final = "application/offset+octet-stream"
_BLOCK: Final = 1 << 16
"""Bytes read from a connection at a time. If it breaks off, a block that has not arrived whole is lost, so blocks are small."""
_READ_ON: Final = 16 << 20
"""Bytes of a refused piece that are read before the response: more than known clients send in a piece."""
_MOST_DIGITS: Final = 18
_NAMELESS: Final = "video"
"""The name of an upload whose client gives none."""
_SPOKEN: Final = Header("Tus-Resumable", "The version of the tus protocol.", rf"^{re.escape(_VERSION)}$", required=True)
_UPLOAD_LENGTH: Final = Header("Upload-Length", "How many bytes the video has.", r"^[1-9][0-9]{0,17}$", required=True)
_UPLOAD_OFFSET: Final = Header("Upload-Offset", "At which byte of the video the piece begins.", r"^[0-9]{1,18}$", required=True)
_UPLOAD_METADATA: Final = Header(
    "Upload-Metadata",
    "`filename` (or `name`) and options of an upload, each with its text in base64; other keys are ignored.",
    "^filename |,filename ",
)
_UPLOAD_CHECKSUM: Final = Header("Upload-Checksum", "`sha1` or `sha256`, then the checksum of the piece in base64.", "")
_UNKNOWN: Final = ("unknown_task", "unknown_upload")
_OF_PIECES: Final = {
    RequestError: (
        *("wrong_number", "wrong_metadata", "wrong_checksum_header", "no_length", "no_concatenation"),
        *WRONG_WISHES,
        "connection_lost",
    ),
    VersionError: (),
    UnknownTaskError: _UNKNOWN,
    ChecksumError: (),
    TooLargeError: ("too_large", "longer_than_announced", "quota_bytes"),
    UnsupportedError: ("wrong_type", "unsupported_media", "not_a_film"),
    InputError: (),
    StateError: ("wrong_offset",),
    LockedError: (),
    **NEW_TASK,
}


@blueprint.before_request
def _check_version() -> None:
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != _VERSION:
        raise VersionError(f"Say “Tus-Resumable: {_VERSION}”: that is the version of the protocol spoken here.")


@blueprint.after_app_request
def _tell_version(answer: Response) -> Response:
    if request.path == PATH or request.path.startswith(f"{PATH}/"):
        answer.headers["Tus-Resumable"] = _VERSION
        if answer.status_code == VersionError.status:
            answer.headers["Tus-Version"] = _VERSION
    return answer


@blueprint.route(PATH, methods=["OPTIONS"])
def offered() -> Possible:
    """The version and the extensions of the tus protocol that this service supports."""
    return Possible(
        {
            "Tus-Version": _VERSION,
            "Tus-Extension": _EXTENSIONS,
            "Tus-Max-Size": str(backend().rules.max_upload_bytes),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


@blueprint.post(PATH)
@Call(
    errors=_OF_PIECES | {TooManyRequestsError: ("too_many_requests", "too_many_unfinished")},
    headers=(_SPOKEN, _UPLOAD_LENGTH, _UPLOAD_METADATA),
    curl=f'-H "Tus-Resumable: {_VERSION}" -H "Upload-Length: 1000" -H "Upload-Metadata: filename dGFsay5tcDQ="',
)
def create() -> Announced:
    """Begins an upload. The request may bring the first piece."""
    if "Upload-Defer-Length" in request.headers:
        raise RequestError("Say how long the video is (Upload-Length): without that no upload begins.", code="no_length")
    if "Upload-Concat" in request.headers:
        raise RequestError(
            "Send the video as one upload, its pieces one after another (no Upload-Concat).", code="no_concatenation"
        )
    length = _number("Upload-Length")
    names, options = metadata(request.headers.get("Upload-Metadata", ""))
    filename = next(filter(None, map(neat_name, names)), _NAMELESS)
    wishes = upload_wishes(backend(), caller().owner, options)
    with admitted(backend(), caller().owner, caller().quotas, length):
        upload = begin_upload(backend(), owner=caller().owner, filename=filename, wishes=wishes, length=length)
    try:
        headers = _taken(upload, offset=0, patience_s=PATIENCE_S) if request.mimetype == _PIECE else _stand(upload)
    except BaseException:  # the client never learns the upload's address, so it cannot go on
        remove_upload(backend(), upload.id)
        raise
    return Announced(headers | {"Location": url_for("resumable.state", job_id=upload.id)})


@blueprint.route(f"{PATH}/<job_id>", methods=["HEAD"])
@Call(errors=_OF_PIECES, headers=(_SPOKEN,), curl=f'-I -H "Tus-Resumable: {_VERSION}"')
def state(job_id: str) -> UploadStatus:
    """How much of an upload has arrived; for a complete one, its task."""
    upload = _known(job_id)
    headers = _stand(upload) if isinstance(upload, PendingUpload) else _done(upload)
    return UploadStatus(headers | {"Cache-Control": "no-store"})


@blueprint.patch(f"{PATH}/<job_id>")
@Call(
    errors=_OF_PIECES,
    headers=(_SPOKEN, _UPLOAD_OFFSET, _UPLOAD_CHECKSUM),
    body=Body({_PIECE: bytes}),
    curl=f'-H "Tus-Resumable: {_VERSION}" -H "Upload-Offset: 0" -H "Content-Type: {_PIECE}" --data-binary @talk.mp4',
)
def send(job_id: str) -> Received:
    """Takes the next piece of an upload. After the last piece the upload becomes a task."""
    if request.mimetype != _PIECE:
        raise UnsupportedError(f"Send a piece of a video as “Content-Type: {_PIECE}”.", code="wrong_type")
    offset, upload = _number("Upload-Offset"), _known(job_id)
    if isinstance(upload, PendingUpload):
        return Received(_taken(upload, offset=offset))
    raise StateError("This upload is complete.", code="wrong_offset")


@blueprint.delete(f"{PATH}/<job_id>")
@Call(
    errors={UnknownTaskError: _UNKNOWN, VersionError: (), StateError: ("done",), LockedError: ()},
    headers=(_SPOKEN,),
    curl=f'-H "Tus-Resumable: {_VERSION}"',
)
def cancel(job_id: str) -> Ended:
    """Cancels an upload and removes what has arrived."""
    cancel_upload(backend(), _known(job_id).id)
    return Ended({})


def _known(job_id: str) -> PendingUpload | Job:
    """The caller's upload, or the task it has become. Raises UnknownTaskError if there is none, or it is somebody else's."""
    with suppress(UnknownTaskError):
        upload = pending_upload(backend().folders.of(job_id))
        if upload.owner == caller().owner:
            return upload
    return owned(job_id)


def _taken(upload: PendingUpload, *, offset: int, patience_s: float | None = None) -> dict[str, str]:
    """Receives the piece in the request; gives the headers that describe the upload after it."""
    blocks = _blocks()
    try:
        receive(backend(), upload, blocks, offset=offset, checksum=checksum(request.headers.get("Upload-Checksum")))
    except UnsupportedError:
        for _ in islice(blocks, _READ_ON // _BLOCK):
            pass  # a client that is still sending would see a lost connection, and start over
        raise
    return _stand(upload, patience_s)


def _stand(upload: PendingUpload, patience_s: float | None = None) -> dict[str, str]:
    """The headers that describe an upload. A complete upload becomes a task here, if it is none yet."""
    workspace = backend().folders.of(upload.id)
    arrived = arrived_bytes(workspace)
    if arrived == upload.length:
        return _done(finish_upload(backend(), upload, caller().quotas, patience_s=patience_s))
    expires = http_date(arrived_at(workspace) + UNFINISHED_S)
    return {"Upload-Offset": str(arrived), "Upload-Length": str(upload.length), "Upload-Expires": expires}


def _done(job: Job) -> dict[str, str]:
    """The headers that describe an upload that has become a task."""
    length = str(arrived_bytes(backend().folders.of(job.id)))
    return {"Upload-Offset": length, "Upload-Length": length, "Location": url_for("api.task", job_id=job.id)}


def _blocks() -> Iterator[bytes]:
    """The body of the request, block by block as it arrives. Raises RequestError if the connection is lost."""
    request.max_content_length = backend().rules.max_upload_bytes  # the body is never held in memory
    try:
        while block := request.stream.read(_BLOCK):
            yield block
    except (OSError, ClientDisconnected):
        raise RequestError("The connection was lost. Go on from what has arrived.", code="connection_lost") from None


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise RequestError(f"“{header}” must be a number of bytes.", code="wrong_number")
    return int(text)
