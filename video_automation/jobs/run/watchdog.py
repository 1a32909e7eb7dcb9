"""Watches a run of a job: reports its progress, notices when it is to end, enforces its limits."""

import contextvars
import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from video_automation.errors import (
    JobCancelledError,
    LimitError,
    LostError,
    PipelineError,
    StalledError,
    TimeUpError,
    TransientError,
)
from video_automation.jobs.lifecycle.transitions import failed, of_run
from video_automation.jobs.model import Job, Problem
from video_automation.jobs.ports import JobStore
from video_automation.jobs.run.progress import Report, first_estimate, with_progress
from video_automation.jobs.run.steps import STEP_AT, STEPS, Extent, still_limit_s
from video_automation.media.cancellation import Stop

log = logging.getLogger(__name__)

_LOOK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How many seconds one run may take: after `soft_s` it hands its job on, after `hard_s` its process is ended.

    One that has not moved for `still_s` is cut off: it ends for another attempt, with the process if it does not end by itself.
    A step that says nothing on its way has longer with a long video (`jobs.run.steps.still_limit_s`).
    """

    soft_s: float | None = None
    hard_s: float | None = None
    still_s: float = 120.0


@dataclass(frozen=True, slots=True)
class WatchedRun:
    """A run of a job, the folder it writes to, and the signal that ends it."""

    job_id: str
    run: str
    folder: Path
    stop: Stop


class Watch:
    """Checks one run twice a second from a thread, while in the `with` block, and renews its lease.

    Where the store does not answer the work goes on: limits still hold, only nobody sees the progress meanwhile.
    """

    def __init__(self, store: JobStore, watched: WatchedRun, limits: TimeLimits, on_change: Callable[[Job], None]) -> None:
        self._store, self._watched, self._limits, self._on_change = store, watched, limits, on_change
        self._began = self._moved_at = time.monotonic()
        self._seen: object = None
        self._sign = object()
        self._video_ms: int | None = None
        self._report = self._told = Report(STEPS[0].name)
        self._left = first_estimate(self._report, self._began)
        self._extent: Extent | None = None
        self._silent = False
        self._done = threading.Event()
        self._over = threading.Event()
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._watching,), name="watch", daemon=True)

    def report(self, report: Report) -> None:
        """Receives a report of the work; from any thread, at any rate."""
        self._report = report

    def expect(self, extent: Extent) -> None:
        """Receives how much there is to do; from any thread."""
        self._extent = extent

    def moved(self) -> None:
        """Notes progress of a step that has no share to report; from any thread, at any rate."""
        self._sign = object()

    def confirm(self) -> None:
        """Makes sure that the job is this run's still; where the store does not answer, its record will refuse the end.

        Raises:
            LostError: it is not.
        """
        with suppress(TransientError):
            self._renew(self._store.get(self._watched.job_id))

    def done(self) -> None:
        """Notes that the work has ended and only its outcome is to be stored: limits no longer apply, the lease is kept.

        Telling it may have to wait for the store. When that answers again, this run is to be heard of before it is missed.
        """
        self._done.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watching(self) -> None:
        try:
            self._watch()
        except BaseException:
            self._watched.stop.set(StalledError("What watches over this task has failed."))  # a run goes nowhere unwatched
            raise

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_EVERY_S):
            now = time.monotonic()
            if not self._done.is_set():
                self._hold_to_limits(now - self._began)
                self.hold_to_moving(now)
            try:
                self.look(self._report, now)
            except TransientError as error:
                if not self._silent:
                    log.warning("The work goes on unseen: %s", error)
                self._silent = True
            except PipelineError as error:
                self._watched.stop.set(error)  # it is in other hands, or its record is gone
            else:
                self._silent = False

    def look(self, report: Report, now: float) -> None:
        """Updates the job's record, renews the lease, and checks whether the run is to end."""
        self._left = self._left.after(report, now, self._extent)
        job_id, run = self._watched.job_id, self._watched.run
        if report == self._told:
            job = self._store.get(job_id)
        else:
            eta = self._left.eta(now)
            job = self._store.change(job_id, of_run(run, lambda job: with_progress(job, report, eta)))
            self._told = report
            self._on_change(job)
        self._video_ms = job.duration_ms
        self._renew(job)
        if job.cancel_requested:
            self._watched.stop.set(JobCancelledError("Cancelled."))

    def _renew(self, job: Job) -> None:
        if job.run != self._watched.run or not self._store.lease(job.id, self._watched.run):
            raise LostError("This run has lost its job.")

    def hold_to_moving(self, now: float) -> None:
        """Ends a run without progress for too long: no report, no sign of life, nothing written."""
        still_s = still_limit_s(STEP_AT[self._report.stage], self._limits.still_s, self._video_ms)
        seen = self._report, self._sign, _written_in(self._watched.folder)
        if seen != self._seen:
            self._seen, self._moved_at = seen, now
        elif now - self._moved_at >= 1.5 * still_s:
            log.error("It does not end either: this process ends with it")
            os._exit(1)
        elif now - self._moved_at >= still_s:
            self._watched.stop.set(StalledError(f"Nothing has moved for {still_s:.0f} seconds."))

    def _hold_to_limits(self, elapsed: float) -> None:
        soft, hard = self._limits.soft_s, self._limits.hard_s
        if hard is not None and elapsed >= hard:
            self._end_process(too_long(hard))
        if soft is not None and elapsed >= soft:
            self._watched.stop.set(_time_up(soft, self._report))

    def _end_process(self, reason: LimitError) -> None:
        """Ends the process of work that did not end when asked to."""
        self._watched.stop.set(reason)
        problem = Problem(reason.code, reason.sentence)
        try:
            job_id, run = self._watched.job_id, self._watched.run
            self._store.change(job_id, of_run(run, lambda job: failed(job, time.time(), problem)))
            log.error("%s This process ends with it.", reason.sentence)
        finally:
            os._exit(1)


def _written_in(folder: Path) -> tuple[int, int]:
    """The bytes in all files under a folder, and when one was last written.

    In a finished MP4 ffmpeg moves all bytes to make room for the index before them: for minutes it is written, and grows not.
    """
    total = last_ns = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):  # it was given another name just now
                status = (Path(place) / name).stat()
                total, last_ns = total + status.st_size, max(last_ns, status.st_mtime_ns)
    return total, last_ns


def too_long(limit_s: float) -> LimitError:
    """The error of a task that had to be ended."""
    return LimitError(f"This took longer than {_shown(limit_s)}, the longest a task may take.", code="hard_time_limit")


def _time_up(limit_s: float, report: Report) -> TimeUpError:
    """The error of a task that used its time limit without progress."""
    return TimeUpError(
        f"In {_shown(limit_s)}, the longest a task may work at a time, nothing more was finished. It was at: {report.sentence}."
    )


def _shown(limit_s: float) -> str:
    return f"{limit_s / 60:.0f} minutes" if limit_s >= 120 else f"{limit_s:.0f} seconds"
