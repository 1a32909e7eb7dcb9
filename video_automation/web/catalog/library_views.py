"""Views on the list of videos: rename, delete, and download several videos at once."""

from collections.abc import Iterator
from typing import Final

from flask import Blueprint, render_template, request, url_for

from video_automation.editing.publishing.naming import safe_stem
from video_automation.errors import RequestError, StateError, TooLargeError
from video_automation.jobs.catalog.shelving import rename, take_out
from video_automation.jobs.lifecycle.transitions import cleaned
from video_automation.jobs.model import Job
from video_automation.web.api import serializers
from video_automation.web.api.context import backend, caller, owned
from video_automation.web.api.files import zipped
from video_automation.web.api.request_values import values
from video_automation.web.api.responses import JSON, Archive, Ok, Page, SeeOther
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call, QueryText
from video_automation.web.schemas.answers import MessageAnswer, TaskAnswer
from video_automation.web.schemas.body_schemas import NameWish, TasksForm
from video_automation.web.uploads.form_upload import neat_line

blueprint = Blueprint("library", __name__)

_TASK: Final = QueryText("task", "The id of a task; give `task` once for each.")


@blueprint.patch("/task/<job_id>")
@Call(
    errors={RequestError: ("wrong_name",), TooLargeError: ()},
    body=Body({JSON: NameWish}),
    curl='--json \'{"name": "Interview"}\'',
)
def rename_task(job_id: str) -> Ok[TaskAnswer]:
    """Gives a task another name. Its files keep their names, so that links and edit lists still work."""
    return Ok(serializers.brief(_renamed(job_id)))


@blueprint.post("/task/<job_id>/name")
@Call(errors={RequestError: ("wrong_name",), TooLargeError: ()}, body=Body({FORM: NameWish}), curl="-d name=Interview")
def rename_by_form(job_id: str) -> SeeOther:
    """Gives a task another name, for a page without scripts; leads back to the list."""
    _renamed(job_id)
    return SeeOther(url_for("pages.home"))


@blueprint.delete("/task/<job_id>")
@Call(errors={StateError: ()})
def delete_task(job_id: str) -> Ok[MessageAnswer]:
    """Deletes the files of a task, and removes it from the list. A task that counts for a quota stays in the list for a day."""
    job = owned(job_id)
    if take_out(backend(), job, caller().quotas):
        return Ok({"message": "Deleted."})
    return Ok(
        {"message": "The files are deleted. The task stays in the list for a day, since it counts for what your key allows."}
    )


@blueprint.get("/delete")
@Call(query=(_TASK,))
def ask_to_delete() -> Page:
    """The page that asks whether to delete some tasks."""
    return Page(render_template("delete.html", jobs=[owned(job_id) for job_id in _chosen(request.args.getlist("task"))]))


@blueprint.post("/delete")
@Call(errors={StateError: ()}, body=Body({FORM: TasksForm}), curl="-d task=$ID")
def delete_tasks() -> SeeOther:
    """Deletes several tasks, or none if one of them has not ended; leads to the list."""
    jobs = [owned(job_id) for job_id in _chosen(request.form.getlist("task"))]
    for job in jobs:
        cleaned(job)
    for job in jobs:
        take_out(backend(), job, caller().quotas)
    return SeeOther(url_for("pages.home"))


@blueprint.get("/archive")
@Call(errors={StateError: ("not_done",)}, query=(_TASK,), curl="-G -d task=$ID -o videos.zip")
def archive_of_several() -> Archive:
    """All files of several tasks as one zip, with a folder for each task. Tasks without files are left out."""
    jobs = [owned(job_id) for job_id in _chosen(request.args.getlist("task"))]
    ready = [job for job in jobs if job.output_filename and not job.cleaned]
    if not ready:
        raise StateError("None of these videos is ready to download.", code="not_done")
    return zipped(
        (
            (job, [file.name for file in serializers.manifest(job).artifacts], f"{folder}/")
            for job, folder in zip(ready, _folders(ready), strict=True)
        ),
        "videos",
    )


def _renamed(job_id: str) -> Job:
    job = owned(job_id)
    name = neat_line(values(code="wrong_name").get("name", ""))
    if not name:
        raise RequestError("Give the video a name that can be seen.", code="wrong_name")
    return rename(backend(), job.id, name)


def _chosen(ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _folders(jobs: list[Job]) -> Iterator[str]:
    """The name of a folder for each job, no two alike, also on a disk that ignores case."""
    taken: set[str] = set()
    for job in jobs:
        stem = safe_stem(job.name)
        name = next(
            name for at in range(1, len(jobs) + 1) if (name := stem if at == 1 else f"{stem} ({at})").casefold() not in taken
        )
        taken.add(name.casefold())
        yield name
