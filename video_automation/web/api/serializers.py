"""Makes of tasks and their files the plain values that the API sends as JSON."""

from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import cast

from flask import url_for

from video_automation.errors import GoneError
from video_automation.jobs.housekeeping.retention import kept_until
from video_automation.jobs.lifecycle.transitions import check_done
from video_automation.jobs.model import Job, State
from video_automation.jobs.run.estimate import starts_in_s, usual_s
from video_automation.jobs.run.manifest import Artifact, MadeClip, Manifest, read_manifest
from video_automation.jobs.workspace import MANIFEST, OFFERED
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE
from video_automation.plan.text.language_names import english_name
from video_automation.storage.port import Storage, StoredFile
from video_automation.web.api.context import backend
from video_automation.web.pages import template_filters
from video_automation.web.schemas.answers import (
    ArtifactAnswer,
    ClipAnswer,
    FailureAnswer,
    LanguageAnswer,
    LinksAnswer,
    PackagingAnswer,
    StartedAnswer,
    StatsAnswer,
    TaskAnswer,
)

_RECENT = 20
"""How many of the latest tasks the estimate of a task's length is based on."""
_REMEMBERED = 128
"""How many lists of files are cached: the pages of a finished task request theirs often."""


def moment(seconds: float | None) -> str | None:
    """A time in Unix seconds as RFC 3339 text, in UTC, to the millisecond; None stays None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def links(job: Job) -> LinksAnswer:
    """The addresses of everything about a task, as paths on this service."""
    return {
        "task": url_for("api.task", job_id=job.id),
        "result": url_for("api.result", job_id=job.id),
        "page": url_for("pages.result", job_id=job.id),
        "captions": url_for("captions.current", job_id=job.id),
        "archive": url_for("files.archive", job_id=job.id),
        "cancel": url_for("api.cancel_task", job_id=job.id),
        "retry": url_for("api.retry_task", job_id=job.id),
        "cleanup": url_for("api.cleanup_task", job_id=job.id),
        "plan": url_for("plan.current", job_id=job.id),
        "log": url_for("ops.logs", task=job.id),
    }


def brief(job: Job) -> TaskAnswer:
    """A task as the list shows it: its state, and why it failed if it did."""
    told = language_answer(job.language, job.language_certainty)
    shown: TaskAnswer = {
        "task_id": job.id,
        "filename": job.filename,
        "name": job.name,
        "state": State.PROGRESS if job.begun else job.state,
        "status": job.status,
        "progress": job.progress,
        "stage": job.stage,
        "stage_progress": round(job.stage_progress, 3),
        "eta_seconds": job.eta_seconds,
        "attempts": job.attempts,
        "revision": job.revision,
        "rendered_revision": job.rendered_revision,
        "created_at": moment(job.created_at),
        "started_at": moment(job.started_at),
        "ended_at": moment(job.ended_at),
        "language": told["language"],
        "language_name": told["language_name"],
        "language_certainty": told["language_certainty"],
        "cleaned": job.cleaned,
        "kept_until": moment(kept_until(job, backend().rules.retention)),
    }
    return {**shown, **failure(job)}


def language_answer(language: str | None, certainty: int | None) -> LanguageAnswer:
    """The language spoken, and how certain that is in percent; an unknown language has no certainty."""
    return {
        "language": language,
        "language_name": english_name(language) if language else None,
        "language_certainty": certainty if language != UNKNOWN_LANGUAGE else None,
    }


def failure(job: Job) -> FailureAnswer:
    """Why a task failed, or why a finished video could not be made again; empty if nothing failed."""
    return {"error": job.problem.sentence, "code": job.problem.code} if job.problem else {}


def started_answer(job: Job, message: str) -> StartedAnswer:
    """The response that a task has been started, or started again."""
    return {"message": message, "task_id": job.id, "status": "PROCESSING", "links": links(job)}


def task_answer(job: Job) -> TaskAnswer:
    """A task with everything the list leaves out: its place in the queue while it waits, its files once there are any."""
    made = so_far(job)
    shown = _placed(brief(as_made(job, made) if made else job), job)
    if made:
        shown |= {"artifacts": artifacts(job, made), "clips": clips(job, made)}
    return shown


def _placed(shown: TaskAnswer, job: Job) -> TaskAnswer:
    """The same, with a waiting task's place in the queue (1 is next), in how many seconds it begins, a sentence about both."""
    queue = backend().store.queue() if job.state is State.PENDING else ()
    if job.id not in queue:
        return shown | {"position": None, "starts_in_seconds": None}
    before = queue.index(job.id)
    seconds = _starts_in_s(job, before)
    if job.begun and not before:
        return shown | {"position": None, "starts_in_seconds": None}  # it goes on in a moment
    end = "." if job.begun else ""  # what a task is at has none
    status = f"{job.status}{end} {template_filters.queue_place(before + 1, seconds)}"
    return shown | {"status": status, "position": before + 1, "starts_in_seconds": seconds}


def _starts_in_s(job: Job, before: int) -> int | None:
    store = backend().store
    recent, _ = store.listed(job.owner, start=0, count=_RECENT)
    running_s = tuple(job.eta_seconds for job in store.running())
    return starts_in_s(before, slots=backend().slots(), running_s=running_s, usual_s=usual_s(recent))


def as_made(job: Job, made: Manifest) -> Job:
    """The job with the language of its result, which stems from an earlier run if a later one failed."""
    return replace(job, language=made.language, language_certainty=made.certainty)


def so_far(job: Job) -> Manifest | None:
    """What is ready of a task's result: everything of a finished task, the finished clips of a running one, else None.

    While a finished task is made again, its files are those of the former result.
    """
    if job.state is State.SUCCESS and not job.cleaned:
        return manifest(job)
    if not job.begun or job.output_filename:
        return None
    return _listed(f"{backend().folders.of(job.id).building(job)}{OFFERED}")


def manifest(job: Job) -> Manifest:
    """The manifest of a finished task. Raises GoneError if its files have been removed."""
    made = _listed(f"{backend().folders.of(job.id).result(job)}{MANIFEST}")
    if made is None:
        raise GoneError("The files of this task are no longer there.")
    return made


def _listed(key: str) -> Manifest | None:
    storage = backend().folders.storage
    found = storage.find(key)
    with suppress(FileNotFoundError):
        return _read(storage, found) if found else None
    return None


@lru_cache(_REMEMBERED)
def _read(storage: Storage, found: StoredFile) -> Manifest:
    return read_manifest(storage.local(found.key))


def track(job: Job) -> ArtifactAnswer | None:
    """The WebVTT captions of a task's video, if there are any.

    Raises:
        StateError: the task has no result.
        GoneError: its files have been removed.
    """
    if not job.output_filename:
        check_done(job)
    return next((file for file in artifacts(job, manifest(job)) if file["type"] == "text/vtt"), None)


def artifacts(job: Job, made: Manifest) -> list[ArtifactAnswer]:
    """The files of a finished task, each with its address. Keys that do not apply to a file are left out."""
    return _artifacts(job.id, made)


@lru_cache(_REMEMBERED)
def _artifacts(job_id: str, made: Manifest) -> list[ArtifactAnswer]:
    return [_artifact(job_id, artifact) for artifact in made.artifacts]


def _artifact(job_id: str, artifact: Artifact) -> ArtifactAnswer:
    shown = {name: value for name, value in asdict(artifact).items() if value is not None and name != "made_of"}
    return cast("ArtifactAnswer", shown | {"href": url_for("files.file", job_id=job_id, name=artifact.name)})


def clips(job: Job, made: Manifest) -> list[ClipAnswer]:
    """The clips of a task, best first, each with the addresses of its files, and the length and size of its video."""
    return [_clip(job, made, clip) for clip in made.clips]


def _clip(job: Job, made: Manifest, clip: MadeClip) -> ClipAnswer:
    video = next(artifact for artifact in made.artifacts if artifact.name == clip.film)
    return {
        "name": clip.name,
        "id": clip.id or clip.name,
        "start_ms": clip.start_ms,
        "end_ms": clip.end_ms,
        "title": clip.title,
        "score": clip.score,
        "signals": clip.signals,
        "film": _address(job, clip.film),
        "cover": _address(job, clip.cover),
        "captions": _address(job, clip.captions) if clip.captions else None,
        "duration_ms": video.duration_ms,
        "width": video.width,
        "height": video.height,
    }


def _address(job: Job, name: str) -> str:
    return url_for("files.file", job_id=job.id, name=name)


def transcript(job: Job, made: Manifest) -> str | None:
    """The address of the transcript as JSON; None if nobody speaks."""
    found = (file["href"] for file in artifacts(job, made) if file["name"].endswith(".transcript.json"))
    return next(found, None)


def packaging_answer(made: Manifest) -> PackagingAnswer:
    """Text to publish a finished video with."""
    return {
        "titles": made.titles,
        "description": made.description,
        "hashtags": made.hashtags,
        "chapters": made.chapters,
    }


def stats(made: Manifest) -> StatsAnswer:
    """Numbers about a finished task."""
    done = made.stats
    return {
        "source_ms": done.source_ms,
        "kept_ms": done.kept_ms,
        "removed_ms": done.removed_ms,
        "cuts": done.cuts,
        "seconds": dict(done.seconds),
    }
