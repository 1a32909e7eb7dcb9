"""The progress of a job: one fraction that never falls, a sentence, and the time left, from its steps and their costs."""

from dataclasses import dataclass, replace

from video_automation.jobs.model import Job, Stage, State
from video_automation.jobs.run.steps import STEP_AT, overall_share

_GROUND_S, _GROUND = 2.0, 0.01
"""Seconds and share of the whole job that a stage must have gone on before its speed says anything about the end."""
_IN_MINUTES_S = 480
"""A video this long is counted in minutes."""
_STEADINESS = 0.8
"""How much of the last estimate stays in the next one."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the work: `done` of `total` seconds of video in a stage; both 0 if unknown."""

    stage: Stage
    done: float = 0.0
    total: float = 0.0

    @property
    def share(self) -> float:
        """The finished share of the stage, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total > 0 else 0.0

    @property
    def whole(self) -> float:
        """The finished share of the whole job, 0 to 1."""
        return overall_share(STEP_AT[self.stage], self.share)

    @property
    def sentence(self) -> str:
        """What happens now, as a sentence for a person."""
        step, done = STEP_AT[self.stage], min(self.done, self.total)
        in_all = " in all" if step.of_all else ""
        if self.total >= _IN_MINUTES_S:
            return f"{step.doing}, {done // 60:.0f} of {self.total / 60:.0f} minutes{in_all}"
        return f"{step.doing}, {done:.0f} of {self.total:.0f} seconds{in_all}" if self.total >= 1 else step.doing


@dataclass(frozen=True, slots=True)
class StageSpeed:
    """An estimate of the end from the speed of the present stage. Times are in seconds, on any clock.

    Each stage is measured from its first report on, so that work an earlier attempt left behind does not count as speed.
    """

    stage: Stage
    since: float
    since_whole: float
    ends_at: float | None = None

    def after(self, report: Report, now: float) -> "StageSpeed":
        """The pace after one more report."""
        if report.stage != self.stage:
            return StageSpeed(report.stage, now, report.whole, self.ends_at)
        took, gained = now - self.since, report.whole - self.since_whole
        if took < _GROUND_S or gained < _GROUND:
            return self
        ends_at = now + took * (1 - report.whole) / gained
        return replace(self, ends_at=ends_at if self.ends_at is None else _mixed(self.ends_at, ends_at))

    def eta(self, now: float) -> int | None:
        """Whole seconds left; None while that is unknown."""
        return None if self.ends_at is None else max(1, round(self.ends_at - now))


def stage_speed(report: Report, now: float) -> StageSpeed:
    """The pace at the first report."""
    return StageSpeed(report.stage, now, report.whole)


def with_progress(job: Job, report: Report, eta: int | None) -> Job:
    """The job with the reported progress: never less than before, and below 100 until it has succeeded.

    While a run comes to where the one before it was, nothing changes.
    """
    if job.state is not State.PROGRESS or report.whole < _reached(job):
        return job
    return replace(
        job,
        stage=report.stage,
        stage_progress=round(report.share, 3),
        progress=max(job.progress, min(99, int(report.whole * 100))),
        status=job.status if job.cancel_requested else report.sentence,
        eta_seconds=None if job.cancel_requested else eta or job.eta_seconds,
    )


def _reached(job: Job) -> float:
    """The last reported share of the whole job, 0 to 1."""
    return Report(job.stage, job.stage_progress, 1.0).whole if job.stage in STEP_AT else 0.0


def _mixed(before: float, now: float) -> float:
    return _STEADINESS * before + (1 - _STEADINESS) * now
