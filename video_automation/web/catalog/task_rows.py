"""The rows of the list of tasks: each with its picture, lengths, number of clips and search hits."""

from contextlib import suppress
from typing import Final, NamedTuple, cast

from flask import url_for

from video_automation.errors import GoneError, RequestError
from video_automation.jobs.catalog.searching import hits_in, search
from video_automation.jobs.catalog.spoken_words import Hit
from video_automation.jobs.model import Job, State
from video_automation.jobs.run.manifest import Manifest
from video_automation.web.api import serializers
from video_automation.web.api.context import backend, caller
from video_automation.web.openapi.endpoint_docs import QueryText
from video_automation.web.schemas.catalog_answers import HitAnswer, RowAnswer

QUERY: Final = QueryText(
    "q", "Words that follow each other in a task's name, or in what is said in its video; case and accents do not count."
)
_LONGEST_QUERY: Final = 200


class Rows(NamedTuple):
    """Some rows of a list, and how many rows the whole list has."""

    rows: list[RowAnswer]
    total: int


def listed_rows(query: str | None, *, start: int, count: int) -> Rows:
    """The caller's tasks, newest first: `count` of them from number `start` on. Operators see everybody's tasks.

    With a query, only the tasks it finds.

    Raises:
        RequestError: the query is too long.
    """
    if query is None:
        jobs, total = backend().store.listed(caller().sees, start=start, count=count)
        return Rows([_row(job) for job in jobs], total)
    if len(query) > _LONGEST_QUERY:
        raise RequestError(f"A search has at most {_LONGEST_QUERY} characters.", code="wrong_query")
    found = search(backend(), caller().sees, query)
    return Rows([{**_row(job), "hits": _hits(job, query)} for job in found[start : start + count]], len(found))


def _row(job: Job) -> RowAnswer:
    made = _made(job)
    shown = {
        "duration_ms": job.duration_ms if made is None else made.stats.source_ms,
        "kept_ms": made.stats.kept_ms if made and job.output_filename else None,
        "clip_count": len(made.clips) if made else 0,
        "poster": _poster(job, made) if made else None,
    }
    return cast("RowAnswer", serializers.brief(job) | shown)


def _made(job: Job) -> Manifest | None:
    """The result of a task, also while a newer one is rendered; else the clips that are ready; None if there is nothing."""
    if job.cleaned:
        return None
    with suppress(GoneError):
        return serializers.manifest(job) if job.output_filename else serializers.so_far(job)
    return None


def poster(job: Job) -> str | None:
    """The address of a picture of a task's video, or else of a clip; None if there is none yet."""
    made = _made(job)
    return _poster(job, made) if made else None


def _poster(job: Job, made: Manifest) -> str | None:
    pictures = sorted(
        (file for file in made.artifacts if file.kind in ("still", "cover")), key=lambda file: file.kind != "still"
    )
    return url_for("files.file", job_id=job.id, name=pictures[0].name) if pictures else None


def _hits(job: Job, query: str) -> list[HitAnswer]:
    return [_hit(job, hit) for hit in hits_in(backend(), job, query)]


def _hit(job: Job, hit: Hit) -> HitAnswer:
    place = url_for("pages.result", job_id=job.id, _anchor=f"t={hit.start_ms / 1000:g}")
    return {"start_ms": hit.start_ms, "before": hit.before, "found": hit.found, "after": hit.after, "href": place}


def state_label(row: RowAnswer) -> str:
    """The state of a task in a word or two."""
    if row["cleaned"]:
        return "Files deleted"
    return _LABELS[State(row["state"])]


_LABELS = {
    State.PENDING: "Waiting",
    State.PROGRESS: "In progress",
    State.SUCCESS: "Ready",
    State.FAILURE: "Failed",
    State.REVOKED: "Cancelled",
    State.REVIEW: "Ready for your review",
}
