"""The tasks of a worker: one runs a job by `jobs.run.run_job` and reports the outcome to Celery, one makes proxies."""

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from billiard import current_process
from celery import Celery
from celery.exceptions import Ignore, TimeLimitExceeded

from video_automation.errors import PipelineError, TransientError
from video_automation.jobs.lifecycle.transitions import failed
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run.proxy_making import make_proxy
from video_automation.jobs.run.run_job import RunSettings, run_job
from video_automation.jobs.run.watchdog import TimeLimits, too_long
from video_automation.media.capacity import cores
from video_automation.sections import CelerySettings
from video_automation.worker.presence import jobs_at_a_time
from video_automation.worker.queue import PROXY_TASK, TASK

log = logging.getLogger(__name__)


def add_tasks(app: Celery, backend: Backend, settings: CelerySettings) -> Any:
    """Adds the tasks to the application; returns the one that runs jobs."""
    run_settings = RunSettings(job_limits(settings), encoders_each(settings))

    def ended_by_celery(_task: Any, error: Exception, job_id: str, *_: Any) -> None:
        """Celery calls this in the parent for a child it ended at the hard limit, in the child for any other failure."""
        if isinstance(error, TimeLimitExceeded):
            reason = too_long(settings.task_time_limit)
            problem = Problem(reason.code, reason.sentence)
            try:
                backend.store.change(job_id, lambda job: failed(job, time.time(), problem))
            except TransientError as lost:  # raising here would keep Celery from ending the process
                log.error("%s could not be told: %s", reason.sentence, lost)  # noqa: TRY400

    @app.task(bind=True, name=TASK, throws=(PipelineError,), on_failure=ended_by_celery)  # type: ignore[untyped-decorator]
    def process_video_task(self: Any, job_id: str) -> dict[str, str | None]:
        with _unheard(self):  # of a job that is done again, Celery would keep the first end and hear of nothing after it
            self.backend.forget(job_id)
        with _soft_limit_is_ours():
            run = f"{self.request.hostname}/{uuid4()}"
            job = run_job(backend, job_id, run, settings=run_settings, on_change=lambda job: _tell(self, job))
        return _result(self, job)

    # Whoever waits for a proxy asks again: one whose process was killed is not made once more by itself.
    @app.task(name=PROXY_TASK, ignore_result=True, reject_on_worker_lost=False)  # type: ignore[untyped-decorator]
    def make_proxy_task(job_id: str) -> None:
        with _soft_limit_is_ours():
            make_proxy(backend, job_id, limit_s=settings.task_soft_time_limit, encoders=run_settings.encoders)

    return process_video_task


def job_limits(settings: CelerySettings) -> TimeLimits:
    """The limits our own watch enforces: the soft one in any pool, the hard one where the pool cannot end a process."""
    soft, hard = settings.task_soft_time_limit, settings.task_time_limit
    return TimeLimits(soft_s=soft if soft < hard else None, hard_s=None if settings.worker_pool == "prefork" else hard)


def encoders_each(settings: CelerySettings) -> int:
    """How many encoders a job may run at a time, so that all jobs together use every core."""
    return max(1, cores() // jobs_at_a_time(settings))


def _tell(task: Any, job: Job) -> None:
    """Reports the progress to Celery, for `AsyncResult` and Flower. Our own record is the one that counts."""
    meta = {"progress": job.progress, "status": job.status}
    with _unheard(task):
        task.update_state(task_id=job.id, state=State.PROGRESS.value, meta=meta)


def _result(task: Any, job: Job) -> dict[str, str | None]:
    if job.state is State.SUCCESS:
        return {"status": "SUCCESS", "output_filename": job.output_filename, "message": "Video processed successfully!"}
    if job.state is State.REVOKED:
        task.backend.mark_as_revoked(job.id, job.status, request=task.request)
        raise Ignore
    if not job.state.ended:  # it waits again, or another run has it: that one will tell
        raise Ignore
    problem = job.problem or Problem("internal_error", job.status)
    raise PipelineError(problem.sentence, code=problem.code)


@contextmanager
def _unheard(task: Any) -> Iterator[None]:
    """Ignores, in the block, that Celery's result backend does not answer."""
    try:
        yield
    except (RuntimeError, *task.backend.connection_errors):
        return


@contextmanager
def _soft_limit_is_ours() -> Iterator[None]:
    """Turns off Celery's soft limit, a signal that raises an error anywhere. The job's own watch ends it in good order."""
    if current_process().name == "MainProcess":  # of the solo and threads pools: there the signal asks to drain
        yield
        return
    before = signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGUSR1, before)
