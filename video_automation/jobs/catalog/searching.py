"""Finds an owner's videos by their names and by what is said in them."""

from contextlib import suppress
from functools import lru_cache

from video_automation.jobs.catalog.spoken_words import MOST_SEARCHED, SPOKEN, Hit, hits, is_said
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.plan.text.folding import SoughtWords, searchable, sought_words


def search(backend: Backend, owner: str | None, query: str) -> tuple[Job, ...]:
    """The newest jobs of an owner, or of everybody, in whose name or result the words of a query follow each other."""
    sought = sought_words(query)
    if sought is None:
        return ()
    jobs, _ = backend.store.listed(owner, start=0, count=MOST_SEARCHED)
    return tuple(job for job in jobs if any(sought.places(_name(job.name))) or _is_said(backend, job, sought))


def hits_in(backend: Backend, job: Job, query: str) -> tuple[Hit, ...]:
    """Where in a job's result the words of a query are said, the first places; none where it has no result."""
    sought = sought_words(query)
    if sought is None or not _is_said(backend, job, sought):
        return ()
    with suppress(FileNotFoundError):  # its files go just now
        return hits(backend.folders.storage, _key(backend, job), sought)
    return ()


def _is_said(backend: Backend, job: Job, sought: SoughtWords) -> bool:
    has_result = job.output_filename and not job.cleaned
    return bool(has_result) and is_said(backend.folders.storage, _key(backend, job), sought)


def _key(backend: Backend, job: Job) -> str:
    return f"{backend.folders.of(job.id).result(job)}{SPOKEN}"


@lru_cache(MOST_SEARCHED)
def _name(name: str) -> str:
    return searchable(name)
