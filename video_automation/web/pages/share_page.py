"""What guests see, who have nothing but a share link: a page of the result, and the files it plays and offers."""

import re
import time
from dataclasses import dataclass
from math import ceil
from pathlib import PurePath
from secrets import compare_digest
from typing import Final

from flask import Blueprint, render_template, request, url_for

from video_automation.access import shares
from video_automation.access.passwords import password_matches
from video_automation.access.shares import DownloadName, Share
from video_automation.editing.publishing.naming import safe_stem
from video_automation.editing.publishing.platforms import PLATFORMS
from video_automation.errors import GoneError, PasswordNeededError, TooLargeError, TooManyRequestsError, UnknownTaskError
from video_automation.jobs.housekeeping.written_records import find_job
from video_automation.jobs.model import Job
from video_automation.jobs.run.manifest import Artifact, Manifest
from video_automation.web.api import files, serializers
from video_automation.web.api.context import access, backend, wants_page
from video_automation.web.api.files import DOWNLOAD
from video_automation.web.api.platform_files import files_for, platform_named
from video_automation.web.api.responses import Archive, Content, Page, SeeOther
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call, Errors
from video_automation.web.schemas.body_schemas import PasswordForm
from video_automation.web.security.authentication import check_rate, client_address, open_to_all

blueprint = Blueprint("shared", __name__)

_COOKIE: Final = "share"
_MOST_BYTES: Final = 16_000
"""A password is shorter."""
_PLAYED: Final = frozenset(("video", "short", "cover", "still"))
"""The kinds of files that the page itself shows."""
_OFFERED: Final[dict[str, DownloadName]] = {"video": "video", "short": "clips", "captions": "captions"}
"""What a share link has to offer for a file of a kind to be saved."""
_LINE: Final = re.compile(r"\[(\d+):(\d\d)\] (.+)")
"""A paragraph of a transcript as it is kept: its time in the video, and its text."""
_REFUSED: Final[Errors] = {
    UnknownTaskError: ("unknown_link", "unknown_file"),
    GoneError: ("link_ended", "cleaned_up"),
    PasswordNeededError: (),
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a transcript, and when it begins in the video."""

    start_ms: int
    text: str


@blueprint.get("/s/<token>")
@open_to_all
@Call(errors=_REFUSED)
def page(token: str) -> Page:
    """The page of a share link: the video with its chapters, clips and transcript, and what may be downloaded."""
    try:
        job, share = _opened(token)
    except PasswordNeededError as error:
        if not wants_page():
            raise
        return Page(render_template("share_password.html", token=token), error.status)
    made = serializers.manifest(job)
    listed = {file.name: file for file in made.artifacts}
    whole = render_template(
        "share.html",
        token=token,
        made=made,
        share=share,
        title=_title(job, made),
        burned=job.params.captions.burn_captions,
        files=listed,
        video=listed.get(made.output_filename),
        still=next((file for file in made.artifacts if file.kind == "still"), None),
        track=next((file for file in made.artifacts if file.type == "text/vtt"), None),
        captions=[file for file in made.artifacts if file.kind == "captions" and not file.clip],
        clips=made.clips,
        platforms=[one for one in PLATFORMS.values() if any(_is_offered(file, share) for file in files_for(one, made))],
        paragraphs=_paragraphs(job, made),
    )
    return Page(whole)


@blueprint.post("/s/<token>")
@open_to_all
@Call(errors={**_REFUSED, TooLargeError: ()}, body=Body({FORM: PasswordForm}, required=False), curl="-d password=$PASSWORD")
def enter(token: str) -> SeeOther | Page:
    """Takes the field `password` of a share link that has one: the right one gives the cookie that opens the link."""
    request.max_content_length = _MOST_BYTES
    _, share = _linked(token)
    given = request.form.get("password", "")
    if share.password and not _is_right(given, share):
        wrong = PasswordNeededError("This password is not right.", code="wrong_password")
        if not wants_page():
            raise wrong
        return Page(render_template("share_password.html", token=token, trouble=wrong.sentence), wrong.status)
    place = url_for("shared.page", token=token)
    answer = SeeOther(place)
    if share.password:
        answer.set_cookie(
            _COOKIE,
            shares.password_pass(access().secret, share),
            path=place,
            max_age=ceil(share.until - time.time()),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return answer


@blueprint.get("/s/<token>/files/<name>")
@open_to_all
@Call(errors=_REFUSED, query=(DOWNLOAD,), curl="-O")
def file(token: str, name: str) -> Content:
    """A file of a share link's page, or a range of it; `?download=1` saves it, where the link offers that."""
    job, share = _opened(token)
    found = next((file for file in serializers.manifest(job).artifacts if file.name == name), None)
    saving = DOWNLOAD.given() not in (None, "", "0")
    if found is None or not (_is_offered(found, share) or (_is_played(found) and not saving)):
        raise UnknownTaskError("This link has no such file.", code="unknown_file")
    return files.sent(job, name)


@blueprint.get("/s/<token>/clips")
@open_to_all
@Call(errors=_REFUSED, curl="-o clips.zip")
def all_clips(token: str) -> Archive:
    """All clips as a zip, where a share link offers them."""
    job, share = _opened(token)
    made = serializers.manifest(job)
    found = [file.name for file in made.artifacts if file.kind == "short" and _is_offered(file, share)]
    if not found:
        raise UnknownTaskError("This link has no such file.", code="unknown_file")
    return files.zipped(((job, found, ""),), f"{safe_stem(_title(job, made))}_clips")


@blueprint.get("/s/<token>/platforms/<name>.zip")
@open_to_all
@Call(errors={**_REFUSED, UnknownTaskError: ("unknown_link", "unknown_platform", "unknown_file")}, curl="-O")
def platform_files(token: str, name: str) -> Archive:
    """Those files for a platform that a share link offers, with their pictures, as a zip."""
    job, share = _opened(token)
    made, platform = serializers.manifest(job), platform_named(name)
    found = [file for file in files_for(platform, made) if _is_offered(file, share) or _is_picture_of(file, share)]
    if not found:
        raise UnknownTaskError("This link has no such file.", code="unknown_file")
    return files.zipped(((job, [file.name for file in found], ""),), f"{safe_stem(_title(job, made))}_{platform.name}")


def _opened(token: str) -> tuple[Job, Share]:
    """The task whose result this link shows, once its password was given. Raises as `_linked`, and PasswordNeededError."""
    job, share = _linked(token)
    if share.password:
        kept = request.cookies.get(_COOKIE, "")
        if not compare_digest(kept.encode(), shares.password_pass(access().secret, share).encode()):
            raise PasswordNeededError("This link needs a password.")
    return job, share


def _linked(token: str) -> tuple[Job, Share]:
    """The task whose result this link shows, and the link's record.

    Raises:
        UnknownTaskError: nobody has made this link here.
        GoneError: it has ended, was turned off, or shows what was deleted.
        TooManyRequestsError: this address asks too often.
    """
    check_rate("requests", None)
    address = shares.address(access().secret, token)
    if address is None:
        raise UnknownTaskError("There is no such link.", code="unknown_link")
    try:
        job = find_job(backend(), address.job_id)
    except UnknownTaskError:
        job = None
    if job is None or job.share is None or not address.opens(job.share, time.time()):
        raise GoneError("This link does not work any more: it has ended, or was turned off.", code="link_ended")
    if job.cleaned or not job.output_filename:
        raise GoneError("The video behind this link was deleted.")
    return job, job.share


def _is_right(given: str, share: Share) -> bool:
    """Whether this is the password. Raises TooManyRequestsError where too many were tried from this address."""
    wait_s = access().throttle.take((f"passwords:{client_address()}",), access().rates.failures)
    if wait_s:
        raise TooManyRequestsError("Too many passwords came from your address. Wait a while.", retry_after_s=ceil(wait_s))
    return password_matches(given, share.password)


def _is_played(file: Artifact) -> bool:
    return file.kind in _PLAYED or file.type == "text/vtt"


def _is_offered(file: Artifact, share: Share) -> bool:
    return _OFFERED.get(file.kind) in share.downloads


def _is_picture_of(file: Artifact, share: Share) -> bool:
    """Whether it is the picture of what a share link offers."""
    return {"still": "video", "cover": "clips"}.get(file.kind) in share.downloads


def _title(job: Job, made: Manifest) -> str:
    """What guests read the video is called: its best title or, where it has none, the recording's name without its ending."""
    return made.titles[0].text if made.titles else PurePath(job.filename).stem or job.filename


def _paragraphs(job: Job, made: Manifest) -> list[Paragraph]:
    """What is said in the video, without what was cut from it."""
    found = next((file for file in made.artifacts if file.kind == "transcript" and file.type == "text/plain"), None)
    if found is None:
        return []
    text = backend().folders.of(job.id).file(job, found.name).read_text(encoding="utf-8")
    lines = filter(None, map(_LINE.fullmatch, text.splitlines()))
    return [
        Paragraph((int(minute) * 60 + int(second)) * 1000, said) for minute, second, said in (line.groups() for line in lines)
    ]
