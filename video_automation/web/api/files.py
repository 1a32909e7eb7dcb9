"""The files of a finished task: single files, also in ranges, or all as a zip. No file is removed while it is being sent."""

import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final, cast
from urllib.parse import quote

from flask import Blueprint, request, send_file
from werkzeug.wsgi import FileWrapper
from zipstream import ZipStream

from video_automation.editing.publishing.naming import safe_stem
from video_automation.errors import GoneError, StateError, UnknownTaskError
from video_automation.jobs.lifecycle.transitions import check_done
from video_automation.jobs.locks import shared_lock
from video_automation.jobs.model import Job
from video_automation.jobs.workspace import LOG, MANIFEST, OFFERED, SAID
from video_automation.web.api import serializers
from video_automation.web.api.context import backend, seen
from video_automation.web.api.platform_files import files_for, platform_named, texts_for
from video_automation.web.api.responses import Archive, Content
from video_automation.web.openapi.endpoint_docs import Call, QueryText
from video_automation.web.openapi.usual_errors import NO_RESULT

blueprint = Blueprint("files", __name__)

_SRT: Final = "application/x-subrip"
"""This type is a text, though its name does not begin with `text/`."""
_BLOCK: Final = 1 << 18
"""Bytes read at a time. Measured: with Werkzeug's 8 KiB a download over loopback takes twice as long."""
DOWNLOAD: Final = QueryText("download", "`1` makes a browser save the file instead of showing it.")
_KIND: Final = QueryText("kind", "Only files of this kind, such as `short`.")
_CALLED: Final = {"short": "_clips", "still": "_thumbnails", "captions": "_captions"}
"""The ending of the archive's name, by the kind of files in it."""
Zipped = tuple[Job, Iterable[str], str]
"""A task, the names of its files that are in a zip, and what their names in the zip begin with: a folder, or nothing."""


@blueprint.get("/task/<job_id>/files/<name>")
@Call(errors={UnknownTaskError: ("unknown_task", "unknown_file"), GoneError: ()}, query=(DOWNLOAD,), curl="-O")
def file(job_id: str, name: str) -> Content:
    """A file of a task, or a range of it. `?download=1` makes a browser save it instead of showing it."""
    return sent(seen(job_id), name)


def sent(job: Job, name: str) -> Content:
    """The response with a file of a task. A text that a browser opens as a page is sandboxed: it has no origin."""
    _check_there(job)
    folder = backend().folders.of(job.id)
    with shared_lock(folder.log):
        return sent_file(job, folder.file(job, name), _type(job, name))


def sent_file(job: Job, path: Path, media: str) -> Content:
    """The response with this file of a task, or a range of it; the task's files are kept until it has been sent."""
    request.environ["wsgi.file_wrapper"] = _in_blocks
    ranges, before = request.range, request.headers.get("If-Range", "")
    if not ranges or ranges.units != "bytes" or len(ranges.ranges) > 1 or before.startswith("W/"):
        # a range that is not supported, or that continues a compressed response: RFC 9110 sends the whole file then
        request.environ.pop("HTTP_RANGE", None)
    save = DOWNLOAD.given() not in (None, "", "0")
    with ExitStack() as use:
        use.enter_context(shared_lock(backend().folders.of(job.id).log))
        found = send_file(path, mimetype=media, as_attachment=save, download_name=path.name, conditional=True)
        answer = cast("Content", Content.force_type(found))
        answer.direct_passthrough = False  # otherwise the server would not call the response's close
        answer.call_on_close(use.pop_all().close)
    if not (answer.mimetype or "").startswith(("video/", "image/")):  # a sandboxed video could not load itself
        answer.headers.add("Content-Security-Policy", "sandbox")
    if answer.mimetype == _SRT:
        answer.content_type = f"{_SRT}; charset=utf-8"
    return answer


@blueprint.get("/task/<job_id>/archive")
@Call(errors={StateError: NO_RESULT, GoneError: ()}, query=(_KIND,), curl="-o talk.zip")
def archive(job_id: str) -> Archive:
    """All files of a finished task, or those of one `?kind=`, as a zip without compression, made while it is sent."""
    job = seen(job_id)
    check_done(job)
    kind = _KIND.given()
    found = [artifact.name for artifact in serializers.manifest(job).artifacts if kind in (None, artifact.kind)]
    return zipped(((job, (*found, MANIFEST), ""),), f"{safe_stem(job.filename)}{_CALLED.get(kind or '', '')}")


@blueprint.get("/task/<job_id>/platforms/<name>.zip")
@Call(
    errors={
        UnknownTaskError: ("unknown_task", "unknown_platform"),
        StateError: ("not_done", "cancelled", "the code of what failed"),
        GoneError: (),
    },
    curl="-O",
)
def platform_archive(job_id: str, name: str) -> Archive:
    """What is published on a platform, as a zip: video or clips, their pictures and captions, and the texts to paste."""
    job, platform = seen(job_id), platform_named(name)
    check_done(job)
    made = serializers.manifest(job)
    texts = {f"{platform.name}.txt": texts_for(platform, made)}
    names = [file.name for file in files_for(platform, made)]
    return zipped(((job, names, ""),), f"{safe_stem(job.filename)}_{platform.name}", texts)


def zipped(parts: Iterable[Zipped], stem: str, texts: Mapping[str, str] = MappingProxyType({})) -> Archive:
    """The response with these files of finished tasks as a zip, named `stem`; the files are kept until it has been sent.

    `texts` are more files, by their names.
    """
    packed = ZipStream(sized=True)
    with ExitStack() as use:
        for job, names, folder in parts:
            place = backend().folders.of(job.id)
            use.enter_context(shared_lock(place.log))
            for name in names:
                packed.add_path(place.file(job, name), f"{folder}{name}")
        for name, text in texts.items():
            packed.add(text.encode(), name)
        answer = Archive(packed, mimetype="application/zip")
        answer.call_on_close(use.pop_all().close)
    answer.content_length = len(packed)
    answer.headers.set("Content-Disposition", "attachment", **_names(stem))
    return answer


def _names(stem: str) -> dict[str, str]:
    """The parameters of `Content-Disposition`: the archive's name, and an ASCII form of it for programs that read only that."""
    if stem.isascii():
        return {"filename": f"{stem}.zip"}
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().strip("._-")
    return {"filename": f"{plain or 'video'}.zip", "filename*": f"UTF-8''{quote(stem)}.zip"}


def _check_there(job: Job) -> None:
    if job.cleaned:
        raise GoneError("The files of this task were cleaned up.")


def _type(job: Job, name: str) -> str:
    if name in (LOG, SAID):
        return "text/plain"
    if name in (MANIFEST, OFFERED):
        return "application/json"
    listed = serializers.so_far(job) or serializers.manifest(job)
    return next(artifact.type for artifact in listed.artifacts if artifact.name == name)


def _in_blocks(file: IO[bytes], _: int) -> FileWrapper:
    return FileWrapper(file, _BLOCK)
