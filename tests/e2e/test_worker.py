"""A worker takes jobs from the queue and runs them one after another, each in a new process."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from celery import Celery
from instance import go_on, halted
from places import on_disk
from ports import free_port
from redis_server import PATIENCE_S
from worker_process import WorkerProcess, until

from video_automation.config import Settings
from video_automation.errors import TransientError
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.lifecycle.proxy_calls import proxy_or_call
from video_automation.jobs.lifecycle.recaptioning import restore_captions
from video_automation.jobs.model import State
from video_automation.jobs.run.manifest import read_manifest
from video_automation.worker.celery_app import publisher
from video_automation.worker.queue import CeleryQueue


def test_a_job_goes_from_waiting_to_done_and_the_next_one_has_a_fresh_process(worker: WorkerProcess, short_video: Path) -> None:
    sent, programs = worker.send_and_stop(short_video, preset="veryslow")
    assert sent.state is State.PENDING
    assert worker.job(sent.id).state is State.PROGRESS
    first = worker.children()
    go_on(programs)
    job = worker.wait(sent.id)
    assert (job.state, job.progress, job.stage, job.attempts) == (State.SUCCESS, 100, "done", 1)
    assert job.started_at >= job.created_at
    place = on_disk(worker.backend, job.id)
    assert place.workspace.file(job, job.output_filename).stat().st_size > 1000
    kinds = [artifact.kind for artifact in read_manifest(place.result(job).manifest).artifacts]
    assert kinds == ["video", *["timeline"] * 4, "plan", "log"]
    assert place.work.exists()
    assert job.id in worker.log.read_text()
    other, _ = worker.send_and_stop(short_video, preset="veryslow")
    second = worker.children()
    cancel_job(worker.backend, other.id)
    assert not set(first) & set(second)


def test_a_proxy_is_made_by_a_worker_for_whoever_asks_for_it(worker: WorkerProcess, short_video: Path) -> None:
    job = worker.wait(worker.send(short_video).id)
    proxy = worker.backend.folders.of(job.id).proxy(job)
    assert not proxy.exists()
    until(lambda: proxy_or_call(worker.backend, worker.job(job.id)) == proxy)
    assert proxy.stat().st_size > 1000


NO_LANDLOCK = """
import os, sys
from video_automation.media import sandbox
sandbox._FORBIDDEN = {"landlock_create_ruleset": (444, 444)}
sandbox._CLONE = sandbox._CLONE3 = sandbox._TGKILL = sandbox._PRLIMIT = sandbox._PRCTL = (1 << 20, 1 << 20)  # no calls
sandbox.forbid_calls()
os.execv(sys.executable, (sys.executable, "start_worker.py"))
"""
"""The code of a worker on a kernel without Landlock."""


def test_what_the_kernel_lacks_is_told_once_not_with_each_task(start_worker, short_video: Path) -> None:
    worker = start_worker("-c", NO_LANDLOCK)
    for _ in range(2):
        assert worker.wait(worker.send(short_video).id).state is State.SUCCESS
    assert worker.log.read_text().count("no Landlock") == 1


def test_celery_tells_the_same_end(worker: WorkerProcess, short_video: Path) -> None:
    celery = Celery(broker=worker.redis_url, backend=worker.redis_url, set_as_current=False)
    idle = [pid for pid in worker.children() if halted(pid)]
    good, bad = worker.send(short_video), worker.send(short_video)
    on_disk(worker.backend, bad.id).source.write_bytes(b"")
    go_on(idle)
    result = celery.AsyncResult(good.id).get(timeout=PATIENCE_S)
    assert result == {
        "status": "SUCCESS",
        "output_filename": worker.job(good.id).output_filename,
        "message": "Video processed successfully!",
    }
    job = worker.wait(bad.id)
    until(celery.AsyncResult(bad.id).ready)
    assert (job.state, celery.AsyncResult(bad.id).state) == (State.FAILURE, "FAILURE")
    assert str(celery.AsyncResult(bad.id).result) == job.problem.sentence


def test_a_done_job_that_is_reopened_is_really_done_again_and_celery_hears_of_it(
    worker: WorkerProcess, medium_video: Path
) -> None:
    celery = Celery(broker=worker.redis_url, backend=worker.redis_url, set_as_current=False)
    first = worker.wait(worker.send(medium_video).id)
    until(celery.AsyncResult(first.id).ready)
    programs = worker.redo_and_stop(first.id)
    until(lambda: celery.AsyncResult(first.id).state == "PROGRESS")
    assert celery.AsyncResult(first.id).info["status"]
    go_on(programs)
    again = worker.wait(first.id)
    assert (again.state, again.attempts, again.problem) == (State.SUCCESS, 1, None)
    assert again.started_at > first.ended_at
    until(lambda: celery.AsyncResult(first.id).state == "SUCCESS")
    assert celery.AsyncResult(first.id).result["output_filename"] == again.output_filename


def test_a_reopened_job_that_was_cancelled_while_it_waited_can_be_reopened_once_more(
    worker: WorkerProcess, medium_video: Path, short_video: Path
) -> None:
    done = worker.wait(worker.send(short_video).id)
    running, _ = worker.send_and_stop(medium_video, preset="veryslow")
    restore_captions(worker.backend, done.id)
    assert cancel_job(worker.backend, done.id).state is State.SUCCESS
    restore_captions(worker.backend, done.id)
    cancel_job(worker.backend, running.id)
    worker.wait(running.id)
    again = worker.wait(done.id)
    assert (again.state, again.attempts, again.problem) == (State.SUCCESS, 1, None)
    assert again.started_at > done.ended_at


def test_there_is_no_pause_between_tasks(worker: WorkerProcess, short_video: Path) -> None:
    jobs = [worker.wait(job.id) for job in [worker.send(short_video) for _ in range(3)]]
    pauses = [after.started_at - max(before.ended_at, after.created_at) for before, after in pairwise(jobs)]
    work = [job.ended_at - job.started_at for job in jobs]
    assert min(pauses) < max(5, *work), "Celery's own takes 5 s, on however fast a machine"


def test_a_worker_answers_while_it_works(worker: WorkerProcess, long_video: Path) -> None:
    sent = worker.send(long_video, preset="veryslow")
    worker.wait(sent.id, ended=False)
    celery = Celery(broker=worker.redis_url, backend=worker.redis_url, set_as_current=False)
    inspect = celery.control.inspect(timeout=PATIENCE_S / 2, limit=1)
    until(lambda: [task["id"] for tasks in (inspect.active() or {}).values() for task in tasks] == [sent.id])
    assert worker.job(sent.id).state is State.PROGRESS
    cancel_job(worker.backend, sent.id)


def test_publishing_gives_up_when_redis_is_gone() -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    queue = CeleryQueue(publisher(Settings(celery_config={"broker_url": url, "result_backend": url})))
    began = time.monotonic()
    with pytest.raises(TransientError):
        queue.publish("1")
    assert time.monotonic() - began < 15, "one that listens for results takes 19 s"
