"""Finds an owner's videos by their names and by what is said in them."""

from contextlib import suppress
from dataclasses import dataclass

from video_automation.jobs.library.spoken_words import MOST_SEARCHED, SPOKEN, Hit, hits
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.plan.text.folding import SoughtWords, searchable, sought_words


@dataclass(frozen=True, slots=True)
class Found:
    """A job that a search has found."""

    job: Job
    hits: tuple[Hit, ...] = ()
    """Where in its result it is said; none where only its name has it."""


def search(backend: Backend, owner: str | None, query: str) -> tuple[Found, ...]:
    """The newest jobs of an owner, or of everybody, in whose name or result the words of a query follow each other."""
    sought = sought_words(query)
    if sought is None:
        return ()
    jobs, _ = backend.store.listed(owner, start=0, count=MOST_SEARCHED)
    found = (Found(job, _said(backend, job, sought)) for job in jobs)
    return tuple(one for one in found if one.hits or any(sought.places(searchable(one.job.name))))


def _said(backend: Backend, job: Job, sought: SoughtWords) -> tuple[Hit, ...]:
    """Where a phrase is said in the result of a job that has one."""
    if not job.output_filename or job.cleaned:
        return ()
    workspace = backend.folders.of(job.id)
    with suppress(FileNotFoundError):  # its files go just now
        return hits(workspace.storage, f"{workspace.result(job)}{SPOKEN}", sought)
    return ()
