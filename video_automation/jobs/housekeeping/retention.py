"""How long the files of a job are kept."""

from dataclasses import dataclass

from video_automation.jobs.model import Job, State

_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Retention:
    """How long, and how much, is kept of ended jobs."""

    results_s: int | None = 168 * _HOUR_S
    """Everything, after the job's end; None for ever."""
    work_s: int = 24 * _HOUR_S
    """What other captions and clips of a done job are made from quickly, after its end."""
    max_bytes: int | None = None
    """What the files of all jobs may take together; None for as much as the disk has."""


def kept_until(job: Job, retention: Retention) -> float | None:
    """When the files of an ended job expire, in Unix seconds; None if never, or if they are gone."""
    if job.ended_at is None or job.cleaned or retention.results_s is None:
        return None
    return job.ended_at + retention.results_s


def work_kept_until(job: Job, retention: Retention) -> float | None:
    """When the pieces of work of an ended job go; where it failed, or waits for a review, it goes on from them: they stay."""
    if job.ended_at is None or job.state in (State.FAILURE, State.REVIEW):
        return None
    return job.ended_at + (retention.work_s if job.state is State.SUCCESS else 0)
