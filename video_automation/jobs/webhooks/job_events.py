"""The events of a job, derived from its state before and after a change."""

import json
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

from video_automation.jobs.lifecycle.transitions import CANCELLED
from video_automation.jobs.model import Job, State

EventType = Literal["task.started", "clip.ready", "task.review", "task.succeeded", "task.failed", "task.cancelled"]
TEST_EVENT = "webhook.test"
"""The type of what is sent to try a receiver."""


def events_of(before: Job, after: Job) -> tuple[tuple[EventType, str | None], ...]:
    """The events of a change of a job, in order; that of a clip with the name of its video."""
    found: list[tuple[EventType, str | None]] = []
    if before.started_at is None and after.started_at is not None:
        found.append(("task.started", None))
    found.extend(("clip.ready", name) for name in after.clips_ready if name not in before.clips_ready)
    if after.state is not before.state and after.state.ended:
        found.append((_ending(after), None))
    return tuple(found)


def event_body(event: str, at: float, job: Job, clip: str | None) -> str:
    """An event as the JSON that is sent; `at` is in Unix seconds, addresses are paths on this service."""
    links = {"task": f"/task/{job.id}", "result": f"/task/{job.id}/result", "page": f"/result/{job.id}"}
    data: dict[str, object] = {
        "task_id": job.id,
        "state": job.state,
        "filename": job.filename,
        "revision": job.revision,
        "links": links if clip is None else links | {"clip": f"/task/{job.id}/files/{quote(clip)}"},
    }
    if job.problem:
        data["problem"] = {"code": job.problem.code, "sentence": job.problem.sentence}
    return body_of(event, at, data)


def body_of(event: str, at: float, data: dict[str, object]) -> str:
    """The JSON of an event of any type that was at this time, in Unix seconds."""
    when = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    return json.dumps({"type": event, "timestamp": when, "data": data}, ensure_ascii=False, separators=(",", ":"))


def _ending(job: Job) -> EventType:
    """The event of the end of a job's work. A failed run leaves a job that has an earlier result in `SUCCESS`."""
    if job.state is State.REVIEW:
        return "task.review"
    if job.state is State.REVOKED or (job.problem and job.problem.code == CANCELLED):
        return "task.cancelled"
    return "task.failed" if job.problem else "task.succeeded"
