"""Removes the files of one job, and of no other."""

import logging
import shutil
from contextlib import suppress
from pathlib import Path

from video_automation.jobs.lifecycle.transitions import cleaned
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.workspace import Workspace
from video_automation.media.atomic_files import remove_folder

log = logging.getLogger(__name__)


def cleanup(backend: Backend, job_id: str) -> None:
    """Removes source, intermediate and output files of an ended job; twice is fine.

    Raises:
        StateError: it has not ended.
        UnknownTaskError, TransientError: as the store does.
    """
    backend.store.change(job_id, cleaned)
    empty(backend.folders.of(job_id))
    log.info("Removed the files of %s", job_id)


def empty(workspace: Workspace) -> None:
    """Removes all files of a job but its record."""
    for folder in (workspace.work, workspace.output):
        remove_folder(folder)
    shutil.rmtree(workspace.decisions, ignore_errors=True)
    for file in workspace.upload.glob("*"):
        if workspace.record.name not in file.name:  # nor one that is just being written
            with suppress(OSError):
                file.unlink()


def discard(workspace: Workspace) -> None:
    """Removes all that was made of a cancelled job; its source, its plan and its log stay until somebody cleans up."""
    remove_folder(workspace.work)
    for place in workspace.output.glob("*"):
        if place != workspace.log:
            _drop(place)


def prune(workspace: Workspace, job: Job) -> None:
    """Removes results that nobody needs any more: all but the one that is served, the one before, and one in the making."""
    kept = {name for name in (job.result, job.former_result, None if job.state.ended else job.building) if name is not None}
    if not job.output_filename and job.state.ended:
        return  # a failed one goes on from what is there
    for place in workspace.output.glob("*"):
        if place.is_dir():
            if place.name not in kept:
                shutil.rmtree(place, ignore_errors=True)
        elif "" not in kept and place != workspace.log:
            place.unlink(missing_ok=True)


def _drop(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)
