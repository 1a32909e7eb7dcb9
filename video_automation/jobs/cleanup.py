"""Removes the files of one job, and of no other."""

import logging
import shutil
from pathlib import Path
from uuid import uuid4

from video_automation.jobs.ports import Backend
from video_automation.jobs.steps import cleaned

log = logging.getLogger(__name__)


def cleanup(backend: Backend, job_id: str) -> None:
    """Removes source, intermediate and output files of an ended job; twice is fine.

    Raises:
        StateError: it has not ended.
        UnknownTaskError, TransientError: as the store does.
    """
    backend.store.change(job_id, cleaned)
    workspace = backend.folders.of(job_id)
    for folder in (workspace.source.parent, workspace.work, workspace.output):
        remove(folder)
    log.info("Removed the files of %s", job_id)


def remove(folder: Path) -> None:
    """Removes a folder with all it holds: out of sight in one act, whatever happens next. Nothing where there is none."""
    trash = folder.parent / ".trash"
    trash.mkdir(parents=True, exist_ok=True)
    away = trash / str(uuid4())
    try:
        folder.rename(away)
    except FileNotFoundError:
        return
    shutil.rmtree(away, ignore_errors=True)
