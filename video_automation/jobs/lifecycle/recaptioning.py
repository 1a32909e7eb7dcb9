"""Makes a finished video again with other captions."""

from dataclasses import dataclass

from video_automation.editing.caption_files.encodings import decoded
from video_automation.editing.edits.word_edits import read_captions
from video_automation.errors import StateError
from video_automation.jobs.lifecycle.transitions import check_editable
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.revisions.changes import How, edit_plan
from video_automation.plan.document import Document
from video_automation.plan.edits import Captions
from video_automation.plan.text.language_codes import UNKNOWN_LANGUAGE


@dataclass(frozen=True, slots=True)
class AcceptedCaptions:
    """Accepted captions."""

    job: Job
    remarks: tuple[str, ...]
    """What was found in their file, assumed, and lost of it."""


def replace_captions(
    backend: Backend, job_id: str, content: bytes, *, charset: str | None = None, by: str = ""
) -> AcceptedCaptions:
    """Makes the video of a finished job again with the captions of a file, on the video's own clock.

    `charset` is the encoding its sender names. Until the new video is there the old one stays; it stays for good if the work
    fails or is cancelled.

    Raises:
        RequestError: this is no caption file, or none of its captions lies in the video.
        StateError: it is not done, or was made without captions.
        GoneError: its files were cleaned up.
        NoSpaceError, QueueFullError: as for an upload.
        UnknownTaskError, TransientError: as the store and the queue do; then nothing has changed.
    """
    document = _captioned(backend, job_id)
    file = decoded(content, language=document.transcript.language if document.transcript else UNKNOWN_LANGUAGE, charset=charset)
    read = read_captions(document, Captions(vtt=file.text.encode("utf-8", "replace").decode()))
    job = edit_plan(backend, job_id, (read,), How(by=by)).job
    return AcceptedCaptions(job, (*file.remarks, *read.remarks))


def restore_captions(backend: Backend, job_id: str, *, by: str = "") -> Job:
    """Makes the video of a finished job again with our own captions. Raises as `replace_captions`."""
    _captioned(backend, job_id)
    return edit_plan(backend, job_id, (Captions(),), How(by=by)).job


def _captioned(backend: Backend, job_id: str) -> Document:
    """The plan of a job that has captions."""
    job = backend.store.get(job_id)
    check_editable(job)
    if not job.params.add_subtitles:
        raise StateError("This video was asked for without captions. Have it made again with them.", code="no_captions")
    return stored.newest_document(backend.folders.of(job_id), job)
