"""Removes the files of one job, and of no other."""

import logging
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from video_automation.jobs.lifecycle.transitions import cleaned
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.workspace import Workspace

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


def remove_folder(folder: Path) -> None:
    """Removes a folder with all it holds: out of sight in one act, whatever happens next. Nothing where there is none."""
    trash = folder.parent / ".trash"
    away = trash / str(uuid4())
    try:
        trash.mkdir(parents=True, exist_ok=True)
        folder.rename(away)
    except FileNotFoundError:
        return
    except OSError:  # a full disk may have no room for the trash either
        away = folder
    shutil.rmtree(away, ignore_errors=True)


def empty_trash(folder: Path) -> None:
    """Removes what `remove_folder` was cut off at among the folders in here."""
    with suppress(FileNotFoundError):
        for away in (folder / ".trash").iterdir():
            shutil.rmtree(away, ignore_errors=True)
