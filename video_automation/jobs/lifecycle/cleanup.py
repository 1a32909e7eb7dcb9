"""Removes the files of one job, and of no other."""

import logging
from collections.abc import Set

from video_automation.jobs.lifecycle.transitions import cleaned
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.workspace import LOG, RECORD, Workspace
from video_automation.media.atomic_files import remove_folder

log = logging.getLogger(__name__)


def cleanup(backend: Backend, job_id: str) -> None:
    """Removes the recording, intermediate and output files of an ended job; doing it twice is fine.

    Raises:
        StateError: it has not ended.
        UnknownTaskError, TransientError: as the store does.
    """
    backend.store.change(job_id, cleaned)
    empty(backend.folders.of(job_id))
    log.info("Removed the files of %s", job_id)


def forget(backend: Backend, job_id: str) -> None:
    """Removes all that is known of a job whose files are removed. Raises TransientError as the store does."""
    backend.store.remove(job_id)
    remove_all(backend.folders.of(job_id))
    log.info("Forgot %s", job_id)


def empty(workspace: Workspace) -> None:
    """Removes all files of a job but its record."""
    storage = workspace.storage
    remove_folder(workspace.work)
    storage.remove(workspace.output)
    remove_folder(workspace.log.parent)
    for name in storage.names(workspace.input):
        if name != RECORD:
            storage.remove(f"{workspace.input}{name}")


def remove_all(workspace: Workspace) -> None:
    """Removes all files of a job or an upload, in the storage and on this machine."""
    workspace.storage.remove(workspace.input)
    workspace.storage.remove(workspace.output)
    for folder in (workspace.upload, workspace.work, workspace.log.parent):
        remove_folder(folder)


def discard(workspace: Workspace) -> None:
    """Removes what a cancelled job has made. Its recording, plan and log stay until the clean-up."""
    remove_folder(workspace.work)
    _remove_outputs(workspace, kept=frozenset())


def prune(workspace: Workspace, job: Job) -> None:
    """Removes old results: all but the served one, the one before it, and one that is being made."""
    kept = {name for name in (job.result, job.former_result, None if job.state.ended else job.building) if name is not None}
    if job.output_filename or not job.state.ended:  # a failed one goes on from what is there
        _remove_outputs(workspace, kept=kept)


def _remove_outputs(workspace: Workspace, *, kept: Set[str]) -> None:
    """Removes all results but those of these names; "" is that of a former version, whose files lie beside the log."""
    for name in workspace.storage.names(workspace.output):
        result, is_prefix, _ = name.partition("/")
        if name != LOG and (result if is_prefix else "") not in kept:
            workspace.storage.remove(f"{workspace.output}{name}")
