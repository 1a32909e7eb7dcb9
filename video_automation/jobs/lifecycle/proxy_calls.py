"""Proxies: small copies of recordings for the editor's player. Asking for one calls a worker to make it."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import GoneError, NoSpaceError, StateError, TransientError
from video_automation.jobs.lifecycle.transitions import check_editable
from video_automation.jobs.model import Job, Problem
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads.disk_space import free_bytes
from video_automation.media.atomic_files import write_atomically

TRIED_AGAIN_AFTER_S: Final = 3600
"""A proxy that could not be made is not tried again before."""
_PROBLEM = TypeAdapter(Problem)


def proxy_or_call(backend: Backend, job: Job) -> Path | None:
    """The proxy of a job's recording; None where it is not there yet: then a worker is called, unless one was just now.

    Raises:
        StateError: it could not be made; or the job failed, was cancelled, or is worked on. The sentence and code say which.
        GoneError: the files of the job were cleaned up.
        NoSpaceError: the disk has no room for it.
        TransientError: no worker can be called.
    """
    workspace = backend.folders.of(job.id)
    proxy = workspace.proxy(job)
    if proxy.exists() and not job.cleaned:
        return proxy
    check_editable(job)
    if workspace.storage.find(workspace.source) is None:
        raise GoneError("The recording of this task is no longer there.")
    _check_not_failed(proxy)
    if free_bytes(backend.folders) < backend.rules.reserve_bytes:
        raise NoSpaceError
    _call(backend, job)
    return None


def _call(backend: Backend, job: Job) -> None:
    """Calls a worker, unless one was called in the last `HELD_S` seconds."""
    name, holder = f"proxy:{job.id}", str(uuid4())
    if not backend.once.hold(name, holder):
        return
    try:
        backend.queue.publish_proxy(job.id)
    except TransientError:
        backend.once.release(name, holder)
        raise


def keep_proxy_problem(proxy: Path, problem: Problem) -> None:
    """Notes why a proxy could not be made, if its folder still exists."""
    with suppress(OSError):
        write_atomically(_PROBLEM.dump_json(problem), _problem_file(proxy))


def _check_not_failed(proxy: Path) -> None:
    """Raises StateError where this proxy could not be made a short while ago."""
    file = _problem_file(proxy)
    try:
        recent = time.time() - file.stat().st_mtime < TRIED_AGAIN_AFTER_S
        problem = _PROBLEM.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return
    if recent:
        raise StateError(problem.sentence, code=problem.code)


def _problem_file(proxy: Path) -> Path:
    return proxy.with_name("problem.json")
