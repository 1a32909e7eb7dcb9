"""Receives an upload as a form: writes its file straight into the folder of a new task as it arrives."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from uuid import uuid4

from flask import Blueprint, request, url_for

from video_automation.errors import (
    InputError,
    RequestError,
    TooLargeError,
    UnsupportedError,
)
from video_automation.jobs.lifecycle.idempotency import Claim, claimed
from video_automation.jobs.lifecycle.submit import new_job, submit
from video_automation.jobs.model import Job
from video_automation.jobs.policy.job_params import Wishes, upload_wishes
from video_automation.jobs.policy.quota import allowed
from video_automation.jobs.uploads.first_bytes import as_video
from video_automation.jobs.uploads.pending_uploads import PendingUpload
from video_automation.jobs.uploads.receive import check_size, expecting, receiving
from video_automation.web.api import serializers
from video_automation.web.api.context import backend, caller, wants_page
from video_automation.web.api.responses import Begun, SeeOther
from video_automation.web.openapi.endpoint_docs import MULTIPART, Body, Call, Header
from video_automation.web.openapi.usual_errors import NEW_TASK, WRONG_WISHES
from video_automation.web.schemas.answers import StartedAnswer
from video_automation.web.uploads.form_reader import BESIDE, FormField, form_fields

blueprint = Blueprint("uploads", __name__)

_LONGEST_NAME: Final = 255
_LONGEST_KEY: Final = 200
_KEY: Final = Header(
    "Idempotency-Key",
    "If an upload is sent again with the same key and the same video, it makes no second task.",
    rf"^[!-~]([ -~]{{0,{_LONGEST_KEY - 2}}}[!-~])?$",
)
_OF_THE_FILE: Final = frozenset(("filename", "filetype", "name", "relativePath", "type"))
"""Fields about the file that Uppy and other clients send: they are not options."""
_NO_FILE: Final = "Choose a video to upload: the form's field “file” holds none."
_NO_TEXT: Final = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode categories that are removed from names: control characters, surrogates, private and unassigned ones, line ends."""
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Invisible characters (Unicode's Default_Ignorable_Code_Point, the blank Braille pattern), and those that change the
direction of writing: they can make one name look like another. The two joiners and the variation selectors stay, since some
scripts and emoji need them."""


@blueprint.post("/upload")
@Call(
    errors={
        RequestError: (
            "no_file",
            "no_form",
            "broken_form",
            "unknown_option",
            *WRONG_WISHES,
            "wrong_key",
            "connection_lost",
        ),
        TooLargeError: ("too_large", "too_long", "quota_bytes"),
        UnsupportedError: ("unsupported_media", "not_a_film"),
        InputError: ("unusable_input", "empty", "too_slow", "too_few_pixels", "idempotency_key_reused"),
        **NEW_TASK,
    },
    headers=(_KEY,),
    body=Body({MULTIPART: "Upload"}),
    curl="-F file=@talk.mp4 -F longest_pause_ms=700",
)
def upload() -> Begun[StartedAnswer] | SeeOther:
    """Takes a video and its options, and queues a task for it."""
    length, most = request.content_length, backend().rules.max_upload_bytes
    check_size((length or 0) - BESIDE, most)
    form = form_fields(request.environ["wsgi.input"], content_type=request.content_type or "", length=length, most=most)
    key = request.headers.get("Idempotency-Key")
    job = _new(form) if key is None else _once(_checked(key), form)
    place = url_for("api.task", job_id=job.id)
    if wants_page():
        return SeeOther(place)
    begun = serializers.started_answer(job, "Video upload successful! Processing started.")
    return Begun(begun | {"filename": job.filename}, place)


def shown_name(name: str) -> str:
    """The name of a file as it is shown (`neat_name`). Raises RequestError if nothing of the name is left."""
    neat = neat_name(name)
    if not neat:
        raise RequestError(_NO_FILE, code="no_file")
    return neat


def neat_name(name: str) -> str:
    """The name of a file as it is shown: like `neat_line`, and without folders."""
    return neat_line(name.replace("\\", "/").rpartition("/")[2])


def neat_line(text: str) -> str:
    """A text as it is shown as a name: one line without invisible characters, at most 255 long; empty if nothing is left."""
    visible = _INVISIBLE.sub("", "".join(c for c in text if unicodedata.category(c) not in _NO_TEXT))
    neat = " ".join(visible.split())[:_LONGEST_NAME].rstrip()
    return neat if neat.strip(". \u200c\u200d\ufe0e\ufe0f") else ""


def _new(form: Iterator[FormField], claim: Claim | None = None) -> Job:
    """Makes a new task from the form."""
    job_id, length = str(uuid4()), min(request.content_length or 0, backend().rules.max_upload_bytes)
    expected = PendingUpload(job_id, caller().owner, "", length, backend().rules.defaults, resumable=False)
    with expecting(backend(), expected, caller().quotas):
        return submit(backend(), _received(job_id, form, claim), caller().quotas)


def _once(key: str, form: Iterator[FormField]) -> Job:
    """The task that an earlier upload made with this key and the same video, or else a new one."""
    with claimed(backend(), owner=caller().owner, key=key) as claim:
        earlier = claim.earlier()
        if earlier is None:
            return _new(form, claim)
    video, options = _video(form)
    earlier.check_same(video.blocks)
    _wishes(form, options)
    return earlier.job


def _checked(key: str) -> str:
    """The key, if it is a valid Idempotency-Key. Raises RequestError if not."""
    if not (key.isascii() and key.isprintable() and 1 <= len(key) <= _LONGEST_KEY):
        raise RequestError(f"An Idempotency-Key has 1 to {_LONGEST_KEY} printable ASCII characters.", code="wrong_key")
    return key


def _received(job_id: str, form: Iterator[FormField], claim: Claim | None) -> Job:
    """A new job with this id, after its recording is on disk. Options may come before the file or after it."""
    video, options = _video(form)
    name, first = shown_name(video.filename or ""), upload_wishes(backend(), caller().owner, options)
    job = new_job(filename=name, owner=caller().owner, params=first.params, quotas=caller().quotas, job_id=job_id)
    blocks = as_video(video.blocks)
    if request.content_length is None:
        blocks = allowed(backend(), job.owner, caller().quotas, blocks, but=job.id)
    with receiving(backend(), job.id) as incoming:
        for block in claim.noted(job.id, blocks) if claim else blocks:
            incoming.write(block)
        wishes = _wishes(form, options)
        return replace(job, params=wishes.params, webhook_url=wishes.webhook_url)


def _wishes(rest: Iterator[FormField], options: dict[str, str]) -> Wishes:
    """The wishes in these options and in the rest of the form. Raises RequestError if one is wrong."""
    for part in rest:
        options |= _option(part)
    return upload_wishes(backend(), caller().owner, options)


def _video(form: Iterator[FormField]) -> tuple[FormField, dict[str, str]]:
    """The video of a form, and the options before it. Raises RequestError if there is no video."""
    options: dict[str, str] = {}
    for part in form:
        if part.name == "file" and part.filename is not None:
            return part, options
        options |= _option(part)
    raise RequestError(_NO_FILE, code="no_file")


def _option(part: FormField) -> dict[str, str]:
    if part.name == "file":
        raise RequestError("Send one video at a time, as a file.", code="no_file")
    return {} if part.filename is not None or part.name in _OF_THE_FILE else {part.name: part.text()}
