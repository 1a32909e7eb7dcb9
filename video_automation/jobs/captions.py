"""Has a finished film made again with other captions."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from video_automation.editing.correction import corrected_cues
from video_automation.editing.linebreaks import line_length
from video_automation.errors import StateError, TransientError
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.receive import check_room
from video_automation.jobs.steps import check_done, reopened
from video_automation.jobs.whole import put
from video_automation.plan.edit import plan_from_json

log = logging.getLogger(__name__)


def correct(backend: Backend, job_id: str, text: str) -> Job:
    """Has the film of a done job made again with these captions, SRT or WebVTT on the film's own clock.

    Until the new film is there the old one stays; it stays for good if the work fails or is cancelled.

    Raises:
        RequestError: this is no such text, or none of its captions lies in the film.
        StateError: it is not done, or was made without captions.
        GoneError: its files were cleaned up.
        NoSpaceError, QueueFullError: as for an upload.
        UnknownTaskError, TransientError: as the store and the queue do; then nothing has changed.
    """
    _check_captioned(backend, job_id)
    plan = plan_from_json(backend.folders.of(job_id).plan.read_bytes())
    film = plan.main
    longest = line_length(film.width, film.height, plan.params.captions.longest_line)
    corrected_cues(text, rate=film.timeline.rate, frames=film.timeline.frames, line_length=longest)
    return _again(backend, job_id, text)


def restore(backend: Backend, job_id: str) -> Job:
    """Has the film of a done job made again with the captions we write ourselves. Raises as `correct`."""
    _check_captioned(backend, job_id)
    return _again(backend, job_id, None)


def _check_captioned(backend: Backend, job_id: str) -> None:
    job = backend.store.get(job_id)
    check_done(job)
    if not job.params.add_subtitles:
        raise StateError("This film was asked for without captions.", code="no_captions")


def _again(backend: Backend, job_id: str, text: str | None) -> Job:
    check_room(backend, None)
    before = backend.store.get(job_id)
    job = backend.store.change(job_id, lambda job: reopened(job, time.time()))
    try:
        with _replaced(backend.folders.of(job_id).corrections, text):
            backend.queue.publish(job_id)
    except BaseException:
        with suppress(TransientError):
            backend.store.change(job_id, lambda job: before if job.state is State.PENDING else job)
        raise
    log.info("Again, with %s captions: %s", "our own" if text is None else "corrected", job_id)
    return job


@contextmanager
def _replaced(file: Path, text: str | None) -> Iterator[None]:
    """Puts a text in a file, or no file there for none; if the block is left with an error, what was there comes back."""
    old = file.read_bytes() if file.exists() else None
    _put(None if text is None else text.encode(), file)
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
