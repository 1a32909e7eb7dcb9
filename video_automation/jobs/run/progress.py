"""The progress of a job: one fraction that never falls, a sentence, and the time left, from its steps and their costs."""

import math
from dataclasses import dataclass, replace

from video_automation.jobs.model import Job, Stage, State
from video_automation.jobs.run.steps import STEP_AT, STEPS, Extent, overall_share

_GROUND, _GROUND_S = 0.2, 20.0
"""Before a time left is told, so large a share of the work, or so many usual seconds of it, have been measured."""
_EXPECTED = 0.005
"""That the machine is as fast as usual counts as much as this share of the whole job once that has been measured,"""
_AS_BEFORE = 0.1
"""and that a stage goes on as slowly as all so far, as much as this share of the stage."""
_FOUND = 0.4
"""Work done in less than this share of the expected time was found done, by an earlier run."""
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
    """An estimate of when a job ends, from how much slower than usual its stages have been. Times are in seconds, on any clock.

    What an earlier run has left behind is no speed: a stage that finds some of it is measured from there on. Until a stage has
    made progress it is expected to be as slow as the stages before it, or slower once it takes longer.
    """

    stage: Stage
    began: float
    at: float
    """When the last report came."""
    found: float = 0.0
    """The share of the stage that was done when it began."""
    share: float = 0.0
    """The share that is done,"""
    moved_at: float = 0.0
    """since when."""
    since: float | None = None
    """When the stage made its first progress, up to `since_share`; None if it has made none."""
    since_share: float = 0.0
    spent_s: float = 0.0
    usual_s: float = 0.0
    """What the earlier stages took, and what they usually take; those that were found done are not among them."""
    ends_at: float | None = None

    def after(self, report: Report, now: float, extent: Extent | None) -> "TimeLeft":
        """The estimate after one more report; an extent of None is not known yet."""
        if extent is None:
            return first_estimate(report, self.began if report.stage == self.stage else now)
        if report.stage != self.stage:
            took, usual = self._measured(1.0, now, extent)
            begun = first_estimate(Report(report.stage), now)
            return replace(begun, spent_s=self.spent_s + took, usual_s=self.usual_s + usual, ends_at=self.ends_at)
        left = self._moved(report.share, now, extent) if report.share > self.share else self
        return left.shown(now, extent)

    def shown(self, now: float, extent: Extent) -> "TimeLeft":
        """With the end that is shown now: it stays if the estimate is much the same, else it approaches it."""
        estimated = self._estimated(now, extent)
        if estimated is None or self.ends_at is None:
            return replace(self, at=now, ends_at=estimated or self.ends_at)
        left, differs = max(self.ends_at, estimated) - now, estimated - self.ends_at
        if abs(differs) <= _SAME * left:
            return replace(self, at=now)
        halves = (now - self.at) / max(_HALFWAY_S, _HALFWAY * left)
        return replace(self, at=now, ends_at=self.ends_at + differs * (1 - math.pow(0.5, halves)))

    def _moved(self, share: float, now: float, extent: Extent) -> "TimeLeft":
        """At so large a share of the stage."""
        if self.since is not None:
            return replace(self, share=share, moved_at=now)
        begun = replace(self, share=share, moved_at=now, since=now, since_share=share)
        return begun if self._measured(share, now, extent)[1] else replace(begun, began=now, found=share)

    def eta(self, now: float) -> int | None:
        """Whole seconds left; None while that is unknown."""
        return None if self.ends_at is None else max(1, round(self.ends_at - now))

    def _measured(self, share: float, at: float, extent: Extent) -> tuple[float, float]:
        """What the present stage took up to this share of it, and usually takes; both 0 if that is no speed."""
        step, took = STEP_AT[self.stage], at - self.began
        usual = step.usual_s(extent, self.found) - step.usual_s(extent, share) if share > self.found else 0.0
        found = self.since is None and took < _FOUND * usual * self._slowness(extent)
        return (0.0, 0.0) if found or step.silent else (took, usual)

    def _slowness(self, extent: Extent, took: float = 0.0, usual: float = 0.0) -> float:
        """How many times slower than usual the earlier stages were, and so much of the present one."""
        expected = _EXPECTED * _usual_s(extent)
        return (self.spent_s + took + expected) / (self.usual_s + usual + expected)

    def _estimated(self, now: float, extent: Extent) -> float | None:
        """When the job ends if this stage goes on as it does, and the later ones as all so far; None without any ground."""
        step = STEP_AT[self.stage]
        took, usual = self._measured(self.share, self.moved_at, extent)
        rest, later = step.usual_s(extent, self.share), _usual_s(extent, after=self.stage)
        measured = self.usual_s + usual
        if measured < min(_GROUND_S, _GROUND * (measured + rest + later)):
            return None
        here = self._here(self._slowness(extent, took, usual), extent)
        waited = now - self.moved_at
        rest_s = max(rest * here - waited, waited * _STILL) if rest else 0.0
        if not step.silent:
            took, usual = took + waited, usual + min(rest, waited / here)
        return now + rest_s + later * self._slowness(extent, took, usual)

    def _here(self, slowness: float, extent: Extent) -> float:
        """How many times slower than usual the present stage goes on, where all so far was so slow."""
        if self.since is None:
            return slowness
        step = STEP_AT[self.stage]
        usual = step.usual_s(extent, self.since_share) - step.usual_s(extent, self.share)
        weight = _AS_BEFORE * step.usual_s(extent)
        return (self.moved_at - self.since + weight * slowness) / (usual + weight)


def first_estimate(report: Report, now: float) -> TimeLeft:
    """The estimate at the first report: none yet."""
    return TimeLeft(report.stage, now, now, moved_at=now)


def _usual_s(extent: Extent, after: Stage | None = None) -> float:
    """How many seconds all steps of a job usually take, or those after a stage."""
    return sum(step.usual_s(extent) for step in (STEPS if after is None else STEPS[STEPS.index(STEP_AT[after]) + 1 :]))


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
