"""Runs a job from its present state to its end."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from video_automation import logs
from video_automation.errors import (
    DamagedError,
    JobCancelledError,
    LostError,
    PipelineError,
    StalledError,
    TimeUpError,
    TransientError,
    UnknownTaskError,
)
from video_automation.jobs.lifecycle.cleanup import discard, prune
from video_automation.jobs.lifecycle.dispatch import dispatch_jobs
from video_automation.jobs.lifecycle.ownership import job_ownership
from video_automation.jobs.lifecycle.transitions import (
    failed,
    handed_back,
    handed_on,
    of_run,
    revoked,
    succeeded,
    taken_up,
    up_for_review,
)
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.policy.quota import check_minutes
from video_automation.jobs.ports import Backend, JobStore
from video_automation.jobs.run.pipeline import Work, run_pipeline
from video_automation.jobs.run.watchdog import TimeLimits, Watch, WatchedRun
from video_automation.media.atomic_files import remove_halves
from video_automation.media.cancellation import Stop

log = logging.getLogger(__name__)

_PATIENCE_S = 600.0
"""How long a result waits to be told while the store does not answer."""
_LONGEST_PAUSE_S = 5.0


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The settings of a worker's runs: their limits, and how many encoders they may run at a time."""

    limits: TimeLimits = field(default_factory=TimeLimits)
    encoders: int = 1


def run_job(
    backend: Backend, job_id: str, run: str, *, settings: RunSettings, on_change: Callable[[Job], None] = lambda _: None
) -> Job:
    """Does the rest of a job's work and returns the job: ended, waiting again, or taken by another run.

    Its folder of work stays until somebody cleans up, so that other captions are made from the pieces they do not touch.

    Whatever becomes of the work is told in the job, never raised. `run` is a token nobody else uses; `on_change` hears of the
    job's progress, from another thread.

    Raises:
        UnknownTaskError: there is no such job.
        TransientError: the store does not answer, and has not for ten minutes.
    """
    workspace = backend.folders.of(job_id)
    with job_ownership(backend.store, job_id, workspace, run) as ours:
        if not ours:
            log.info("%s is in the hands of another run", job_id)
            return backend.store.get(job_id)
        job = change_patiently(backend.store, job_id, partial(taken_up, run=run))
        if not job.state.ended:
            job = _attempt(backend, job, run, settings, on_change)
        if job.state is State.REVOKED:
            discard(workspace)  # while it is held: it may be tried again as soon as it has ended
        else:
            prune(workspace, job)
    dispatch_jobs(backend)
    return job


def _attempt(backend: Backend, job: Job, run: str, settings: RunSettings, on_change: Callable[[Job], None]) -> Job:
    """Makes one attempt at a job and returns the job."""
    rules, workspace, stop = backend.rules, backend.folders.of(job.id), Stop()
    remove_halves(workspace.work)  # here nobody else writes now, and nor there
    workspace.storage.tidy(workspace.output)
    with logs.task_log(job.id, workspace.log):
        log.info("Attempt %d: %s", job.attempts, job.filename)
        on_change(job)
        watched = WatchedRun(job.id, run, workspace.work, stop)
        with Watch(backend.store, watched, settings.limits, on_change) as watch:
            work = Work(
                *(job, workspace, rules.media, rules.model, rules.advisor, stop),
                encoders=settings.encoders,
                report=watch.report,
                expected=watch.expect,
                moved=watch.moved,
                confirm=watch.confirm,
                measured=partial(_measured, backend.store, job.id, run, watch.moved),
                heard=partial(_heard, backend.store, job.id, run, watch.moved),
                offered=partial(_offered, backend.store, job.id, run, watch.moved),
            )
            ending = ending_of(work, lambda: _others_wait(backend, job))
            watch.done()
            try:
                job = change_patiently(backend.store, job.id, lambda job, now: of_run(run, lambda job: ending(job, now))(job))
            except LostError:
                job = backend.store.get(job.id)
        log.info("%s after attempt %d: %s", job.state, job.attempts, job.filename)
    return job


def _measured(store: JobStore, job_id: str, run: str, moved: Callable[[], None], duration_ms: int) -> None:
    """Notes the length of a job's video. Raises TooLargeError where it exceeds its owner's quota."""
    noted = of_run(run, lambda job: replace(job, duration_ms=duration_ms))
    check_minutes(store, change_patiently(store, job_id, lambda job, _: noted(job), moved=moved))


def _heard(store: JobStore, job_id: str, run: str, moved: Callable[[], None], language: str, certainty: int) -> None:
    """Notes the language of a job's video, and its certainty in percent."""
    noted = of_run(run, lambda job: replace(job, language=language, language_certainty=certainty))
    change_patiently(store, job_id, lambda job, _: noted(job), moved=moved)


def _offered(store: JobStore, job_id: str, run: str, moved: Callable[[], None], videos: tuple[str, ...]) -> None:
    """Notes which clips of a job are offered; a continued run names all of them again."""
    noted = of_run(run, lambda job: replace(job, clips_ready=tuple(dict.fromkeys((*job.clips_ready, *videos)))))
    change_patiently(store, job_id, lambda job, _: noted(job), moved=moved)


def _others_wait(backend: Backend, job: Job) -> bool:
    """Whether a job of another owner waits."""
    with suppress(TransientError):
        for waiting in backend.store.queue():
            with suppress(UnknownTaskError, DamagedError):
                if backend.store.get(waiting).owner != job.owner:
                    return True
    return False


def ending_of(work: Work, others_wait: Callable[[], bool]) -> Callable[[Job, float], Job]:
    """Does the work and returns the transition for its outcome. Only here is every error caught."""
    try:
        manifest = run_pipeline(work)
    except JobCancelledError:
        log.info("Cancelled")
        return revoked
    except StalledError as error:
        log.warning("Cut off: %s", error.sentence)
        return partial(handed_back, setback="nothing moved any more")
    except PipelineError as error:
        if isinstance(error, TimeUpError) and work.saved.is_set():
            log.info("Its time is up; the next run goes on")
            return partial(handed_on, yields=others_wait())
        log.warning("Failed (%s): %s", error.code, error)
        return partial(failed, problem=Problem(error.code, error.sentence))
    except Exception:
        log.exception("Failed")
        sentence = "An error of this program, not of your video, ended the work; task.log tells which. Tell whoever runs this."
        return partial(failed, problem=Problem("internal_error", sentence))
    return partial(succeeded, output_filename=manifest.output_filename) if manifest else up_for_review


def change_patiently(
    store: JobStore, job_id: str, step: Callable[[Job, float], Job], *, moved: Callable[[], None] = lambda: None
) -> Job:
    """Changes the job, and waits for a store that does not answer: hours of work must not be lost to its restart.

    Whoever waits does not hang: `moved` is called each time it asks again.
    """
    give_up, pause = time.monotonic() + _PATIENCE_S, 0.1
    while True:
        try:
            return store.change(job_id, lambda job: step(job, time.time()))
        except TransientError as error:
            if time.monotonic() + pause > give_up:
                raise
            log.warning("Asking again in %.1f seconds: %s", pause, error)
            moved()
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)
