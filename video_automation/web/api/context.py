"""What views need of a request: the back end, the caller, the task it names, whether the caller wants a page or JSON."""

from dataclasses import dataclass
from typing import Final, cast

from flask import Flask, current_app, g, request

from video_automation.access.quotas import UNBOUNDED, Quotas
from video_automation.access.repositories import Access
from video_automation.errors import ForbiddenError, RequestError, UnknownTaskError
from video_automation.jobs.housekeeping.written_records import check_restored, find_job
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend

_BACKEND: Final = "video_automation.backend"
_ACCESS: Final = "video_automation.access"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends the request. A caller sees the tasks of `owner`; an operator sees everybody's. A guest owns nothing."""

    owner: str
    operator: bool = False
    key: str | None = None
    """The name of the key that was used; None if none was needed."""
    quotas: Quotas = UNBOUNDED
    signed_in: bool = False
    """Whether the caller is a browser with a session, which can sign out."""

    @property
    def name(self) -> str:
        """The name under which the history lists this caller's edits."""
        return self.key or "you"

    @property
    def sees(self) -> str | None:
        """The owner whose tasks are listed; None for everybody's."""
        return None if self.operator else self.owner


GUEST: Final = Caller("")
"""A caller without key and session, such as a visitor with a share link."""


def give(app: Flask, backend: Backend, access: Access) -> None:
    """Gives the views of this app their back end, and the access rules that decide who may use it."""
    app.extensions[_BACKEND] = backend
    app.extensions[_ACCESS] = access


def backend() -> Backend:
    """The store, the queue, the folders and the rules of this app."""
    return cast("Backend", current_app.extensions[_BACKEND])


def access() -> Access:
    """The keys, sessions, rates and quotas of this app."""
    return cast("Access", current_app.extensions[_ACCESS])


def caller() -> Caller:
    """Who sends this request; `GUEST` before that is known, and for those without access."""
    return cast("Caller", g.get("caller", GUEST))


def check_operator() -> None:
    """Raises ForbiddenError unless the caller is an operator."""
    if not caller().operator:
        raise ForbiddenError("Only operators of this service may see this.", code="operators_only")


def owned(job_id: str) -> Job:
    """The caller's task with this id, for changing it. Operators get any task.

    Raises:
        UnknownTaskError: there is no such task, or it is somebody else's.
        TransientError: the task is being restored.
    """
    job = seen(job_id)
    check_restored(backend(), job)
    return job


def seen(job_id: str) -> Job:
    """The caller's task with this id, for reading, also while it is being restored. Raises UnknownTaskError as `owned` does."""
    job = find_job(backend(), job_id)
    if not owns(job):
        raise UnknownTaskError("There is no such task.")
    return job


def owns(job: Job) -> bool:
    """Whether the caller may change this task."""
    return caller().operator or (caller() is not GUEST and job.owner == caller().owner)


def wants_page() -> bool:
    """Whether the request's Accept header prefers HTML to JSON, as that of a browser does; `*/*` does not."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def number(name: str, usual: int, *, least: int, most: int) -> int:
    """The whole number with this name in the query, or `usual`. Raises RequestError if it is not from `least` to `most`."""
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise RequestError(f"“{name}” must be a number from {least} to {most}.", code="wrong_number")
    return int(text)
