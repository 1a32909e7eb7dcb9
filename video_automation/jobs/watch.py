"""Looks after a job while it is worked on: tells how far it is, hears when it is to end, holds it to its limits."""

import contextvars
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from video_automation.errors import JobCancelledError, LimitError, PipelineError, TransientError
from video_automation.jobs.model import Job, Problem
from video_automation.jobs.ports import JobStore
from video_automation.jobs.progress import Report, pace, shown
from video_automation.jobs.steps import failed
from video_automation.media.stop import Stop

log = logging.getLogger(__name__)

_LOOK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long one attempt may take, in seconds: after `soft_s` it is asked to end, after `hard_s` the process ends with it."""

    soft_s: float | None = None
    hard_s: float | None = None


class Watch:
    """Two looks a second at one job, from a thread of its own, while in the `with` block.

    Where the store does not answer the work goes on: limits still hold, only nobody sees the progress meanwhile.
    """

    def __init__(self, store: JobStore, job_id: str, stop: Stop, limits: TimeLimits, on_change: Callable[[Job], None]) -> None:
        self._store, self._job_id, self._stop, self._limits, self._on_change = store, job_id, stop, limits, on_change
        self._began = time.monotonic()
        self._report = self._told = Report("probe")
        self._pace = pace(self._report, self._began)
        self._silent = False
        self._over = threading.Event()
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._watch,), name="watch", daemon=True)

    def report(self, report: Report) -> None:
        """Takes what the work says about itself; from any thread, as often as it likes."""
        self._report = report

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_EVERY_S):
            now = time.monotonic()
            self._hold_to_limits(now - self._began)
            try:
                self._look(self._report, now)
            except TransientError as error:
                if not self._silent:
                    log.warning("The work goes on unseen: %s", error)
                self._silent = True
            except PipelineError as error:
                self._stop.set(error)  # its record is gone
            else:
                self._silent = False

    def _look(self, report: Report, now: float) -> None:
        self._pace = self._pace.after(report, now)
        if report == self._told:
            job = self._store.get(self._job_id)
        else:
            eta = self._pace.eta(now)
            job = self._store.change(self._job_id, lambda job: shown(job, report, eta))
            self._told = report
            self._on_change(job)
        if job.cancel_requested or job.state.ended:
            self._stop.set(JobCancelledError("Cancelled."))

    def _hold_to_limits(self, elapsed: float) -> None:
        soft, hard = self._limits.soft_s, self._limits.hard_s
        if hard is not None and elapsed >= hard:
            self._end_process(too_long(hard, code="hard_time_limit"))
        if soft is not None and elapsed >= soft:
            self._stop.set(too_long(soft, code="soft_time_limit"))

    def _end_process(self, reason: LimitError) -> None:
        """The work did not end when asked to, or nobody could ask it: it ends with the process it is done in."""
        self._stop.set(reason)
        problem = Problem(reason.code, reason.sentence)
        try:
            self._store.change(self._job_id, lambda job: failed(job, time.time(), problem))
            log.error("%s This process ends with it.", reason.sentence)
        finally:
            os._exit(1)


def too_long(limit_s: float, *, code: str) -> LimitError:
    """The error of a task that reached a limit."""
    limit = f"{limit_s / 60:.0f} minutes" if limit_s >= 120 else f"{limit_s:.0f} seconds"
    return LimitError(f"This took longer than {limit}, the longest a task may take.", code=code)
