"""The progress of a job: one fraction that never falls, a sentence, and the time left, from its steps and their costs."""

import math
from dataclasses import dataclass, replace

from video_automation.jobs.model import Job, Stage, State
from video_automation.jobs.run.steps import STEP_AT, USUAL_WORK_SHARE, overall_share

_GROUND_S, _GROUND = 2.0, 0.01
"""Seconds and share of the whole job that a stage must have gone on before its speed says anything about the end."""
_EXPECTED_WEIGHT = 0.02
"""What is expected counts as much as this share of the whole job once that has been measured."""
_STILL = 0.25
"""A stage that has told no progress for longer than it usually takes still needs such a share of that time."""
_SAME = 0.1
"""An estimate that differs by less than this share of the time left is not worth showing."""
_HALFWAY, _HALFWAY_S = 0.1, 3.0
"""The share of the time left, and the least seconds, in which the shown end goes half of the way to the estimate."""
_IN_MINUTES_S = 480
"""A video this long is counted in minutes."""


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
class TimeLeft:
    """An estimate of when a job ends, from the speed of its stages so far. Times are in seconds, on any clock.

    A stage is measured from its first progress on, since what an earlier run has left behind is no speed. Until then it is
    expected to be as fast as the stages before it, or slower once it takes longer; and these as fast as `steps` says.
    """

    stage: Stage
    began: float
    at: float
    """When the last report came."""
    since_whole: float
    since: float | None = None
    """When the stage made its first progress, from `since_whole` on; None if it has made none."""
    spent_s: float = 0.0
    gained: float = 0.0
    """What earlier stages took, and which share of the whole job they are."""
    usual_s: float = 0.0
    """How long the whole job takes by the table of steps; 0 if the length of the video is unknown."""
    ends_at: float | None = None

    def after(self, report: Report, now: float) -> "TimeLeft":
        """The estimate after one more report."""
        if report.stage != self.stage:
            return self._at_stage(report, now)
        ends_at = self._shown(self._estimated(report, now), now)
        if self.since is None and report.whole > self.since_whole:
            return replace(self, at=now, ends_at=ends_at, since=now, since_whole=report.whole)
        return replace(self, at=now, ends_at=ends_at)

    def eta(self, now: float) -> int | None:
        """Whole seconds left; None while that is unknown."""
        return None if self.ends_at is None else max(1, round(self.ends_at - now))

    def _at_stage(self, report: Report, now: float) -> "TimeLeft":
        """The next stage, with what the one before it took."""
        took, gained = self._measured(self._ends, now, since=self.began if self.since is None else self.since)
        tells_length = report.total >= 1 and not STEP_AT[report.stage].of_all
        return TimeLeft(
            report.stage,
            now,
            now,
            report.whole,
            spent_s=self.spent_s + took,
            gained=self.gained + gained,
            usual_s=USUAL_WORK_SHARE * report.total if tells_length else self.usual_s,
            ends_at=self.ends_at,
        )

    @property
    def _ends(self) -> float:
        """The share of the whole job at the end of this stage."""
        return Report(self.stage, 1.0, 1.0).whole

    def _measured(self, whole: float, now: float, since: float) -> tuple[float, float]:
        """The seconds of the present stage and its share of the whole job; both 0 if they are too few."""
        took, gained = now - since, whole - self.since_whole
        return (took, gained) if took >= _GROUND_S and gained >= _GROUND else (0.0, 0.0)

    def _estimated(self, report: Report, now: float) -> float | None:
        """When the job ends if this stage goes on as it does, and the later ones as all so far; None without any ground."""
        took, gained = (0.0, 0.0) if self.since is None else self._measured(report.whole, now, self.since)
        if not gained:
            return self._awaited(report, now) if self.gained else None
        before = _pace(self.spent_s, self.gained, self.usual_s) if self.gained else self.usual_s
        here, later = _pace(took, gained, before), _pace(self.spent_s + took, self.gained + gained, self.usual_s)
        return now + (self._ends - report.whole) * here + (1 - self._ends) * later

    def _awaited(self, report: Report, now: float) -> float:
        """When the job ends if this stage, not measured yet, is as fast as those before, or as slow as it seems."""
        before, waited, share = _pace(self.spent_s, self.gained, self.usual_s), now - self.began, self._ends - report.whole
        done = min(share, waited / before)
        later = _pace(self.spent_s + waited, self.gained + done, self.usual_s)
        return now + max((share - done) * before, waited * _STILL) + (1 - self._ends) * later

    def _shown(self, estimated: float | None, now: float) -> float | None:
        """The end to show: it stays if the estimate is much the same, else it approaches it."""
        if estimated is None or self.ends_at is None:
            return estimated or self.ends_at
        left, differs = max(self.ends_at, estimated) - now, estimated - self.ends_at
        if abs(differs) <= _SAME * left:
            return self.ends_at
        halves = (now - self.at) / max(_HALFWAY_S, _HALFWAY * left)
        return self.ends_at + differs * (1 - math.pow(0.5, halves))


def first_estimate(report: Report, now: float) -> TimeLeft:
    """The estimate at the first report: none yet."""
    return TimeLeft(report.stage, now, now, report.whole)


def _pace(took: float, gained: float, expected: float) -> float:
    """Seconds for the whole job by what was measured and what is expected, of which at least one is known."""
    weight = _EXPECTED_WEIGHT if expected else 0.0
    return (took + weight * expected) / (gained + weight)


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
