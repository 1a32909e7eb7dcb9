"""The pages: upload, progress, result. They work without scripts, and better with them."""

from typing import Final

from flask import Blueprint, render_template, url_for

from video_automation.errors import GoneError, RequestError, StateError
from video_automation.jobs.housekeeping.retention import kept_until
from video_automation.jobs.lifecycle.transitions import check_done, check_editable
from video_automation.jobs.model import Job, State
from video_automation.jobs.revisions import stored
from video_automation.jobs.revisions.effort import changed
from video_automation.jobs.run.estimate import work_share
from video_automation.jobs.run.steps import QUEUED, STEPS
from video_automation.plan.time import ms_at
from video_automation.web.api import serializers, share_links
from video_automation.web.api.context import access, backend, caller, owned, owns, seen
from video_automation.web.api.responses import Page, SeeOther
from video_automation.web.catalog.task_rows import QUERY, listed_rows, poster
from video_automation.web.openapi.endpoint_docs import Call, Number
from video_automation.web.pages import language_choices

blueprint = Blueprint("pages", __name__)

RECENT = 12
"""Videos on a page of them."""
_GROUND = 20
"""How many of the latest tasks tell how long the work on a video takes here."""
_START: Final = Number("start", "How many tasks to leave out.", 0, least=0, most=10**9)
_STAGES = {QUEUED: "Waiting"} | {step.name: step.doing for step in STEPS}
"""What a page calls the stages of a job, in their order."""
_KINDS = {
    "video": "Video",
    "short": "Clip",
    "cover": "Cover of a clip",
    "still": "Thumbnail",
    "timeline": "Edit list",
    "captions": "Captions",
    "transcript": "Transcript",
    "plan": "Edit plan",
    "log": "Log",
}
"""What the kinds of files are called on a page."""

_TOO_LONG = (
    "Shorten the recording, choose a faster preset, or have task_soft_time_limit and task_time_limit raised in the settings."
)
_ADVICE = {
    "soft_time_limit": _TOO_LONG,
    "hard_time_limit": _TOO_LONG,
    "unknown_language": "Choose the language that is spoken, or have it detected; then try again.",
    "no_space": "Clean up tasks that are done, or make room on the disk; then try again.",
    "gave_up": "Most likely it is not your recording: ask whoever runs this service what ended the work, then try again.",
}
"""What a person can do next about a task that failed, by the code of its problem."""
_USUAL_ADVICE = "If it fails again, upload another export of the recording; the log of the task says what happened."


@blueprint.get("/")
@Call(errors={RequestError: ("wrong_number", "wrong_query")}, query=(QUERY, _START))
def home() -> Page:
    """Where videos are dropped, and those there are, some at a time from the latest on; with `q`, those it finds."""
    query, start = QUERY.given() or None, _START.given()
    rows, total = listed_rows(query, start=start, count=RECENT)
    return Page(render_template("home.html", rows=rows, total=total, query=query, start=start, count=RECENT, **_options()))


@blueprint.get("/result/<job_id>")
@Call(errors={GoneError: ()})
def result(job_id: str) -> Page | SeeOther:
    """The video, its files and what was done to it, also while they are made again; without a result, leads to the task."""
    job = seen(job_id)
    if not job.output_filename or job.state is State.REVIEW:
        return SeeOther(url_for("api.task", job_id=job.id))
    if job.state.ended:
        check_done(job)
    made = serializers.manifest(job)
    files = serializers.artifacts(job, made)
    video = next((file for file in files if file["name"] == made.output_filename), None)
    workspace = backend().folders.of(job.id)
    changes = changed(workspace, job)
    recording = workspace.storage.find(workspace.source)
    page = render_template(
        "result.html",
        job=job,
        mine=owns(job),
        link=share_links.link(job),
        video=video,
        track=serializers.track(job),
        corrected=changes.captions,
        recording_bytes=recording.bytes if recording else None,
        is_open=access().is_open,
        files=files,
        kinds=_KINDS,
        made=made,
        languages=language_choices.choices(),
        new_terms=[term for term in made.corrected if term not in backend().glossaries.of(job.owner)],
        clips=serializers.clips(job, made),
        changes=changes,
        kept_until=kept_until(job, backend().rules.retention),
        stills=[file for file in files if file["kind"] == "still"],
    )
    return Page(page)


@blueprint.get("/task/<job_id>/edit")
@Call(errors={StateError: ("not_done", "cancelled", "the code of what failed"), GoneError: ()})
def editor(job_id: str) -> Page:
    """The editor of a task's plan, once there is one; also while its video is made again."""
    job = owned(job_id)
    if job.state.ended:
        check_editable(job)
    return Page(render_template("editor.html", job=job, poster=poster(job), **_options()))


def progress(job: Job) -> Page | SeeOther:
    """How far a task is; leads to its result once that is there."""
    if job.state is State.SUCCESS:
        return SeeOther(url_for("pages.result", job_id=job.id))
    advice = _ADVICE.get(job.problem.code, _USUAL_ADVICE) if job.problem else None
    page = render_template(
        "task.html",
        job=job,
        mine=owns(job),
        task=serializers.task_answer(job),
        stages=_STAGES,
        advice=advice,
        languages=language_choices.choices(),
        planned=_planned(job) if job.state is State.REVIEW and not job.cleaned else None,
    )
    return Page(page)


def _options() -> dict[str, object]:
    """What the fields of options are made of, and how long the work on a video takes here."""
    latest, _ = backend().store.listed(caller().owner, start=0, count=_GROUND)
    return {
        "work_share": work_share(latest),
        "rules": backend().rules,
        "languages": language_choices.choices(),
        "model": language_choices.model(),
        "glossary": backend().glossaries.of(caller().owner),
        "brand": backend().brands.of(caller().owner),
    }


def _planned(job: Job) -> dict[str, object]:
    """What is shown of a plan that waits for a review."""
    document = stored.newest_document(backend().folders.of(job.id), job)
    kept_ms = ms_at(document.timeline.frames, document.source.picture.rate)
    return {
        "kept_ms": kept_ms,
        "duration_ms": document.source.duration_ms,
        "cuts": len(document.cuts),
        "clips": document.clips,
    }
