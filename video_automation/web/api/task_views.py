"""The API on tasks: list them, show one and its result, cancel it, try it again, remove its files."""

from typing import Final

from flask import Blueprint, url_for

from video_automation.errors import GoneError, RequestError, StateError, TooLargeError
from video_automation.jobs.housekeeping.retention import kept_until
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.lifecycle.cleanup import cleanup
from video_automation.jobs.lifecycle.retry import retry
from video_automation.jobs.lifecycle.transitions import check_done
from video_automation.jobs.model import State
from video_automation.jobs.policy.quota import waiting_again
from video_automation.web.api import serializers
from video_automation.web.api.context import backend, caller, owned, seen, wants_page
from video_automation.web.api.request_values import values
from video_automation.web.api.responses import JSON, Accepted, Begun, Fresh, NotReady, Page, SeeOther
from video_automation.web.catalog.task_rows import QUERY, listed_rows
from video_automation.web.openapi.endpoint_docs import FORM, Body, Call, Number
from video_automation.web.openapi.usual_errors import QUEUED_AGAIN
from video_automation.web.pages import page_views
from video_automation.web.schemas.answers import MessageAnswer, ResultAnswer, StateAnswer, TaskAnswer
from video_automation.web.schemas.catalog_answers import TasksAnswer

blueprint = Blueprint("api", __name__)

_START: Final = Number("start", "How many tasks to skip.", 0, least=0, most=10**9)
_COUNT: Final = Number("count", "How many tasks to list at most.", 50, least=1, most=200)


@blueprint.get("/task/<job_id>")
def task(job_id: str) -> Fresh[TaskAnswer] | Page | SeeOther:
    """The state of a task, as JSON or as a page."""
    job = seen(job_id)
    answer = page_views.progress(job) if wants_page() else Fresh(serializers.task_answer(job))
    answer.vary.add("Accept")
    return answer


@blueprint.get("/task/<job_id>/result")
@Call(errors={StateError: ("cancelled", "the code of what failed"), GoneError: ()})
def result(job_id: str) -> Fresh[ResultAnswer] | NotReady[TaskAnswer]:
    """The result of a task."""
    job = seen(job_id)
    if not job.state.ended or job.state is State.REVIEW:
        return NotReady(serializers.task_answer(job) | {"links": serializers.links(job)})
    check_done(job)
    made = serializers.manifest(job)
    return Fresh(
        {
            "status": "SUCCESS",
            "output_filename": made.output_filename,
            "message": "Video processed successfully!",
            "artifacts": serializers.artifacts(job, made),
            "clips": serializers.clips(job, made),
            "transcript": serializers.transcript(job, made),
            **serializers.language_answer(made.language, made.certainty),
            "languages": made.languages,
            "unwritten": made.unwritten,
            "speakers": made.speakers,
            **serializers.packaging_answer(made),
            "stats": serializers.stats(made),
            "remarks": made.remarks,
            "kept_until": serializers.moment(kept_until(job, backend().rules.retention)),
            "links": serializers.links(job),
            **serializers.failure(job),
        }
    )


@blueprint.post("/task/<job_id>/cleanup")
@Call(errors={StateError: ()})
def cleanup_task(job_id: str) -> Accepted[MessageAnswer] | SeeOther:
    """Removes the files of a task."""
    cleanup(backend(), owned(job_id).id)
    return SeeOther(url_for("pages.home")) if wants_page() else Accepted({"message": "Cleanup task started"})


@blueprint.post("/task/<job_id>/cancel")
@Call(errors={StateError: ()})
def cancel_task(job_id: str) -> Accepted[StateAnswer] | SeeOther:
    """Cancels a task."""
    job = cancel_job(backend(), owned(job_id).id)
    if wants_page():
        return SeeOther(url_for("api.task", job_id=job.id))
    return Accepted({"message": "Cancellation requested", "task_id": job.id, "state": job.state, "status": job.status})


@blueprint.post("/task/<job_id>/retry")
@Call(
    errors={
        RequestError: ("unknown_option", "wrong_option", "unknown_language", "unknown_preset"),
        StateError: ("wrong_state", "done"),
        TooLargeError: (),
        **QUEUED_AGAIN,
    },
    body=Body({JSON: "Options", FORM: "OptionsForm"}, required=False),
    curl="-H 'Content-Type: application/json' -d '{\"aspect\": \"1:1\"}'",
)
def retry_task(job_id: str) -> Begun[StateAnswer] | SeeOther:
    """Tries a task again, with the options in the request changed."""
    before, options = owned(job_id), values(code="wrong_option")
    with waiting_again(backend(), before, caller().quotas):
        job = retry(backend(), before.id, options, by=caller().name)
    place = url_for("api.task", job_id=job.id)
    if wants_page():
        return SeeOther(place)
    return Begun({"message": "Retry accepted", "task_id": job.id, "state": job.state, "status": job.status}, place)


@blueprint.get("/tasks")
@Call(errors={RequestError: ("wrong_number", "wrong_query")}, query=(QUERY, _START, _COUNT))
def tasks() -> Fresh[TasksAnswer]:
    """The caller's tasks, newest first, a page at a time; operators see everybody's. With `q`, only the tasks it finds."""
    query, start, count = QUERY.given() or None, _START.given(), _COUNT.given()
    rows, total = listed_rows(query, start=start, count=count)
    after = url_for("api.tasks", q=query, start=start + count, count=count) if start + count < total else None
    return Fresh({"tasks": rows, "total": total, "start": start, "count": len(rows), "next": after})
