"""A worker does what is queued: start to end, one after another, each in a fresh process."""

import shutil
import time
from pathlib import Path

from celery import Celery
from redis_server import free_port
from worker_process import SOON_S, until

from video_automation.config import Settings
from video_automation.errors import TransientError
from video_automation.jobs.cancel import cancel
from video_automation.jobs.captions import restore
from video_automation.jobs.manifest import read
from video_automation.jobs.model import State
from video_automation.worker.app import publisher
from video_automation.worker.queue import CeleryQueue


def test_a_job_goes_from_waiting_to_done(start_worker, short_film: Path) -> None:
    worker = start_worker()
    sent = worker.send(short_film)
    assert sent.state is State.PENDING
    job = worker.wait(sent.id)
    assert (job.state, job.progress, job.stage, job.attempts) == (State.SUCCESS, 100, "done", 1)
    assert State.PROGRESS in worker.seen
    assert job.started_at >= job.created_at
    place = worker.backend.folders.of(job.id)
    assert place.file(job.output_filename).stat().st_size > 1000
    kinds = [artifact.kind for artifact in read(place.manifest).artifacts]
    assert kinds == ["video", *["timeline"] * 4, "plan", "log"]
    assert place.work.exists()
    assert job.id in worker.log.read_text()


NO_LANDLOCK = """
import os, sys
from video_automation.media import sandbox
sandbox._FORBIDDEN = {"landlock_create_ruleset": (444, 444)}
sandbox._CLONE = sandbox._CLONE3 = sandbox._TGKILL = sandbox._PRLIMIT = sandbox._PRCTL = (1 << 20, 1 << 20)  # no calls
sandbox.forbid_calls()
os.execv(sys.executable, (sys.executable, "start_worker.py"))
"""
"""Starts a worker as on a kernel that has none."""


def test_what_the_kernel_lacks_is_told_once_not_with_each_task(start_worker, short_film: Path) -> None:
    worker = start_worker("-c", NO_LANDLOCK)
    for _ in range(2):
        assert worker.wait(worker.send(short_film).id).state is State.SUCCESS
    assert worker.log.read_text().count("no Landlock") == 1


def test_celery_tells_the_same_end(start_worker, redis_url: str, short_film: Path) -> None:
    worker = start_worker()
    celery = Celery(broker=redis_url, backend=redis_url, set_as_current=False)
    good, bad = worker.send(short_film), worker.send(short_film)
    worker.backend.folders.of(bad.id).source.write_bytes(b"")
    result = celery.AsyncResult(good.id).get(timeout=20)
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
    start_worker, redis_url: str, long_film: Path
) -> None:
    worker = start_worker()
    celery = Celery(broker=redis_url, backend=redis_url, set_as_current=False)
    first = worker.wait(worker.send(long_film).id)
    until(celery.AsyncResult(first.id).ready)
    shutil.rmtree(worker.backend.folders.of(first.id).work)  # so that there is something to watch
    restore(worker.backend, first.id)
    worker.wait(first.id, ended=False, progress=1)
    until(lambda: celery.AsyncResult(first.id).state == "PROGRESS")
    assert celery.AsyncResult(first.id).info["status"]
    again = worker.wait(first.id)
    assert (again.state, again.attempts, again.problem) == (State.SUCCESS, 1, None)
    assert again.started_at > first.ended_at
    until(lambda: celery.AsyncResult(first.id).state == "SUCCESS")
    assert celery.AsyncResult(first.id).result["output_filename"] == again.output_filename


def test_a_reopened_job_that_was_cancelled_while_it_waited_can_be_reopened_once_more(
    start_worker, long_film: Path, short_film: Path
) -> None:
    worker = start_worker()
    done = worker.wait(worker.send(short_film).id)
    running = worker.send(long_film, preset="veryslow")
    worker.wait_for_rendering(running.id)
    restore(worker.backend, done.id)
    assert cancel(worker.backend, done.id).state is State.SUCCESS
    restore(worker.backend, done.id)
    cancel(worker.backend, running.id)
    worker.wait(running.id)
    again = worker.wait(done.id)
    assert (again.state, again.attempts, again.problem) == (State.SUCCESS, 1, None)
    assert again.started_at > done.ended_at


def test_each_task_has_a_fresh_process_without_a_pause_between_them(start_worker, short_film: Path) -> None:
    worker = start_worker()
    first, second = worker.send(short_film), worker.send(short_film)
    worker.wait(first.id, ended=False)
    process = worker.children()
    gap = worker.wait(second.id).started_at - worker.job(first.id).ended_at
    assert gap < SOON_S
    assert worker.children() != process


def test_a_worker_answers_while_it_works(start_worker, redis_url: str, long_film: Path) -> None:
    worker = start_worker()
    sent = worker.send(long_film, preset="veryslow")
    worker.wait(sent.id, ended=False)
    celery = Celery(broker=redis_url, backend=redis_url, set_as_current=False)
    active = celery.control.inspect(timeout=3, limit=1).active()
    assert [task["id"] for tasks in active.values() for task in tasks] == [sent.id]


def test_publishing_gives_up_soon_when_redis_is_gone() -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    queue = CeleryQueue(publisher(Settings(celery_config={"broker_url": url, "result_backend": url})))
    began = time.monotonic()
    try:
        queue.publish("1")
    except TransientError:
        assert time.monotonic() - began < SOON_S
    else:
        raise AssertionError("it was published")
