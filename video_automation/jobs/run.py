"""Takes a job from wherever it stands to its end."""

import fcntl
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from video_automation import logs
from video_automation.errors import JobCancelledError, PipelineError, TransientError
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.pipeline import Work, make
from video_automation.jobs.ports import Backend, JobStore
from video_automation.jobs.steps import failed, revoked, succeeded, taken_up
from video_automation.jobs.watch import TimeLimits, Watch
from video_automation.jobs.workspace import Workspace
from video_automation.media.stop import Stop

log = logging.getLogger(__name__)

_PATIENCE_S = 600.0
"""How long a result waits to be told while the store does not answer."""
_LONGEST_PAUSE_S = 5.0


def run_job(
    backend: Backend, job_id: str, *, limits: TimeLimits, encoders: int, on_change: Callable[[Job], None] = lambda _: None
) -> Job:
    """Does what is left to do of a job and gives it as it ended; an ended one comes back as it is.

    Its folder of work stays until somebody cleans up, so that other captions are made from the pieces they do not touch.

    Whatever becomes of the work is told in the job, never raised. `encoders` is how many programs may encode at a time;
    `on_change` hears of the job's progress, from another thread.

    Raises:
        UnknownTaskError: there is no such job.
        TransientError: the store does not answer, and has not for ten minutes.
    """
    workspace = backend.folders.of(job_id)
    with _alone(workspace):
        job = _change(backend.store, job_id, taken_up)
        if not job.state.ended:
            job = _run(backend, job, limits, encoders, on_change)
    if job.state is State.REVOKED:
        _discard(workspace)
    return job


def _run(backend: Backend, job: Job, limits: TimeLimits, encoders: int, on_change: Callable[[Job], None]) -> Job:
    """One attempt at a job, which it gives as it ended."""
    job_id, workspace = job.id, backend.folders.of(job.id)
    with logs.task_log(job_id, workspace.log):
        log.info("Attempt %d: %s", job.attempts, job.filename)
        on_change(job)
        stop = Stop()
        with Watch(backend.store, job_id, stop, limits, on_change) as watch:
            rules = backend.rules
            work = Work(job, workspace, rules.media, rules.model, rules.advisor, stop, encoders, report=watch.report)
            ending = _ending(work)
        job = _change(backend.store, job_id, ending)
        log.info("%s after attempt %d: %s", job.state, job.attempts, job.filename)
    return job


def _ending(work: Work) -> Callable[[Job, float], Job]:
    """Does the work; gives the step to its end. The only place of a job where every error is caught."""
    try:
        manifest = make(work)
    except JobCancelledError:
        log.info("Cancelled")
        return revoked
    except PipelineError as error:
        log.warning("Failed (%s): %s", error.code, error.sentence)
        return partial(failed, problem=Problem(error.code, error.sentence))
    except Exception:
        log.exception("Failed")
        sentence = "An error of this program, not of your film, ended the work; task.log tells which."
        return partial(failed, problem=Problem("internal_error", sentence))
    return partial(succeeded, output_filename=manifest.output_filename)


def _change(store: JobStore, job_id: str, step: Callable[[Job, float], Job]) -> Job:
    """Changes the job, and waits for a store that does not answer: hours of work must not be lost to its restart."""
    give_up, pause = time.monotonic() + _PATIENCE_S, 0.1
    while True:
        try:
            return store.change(job_id, lambda job: step(job, time.time()))
        except TransientError as error:
            if time.monotonic() + pause > give_up:
                raise
            log.warning("Asking again in %.1f seconds: %s", pause, error)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)


@contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    """Waits until nobody else works on the job: more than one message for it may be about. A process that dies lets go."""
    place = workspace.source.parent
    if not place.exists():
        yield  # it was cleaned up
        return
    with (place / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _discard(workspace: Workspace) -> None:
    """Removes all that was made of a cancelled job; its source and its log stay until somebody cleans up."""
    shutil.rmtree(workspace.work, ignore_errors=True)
    for file in workspace.output.glob("*"):
        if file != workspace.log:
            file.unlink(missing_ok=True)
