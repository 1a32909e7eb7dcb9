"""Removes expired files: goes through the folders of jobs, which decide what exists; the store can only object."""

import logging
from contextlib import suppress
from itertools import chain

from video_automation.errors import StateError, TransientError, UnknownTaskError
from video_automation.jobs.housekeeping.retention import kept_until, work_kept_until
from video_automation.jobs.lifecycle.cleanup import cleanup, empty, forget, remove_all
from video_automation.jobs.lifecycle.ownership import at_rest
from video_automation.jobs.locks import try_lock
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads.disk_space import free_bytes
from video_automation.jobs.uploads.pending_uploads import UNFINISHED_S
from video_automation.jobs.workspace import Workspace
from video_automation.media.atomic_files import empty_trash, remove_folder
from video_automation.storage.disk_use import statuses

log = logging.getLogger(__name__)

_HOUR_S = 3600.0
_DAY_S = 24 * _HOUR_S
_OWNERLESS_S, _CLEANED_S = _HOUR_S, 7 * _DAY_S
"""How long folders without a record, and records without files, stay, once nobody touches them."""


def sweep(backend: Backend, now: float) -> None:
    """Makes one pass at this moment, in Unix seconds; does nothing while another process makes one.

    It may be cut off anywhere, and repeated: what is left to do is seen from the folders. It ends where the store does not
    answer. What is being downloaded or worked on waits for a later pass.
    """
    folders = backend.folders
    lock = folders.work / ".janitor"
    with suppress(OSError):  # where a full disk has no room for the lock, there has never been a pass
        folders.work.mkdir(parents=True, exist_ok=True)
        lock.touch()
    with try_lock(lock) as ours:
        if not ours:
            return
        for folder in (folders.input, folders.work, folders.output):
            empty_trash(folder)
        try:
            for job_id in folders.ids():
                _tidy(backend, job_id, now)
            _make_room(backend)
        except TransientError as error:
            log.warning("Nothing more is removed for now: %s", error)


def _tidy(backend: Backend, job_id: str, now: float) -> None:
    """Removes the expired files of one job."""
    workspace, retention = backend.folders.of(job_id), backend.rules.retention
    for prefix in (workspace.input, workspace.output):  # a run removes what dead ones left among its pieces of work
        workspace.storage.tidy(prefix, untouched_since=now - _HOUR_S)
    try:
        job = backend.store.get(job_id)
    except UnknownTaskError:
        _tidy_ownerless(workspace, now)
        return
    if job.cleaned:
        _tidy_cleaned(backend, job_id, now)
    elif _is_over(kept_until(job, retention), now):
        _clean(backend, job)
    elif _is_over(work_kept_until(job, retention), now):
        _drop_work(backend, job)


def _is_over(until: float | None, now: float) -> bool:
    return until is not None and now >= until


def _tidy_ownerless(workspace: Workspace, now: float) -> None:
    """Removes folders without a job, unless its record can be restored or is about to be made."""
    half = workspace.partial.exists() or workspace.announced.exists()
    patience_s = UNFINISHED_S if half else _OWNERLESS_S
    if workspace.storage.find(workspace.record) or now - _touched_at(workspace) < patience_s:
        return
    remove_all(workspace)
    log.info("Removed %s, which belongs to no task", workspace.id)


def _tidy_cleaned(backend: Backend, job_id: str, now: float) -> None:
    """Finishes an interrupted clean-up; after a week, removes the job's record, too."""
    workspace = backend.folders.of(job_id)
    empty(workspace)
    if now - _touched_at(workspace) >= _CLEANED_S:
        forget(backend, job_id)


def _clean(backend: Backend, job: Job) -> None:
    """Removes all files of an ended job, unless one is being read or the job runs again."""
    with try_lock(backend.folders.of(job.id).log) as unread, suppress(StateError, UnknownTaskError):
        if unread:
            cleanup(backend, job.id)


def _drop_work(backend: Backend, job: Job) -> None:
    """Removes the intermediate files of an ended job, unless the job runs again."""
    workspace = backend.folders.of(job.id)
    if not workspace.work.exists():
        return
    with at_rest(backend.store, job.id) as idle, suppress(UnknownTaskError):
        if idle and backend.store.get(job.id).state.ended:
            remove_folder(workspace.work)
            log.info("Removed the pieces of work of %s", job.id)


def _make_room(backend: Backend) -> None:
    """While the disk is short, removes what can be made again, what ended first; results only where more is held than may be.

    Whoever else may have filled the disk, no result goes for that: it would be lost, and the disk be full again.
    """
    if not (_is_short(backend) or _holds_too_much(backend)):
        return
    ended = sorted(_ended(backend), key=lambda job: job.ended_at or 0.0)
    for job in ended:
        if backend.folders.of(job.id).work.exists() and (_is_short(backend) or _holds_too_much(backend)):
            log.warning("The disk is short of room: the pieces of work of %s go", job.id)
            _drop_work(backend, job)
    for job in ended:
        if not _holds_too_much(backend):
            return
        log.warning("More is held than may be: the files of %s go", job.id)
        _clean(backend, job)


def _ended(backend: Backend) -> list[Job]:
    """The ended jobs with files."""
    found = []
    for job_id in backend.folders.ids():
        with suppress(UnknownTaskError):
            job = backend.store.get(job_id)
            if job.state.ended and not job.cleaned:
                found.append(job)
    return found


def _is_short(backend: Backend) -> bool:
    return free_bytes(backend.folders) < backend.rules.reserve_bytes


def _holds_too_much(backend: Backend) -> bool:
    most = backend.rules.retention.max_bytes
    folders = backend.folders
    return most is not None and folders.storage.held(("input/", "output/"), beside=(folders.work,)) > most


def _touched_at(workspace: Workspace) -> float:
    """When a job's files or local folders last changed."""
    folders = (workspace.upload, workspace.work)
    here = statuses(chain(folders, *(folder.glob("*") for folder in folders)))
    stored = (file.written_at for prefix in (workspace.input, workspace.output) for file in workspace.storage.files(prefix))
    return max(chain((status.st_mtime for status in here), stored), default=0.0)
