"""What a request is answered with: the back end, the caller, the task asked for, the form of answer the caller reads."""

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
    """Who asks: whose tasks are seen and made; operators see everybody's. A guest, who only has a share link, is nobody."""

    owner: str
    operator: bool = False
    key: str | None = None
    """The name of the key that opened; None where none was needed."""
    quotas: Quotas = UNBOUNDED
    signed_in: bool = False
    """Whether it is a browser with a session, which can sign out."""

    @property
    def name(self) -> str:
        """Who an edit is said to be by."""
        return self.key or "you"

    @property
    def sees(self) -> str | None:
        """Whose tasks are listed; None: everybody's."""
        return None if self.operator else self.owner


GUEST: Final = Caller("")
"""Owns nothing."""


def give(app: Flask, backend: Backend, access: Access) -> None:
    """Has the views of this app work with this back end, and let in whom this access lets in."""
    app.extensions[_BACKEND] = backend
    app.extensions[_ACCESS] = access


def backend() -> Backend:
    """The store, the queue, the folders and the rules this app works with."""
    return cast("Backend", current_app.extensions[_BACKEND])


def access() -> Access:
    """Who may use this app."""
    return cast("Access", current_app.extensions[_ACCESS])


def caller() -> Caller:
    """Who asks."""
    return cast("Caller", g.get("caller", GUEST))


def check_operator() -> None:
    """Raises ForbiddenError for everybody but operators."""
    if not caller().operator:
        raise ForbiddenError("Only operators of this service may see this.", code="operators_only")


def owned(job_id: str) -> Job:
    """The caller's task of this id, to be changed; any task for operators.

    Raises:
        UnknownTaskError: there is none, or it is somebody else's.
        TransientError: it is being restored.
    """
    job = seen(job_id)
    check_restored(backend(), job)
    return job


def seen(job_id: str) -> Job:
    """The caller's task of this id, for reading: also while it is being restored. Raises UnknownTaskError as `owned`."""
    job = find_job(backend(), job_id)
    if not owns(job):
        raise UnknownTaskError("There is no such task.")
    return job


def owns(job: Job) -> bool:
    """Whether the caller may change this task."""
    return caller().operator or (caller() is not GUEST and job.owner == caller().owner)


def wants_page() -> bool:
    """Whether the caller reads pages rather than JSON: browsers say so, programs and `*/*` do not."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"]


def number(name: str, usual: int, *, least: int, most: int) -> int:
    """A whole number from the address's query, or the usual one. Raises RequestError where it is none, or out of bounds."""
    text = request.args.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise RequestError(f"“{name}” must be a number from {least} to {most}.", code="wrong_number")
    return int(text)
