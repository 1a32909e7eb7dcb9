"""Estimates when a waiting job begins, and how long the work on a video takes."""

from collections.abc import Iterable
from heapq import heapreplace
from statistics import median

from video_automation.jobs.model import Job, State
from video_automation.jobs.run.steps import USUAL_WORK_SHARE


def starts_in_s(before: int, *, slots: int, running_s: tuple[int | None, ...], usual_s: float | None) -> int | None:
    """In how many seconds a job begins that so many others wait before; None where that cannot be known.

    `slots` is how many jobs can be at work at a time; `running_s`, how long each will be that is, None where that is not
    known; `usual_s`, how long jobs usually take.
    """
    free = max(0, slots - len(running_s))
    if before < free:
        return 0
    if slots < 1 or (usual_s is None and (before or None in running_s)):
        return None
    guess = usual_s or 0.0
    free_in = sorted([0.0] * free + [guess if left is None else float(left) for left in running_s])[-slots:]
    for _ in range(before):
        heapreplace(free_in, free_in[0] + guess)  # a sorted list is a heap
    return round(free_in[0])


def usual_s(jobs: Iterable[Job]) -> float | None:
    """How long jobs usually take, by the finished ones among these; None if there are none."""
    took = [job.ended_at - job.started_at for job in jobs if job.state is State.SUCCESS and job.started_at and job.ended_at]
    return median(took) if took else None


def work_share(jobs: Iterable[Job]) -> float:
    """Seconds of work for each second of video, by those of these jobs that were done at the first try, else as measured."""
    first = (job for job in jobs if job.state is State.SUCCESS and job.rendered_revision == 0 and job.reopened_at is None)
    shares = [
        (job.ended_at - job.started_at) / (job.duration_ms / 1000)
        for job in first
        if job.started_at and job.ended_at and job.duration_ms
    ]
    return median(shares) if shares else USUAL_WORK_SHARE
