"""Has a done job worked on again, because its user wants something else: what they want is kept beside the source."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from video_automation.jobs.lifecycle.dispatch import call
from video_automation.jobs.lifecycle.transitions import check_done, reopened
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads.disk_space import full_disk_told
from video_automation.jobs.uploads.receive import check_room
from video_automation.media.atomic_files import put

log = logging.getLogger(__name__)


def again(backend: Backend, job_id: str, wish: Path, content: bytes | None) -> Job:
    """Reopens a done job with this content in the file of a wish, or without that file, and has a worker called.

    Until the new result is there the old one stays; it stays for good if the work fails or is cancelled.

    Raises:
        StateError, GoneError: it has no result, as `transitions.check_done` says.
        NoSpaceError, QueueFullError: as for an upload.
        UnknownTaskError, TransientError: as the store does; then nothing has changed.
    """
    check_room(backend, None)
    check_done(backend.store.get(job_id))
    with full_disk_told(), replaced(wish, content):
        job = backend.store.change(job_id, lambda job: reopened(job, time.time()))
    call(backend)
    log.info("Again, with %s %s: %s", "other" if content else "our own", wish.name, job_id)
    return job


@contextmanager
def replaced(file: Path, content: bytes | None) -> Iterator[None]:
    """Puts a content in a file, or no file there for none; if the block is left with an error, what was there comes back."""
    old = file.read_bytes() if file.exists() else None
    _put(content, file)
    try:
        yield
    except BaseException:
        _put(old, file)
        raise


def _put(content: bytes | None, file: Path) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    else:
        put(content, file)
