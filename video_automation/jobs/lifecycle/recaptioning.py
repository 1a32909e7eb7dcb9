"""Has a finished video made again with other captions."""

from dataclasses import dataclass

from video_automation.editing.caption_files.encodings import decoded
from video_automation.editing.captions.correction import corrected_cues
from video_automation.editing.captions.linebreaks import line_length
from video_automation.errors import StateError
from video_automation.jobs.lifecycle.rerun import again
from video_automation.jobs.lifecycle.transitions import check_done
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.plan.edit import plan_from_json


@dataclass(frozen=True, slots=True)
class Correction:
    """Captions that were taken."""

    job: Job
    remarks: tuple[str, ...]
    """What was found in their file, assumed, and lost of it."""


def correct(backend: Backend, job_id: str, content: bytes, *, charset: str | None = None) -> Correction:
    """Has the video of a done job made again with the captions in the bytes of a file, on the video's own clock.

    `charset` is the encoding its sender names. Until the new video is there the old one stays; it stays for good if the work
    fails or is cancelled.

    Raises:
        RequestError: this is no caption file, or none of its captions lies in the video.
        StateError: it is not done, or was made without captions.
        GoneError: its files were cleaned up.
        NoSpaceError, QueueFullError: as for an upload.
        UnknownTaskError, TransientError: as the store and the queue do; then nothing has changed.
    """
    _check_captioned(backend, job_id)
    plan = plan_from_json(backend.folders.of(job_id).plan.read_bytes())
    video = plan.main
    longest = line_length(video.width, video.height, plan.params.captions.longest_line)
    rate, frames = video.timeline.rate, video.timeline.frames
    file = decoded(content, language=video.language, charset=charset)
    own = corrected_cues(file.text, rate=rate, frames=frames, line_length=longest, language=video.language)
    job = again(backend, job_id, backend.folders.of(job_id).corrections, file.text.encode("utf-8", "replace"))
    return Correction(job, (*file.remarks, *own.remarks))


def restore(backend: Backend, job_id: str) -> Job:
    """Has the video of a done job made again with the captions we write ourselves. Raises as `correct`."""
    _check_captioned(backend, job_id)
    return again(backend, job_id, backend.folders.of(job_id).corrections, None)


def _check_captioned(backend: Backend, job_id: str) -> None:
    job = backend.store.get(job_id)
    check_done(job)
    if not job.params.add_subtitles:
        raise StateError("This video was asked for without captions. Have it made again with them.", code="no_captions")
