"""Has a finished film made again with other captions."""

from video_automation.editing.correction import corrected_cues
from video_automation.editing.linebreaks import line_length
from video_automation.errors import StateError
from video_automation.jobs.again import again
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.steps import check_done
from video_automation.plan.edit import plan_from_json


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
    rate, frames = film.timeline.rate, film.timeline.frames
    corrected_cues(text, rate=rate, frames=frames, line_length=longest, language=film.language)
    return again(backend, job_id, backend.folders.of(job_id).corrections, text.encode())


def restore(backend: Backend, job_id: str) -> Job:
    """Has the film of a done job made again with the captions we write ourselves. Raises as `correct`."""
    _check_captioned(backend, job_id)
    return again(backend, job_id, backend.folders.of(job_id).corrections, None)


def _check_captioned(backend: Backend, job_id: str) -> None:
    job = backend.store.get(job_id)
    check_done(job)
    if not job.params.add_subtitles:
        raise StateError("This film was asked for without captions.", code="no_captions")
