"""The API on tasks: where one stands, what came of it, which there are, how to end one, try one again, remove its files."""

from flask import Blueprint, Response, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from video_automation.jobs.cancel import cancel
from video_automation.jobs.cleanup import cleanup
from video_automation.jobs.retention import kept_until
from video_automation.jobs.retry import retry
from video_automation.jobs.steps import check_done
from video_automation.web import pages, shown
from video_automation.web.context import backend, caller, number, owned, seen, wants_page
from video_automation.web.wishes import values

blueprint = Blueprint("api", __name__)

_PAGE_LENGTH = 50
_LONGEST_PAGE = 200


@blueprint.get("/task/<job_id>")
def task(job_id: str) -> AnyResponse:
    """Where a task stands; as a page for people."""
    job = seen(job_id)
    answer = make_response(pages.progress(job)) if wants_page() else _revalidated(jsonify(shown.whole(job)))
    answer.vary.add("Accept")
    return answer


@blueprint.get("/task/<job_id>/result")
def result(job_id: str) -> AnyResponse:
    """What came of a task."""
    job = seen(job_id)
    if not job.state.ended:
        answer = jsonify(shown.whole(job) | {"links": shown.links(job)})
        answer.status_code = 202
        answer.headers["Retry-After"] = "2"
        return answer
    check_done(job)
    made = shown.manifest(job)
    return _revalidated(
        jsonify(
            status="SUCCESS",
            output_filename=made.output_filename,
            message="Video processed successfully!",
            artifacts=shown.artifacts(job, made),
            clips=shown.clips(job, made),
            transcript=shown.transcript(job, made),
            **shown.packaging(made),
            stats=shown.stats(made),
            remarks=made.remarks,
            kept_until=shown.moment(kept_until(job, backend().rules.retention)),
            links=shown.links(job),
            **shown.problem(job),
        )
    )


@blueprint.post("/task/<job_id>/cleanup")
def cleanup_task(job_id: str) -> AnyResponse:
    """Removes the files of a task."""
    cleanup(backend(), owned(job_id).id)
    return redirect(url_for("pages.home"), 303) if wants_page() else _accepted({"message": "Cleanup task started"})


@blueprint.post("/task/<job_id>/cancel")
def cancel_task(job_id: str) -> AnyResponse:
    """Ends a task before it is done."""
    job = cancel(backend(), owned(job_id).id)
    if wants_page():
        return redirect(url_for("api.task", job_id=job.id), 303)
    return _accepted({"message": "Cancellation requested", "task_id": job.id, "state": job.state, "status": job.status})


@blueprint.post("/task/<job_id>/retry")
def retry_task(job_id: str) -> AnyResponse:
    """Has a task tried again, with options changed by what is sent."""
    job = retry(backend(), owned(job_id).id, values(code="wrong_option"))
    place = url_for("api.task", job_id=job.id)
    if wants_page():
        return redirect(place, 303)
    answer = _accepted({"message": "Retry accepted", "task_id": job.id, "state": job.state, "status": job.status})
    answer.headers["Location"] = place
    return answer


@blueprint.get("/tasks")
def tasks() -> Response:
    """The caller's tasks, newest first, some at a time; for operators those of everybody."""
    start = number("start", 0, least=0, most=10**9)
    count = number("count", _PAGE_LENGTH, least=1, most=_LONGEST_PAGE)
    jobs, total = backend().store.listed(caller().sees, start=start, count=count)
    after = url_for("api.tasks", start=start + count, count=count) if start + count < total else None
    return jsonify(tasks=[shown.brief(job) for job in jobs], total=total, start=start, count=len(jobs), next=after)


def _accepted(answer: dict[str, object]) -> Response:
    response = jsonify(answer)
    response.status_code = 202
    return response


def _revalidated(answer: Response) -> AnyResponse:
    answer.add_etag()
    return answer.make_conditional(request)
