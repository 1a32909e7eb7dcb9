"""Estimates when a waiting job begins."""

from collections.abc import Iterable
from heapq import heapreplace
from statistics import median

from video_automation.jobs.model import Job, State


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
