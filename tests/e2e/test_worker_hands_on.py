"""A task that reaches its time limit while it makes progress is queued again, as often as needed; no work is repeated."""

import os
import re
from collections import Counter
from pathlib import Path
from threading import Event

import pytest
from places import on_disk
from worker_process import WorkerProcess

from video_automation.jobs.model import Job, State
from video_automation.jobs.run.manifest import read_manifest


def handed_on(worker: WorkerProcess, job: Job) -> int:
    """How often a job was queued again at its time limit."""
    return worker.backend.folders.of(job.id).log.read_text().count("Its time is up")


@pytest.mark.thorough
def test_a_video_takes_as_many_tasks_as_it_needs(start_worker, long_video: Path) -> None:
    for limit_s in (2, 4, 8, 16, 32, 64):  # the first in which this machine finishes some work, but not all
        worker = start_worker(task_soft_time_limit=limit_s, task_time_limit=limit_s + 60)
        sent = worker.send(long_video, preset="veryfast")
        seen = []
        while not (job := worker.job(sent.id)).state.ended:
            seen.append((job.progress, job.stage))
            Event().wait(0.05)  # leaves the processor to the worker
        if handed_on(worker, job) and job.state is State.SUCCESS:
            break
        assert job.state is State.SUCCESS or job.problem.code == "soft_time_limit"
        worker.kill()
    else:
        raise AssertionError("it was never handed on")
    assert (job.progress, job.attempts, job.problem) == (100, 1, None)
    progress = [percent for percent, _ in seen]
    assert progress == sorted(progress)
    stages = [stage for _, stage in seen]
    assert set(stages[stages.index("render") :]) <= {"render", "assemble", "done"}, "no run shows what the one before did"
    place = on_disk(worker.backend, job.id)
    log = place.log.read_text()
    assert log.count("probe_child.py") == 1
    begun = Counter(re.findall(r"file:(\w+\.mp4)\.part", log))
    standing = {file.name for file in (place.work / "units").glob("*.mp4")}
    assert sum(begun[name] - 1 for name in standing) <= len(os.sched_getaffinity(0)) * handed_on(worker, job), (
        "but what was cut off half done"
    )
    assert read_manifest(place.result(job).manifest).stats.kept_ms == 60_000
