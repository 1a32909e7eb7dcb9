"""However a job is ended early, its ffmpeg processes end with it, and its record says why."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from instance import go_on, halted
from places import on_disk
from redis_server import patient
from thorough import few
from worker_process import WorkerProcess, runs, until

from video_automation.errors import UnknownTaskError
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.model import State


def at_work(
    start: Callable[[int], WorkerProcess], video: Path, *, hangs: bool = False
) -> tuple[WorkerProcess, str, int, list[int]]:
    """A worker, its job, the time limit, and the halted processes of the job.

    The limit is the first in which this machine gets as far as rendering.
    """
    for limit_s in (8, 24, 72):
        worker = start(limit_s)
        sent = worker.send(video, preset="veryslow")
        found = worker.stopped(sent.id)
        if found and hangs:
            found += filter(halted, worker.children())
            with patient(worker.redis_url) as client:
                found *= bool(client.persist(f"va:lease:{sent.id}"))  # it keeps the job until its limit
        if found and not worker.job(sent.id).state.ended:
            return worker, sent.id, limit_s, found
        worker.kill()
    raise AssertionError("it renders nothing")


@pytest.mark.thorough
@pytest.mark.parametrize("pool", ["prefork", "solo"])
def test_the_hard_limit_ends_the_work_and_says_so(start_worker, medium_video: Path, pool: str) -> None:
    def start(limit_s: int) -> WorkerProcess:
        return start_worker(worker_pool=pool, task_soft_time_limit=limit_s, task_time_limit=limit_s)

    worker, job_id, limit_s, programs = at_work(start, medium_video)
    job = worker.wait(job_id)
    assert (job.state, job.problem.code) == (State.FAILURE, "hard_time_limit")
    assert job.problem.sentence == f"This took longer than {limit_s} seconds, the longest a task may take."
    until(lambda: not any(map(runs, programs)))


def test_a_task_that_finishes_nothing_more_in_all_its_time_fails_and_says_so(start_worker, medium_video: Path) -> None:
    def start(limit_s: int) -> WorkerProcess:
        return start_worker(task_soft_time_limit=limit_s, task_time_limit=600)

    worker, job_id, limit_s, _ = at_work(start, medium_video)
    while worker.stopped(job_id):  # also in the second run, after the first has only probed the video
        pass
    job = worker.job(job_id)
    assert (job.state, job.problem.code) == (State.FAILURE, "soft_time_limit")
    told = f"In {limit_s} seconds, the longest a task may work at a time, nothing more was finished. It was at: Rendering"
    assert job.problem.sentence.startswith(told)


def test_a_process_that_hangs_is_ended_at_the_hard_limit(start_worker, medium_video: Path, short_video: Path) -> None:
    def start(limit_s: int) -> WorkerProcess:
        return start_worker(task_soft_time_limit=limit_s, task_time_limit=limit_s + 1)

    worker, job_id, limit_s, found = at_work(start, medium_video, hangs=True)
    job = worker.wait(job_id)
    assert (job.state, job.problem.code) == (State.FAILURE, "hard_time_limit")
    assert job.problem.sentence == f"This took longer than {limit_s + 1} seconds, the longest a task may take."
    until(lambda: not any(map(runs, found)))
    assert worker.wait(worker.send(short_video).id).state is State.SUCCESS


def test_cancelling_ends_ffmpeg_long_before_it_is_done_and_a_job_that_waits_is_never_begun(
    worker: WorkerProcess, medium_video: Path, short_video: Path
) -> None:
    sent, programs = worker.send_and_stop(medium_video, preset="veryslow")
    waiting = worker.send(short_video)
    assert cancel_job(worker.backend, waiting.id).state is State.REVOKED
    cancel_job(worker.backend, sent.id)
    until(lambda: not any(map(runs, programs)))
    assert worker.wait(sent.id).state is State.REVOKED
    place = on_disk(worker.backend, sent.id)
    until(lambda: not place.work.exists())
    until(lambda: [file.name for file in place.output.iterdir()] == ["task.log"])
    after = worker.send(short_video)
    assert worker.wait(after.id).state is State.SUCCESS
    assert worker.job(waiting.id).attempts == 0


def test_cancelling_a_job_that_is_done_again_keeps_its_result(worker: WorkerProcess, medium_video: Path) -> None:
    done = worker.wait(worker.send(medium_video).id)
    place = on_disk(worker.backend, done.id)
    video = place.workspace.file(done, done.output_filename).read_bytes()
    programs = worker.redo_and_stop(done.id)
    cancel_job(worker.backend, done.id)
    until(lambda: not any(map(runs, programs)))
    job = worker.wait(done.id)
    assert (job.state, job.problem and job.problem.code) == (State.SUCCESS, "cancelled")
    assert place.workspace.file(job, job.output_filename).read_bytes() == video


def test_a_job_whose_process_is_killed_goes_on_from_its_finished_work(worker: WorkerProcess, medium_video: Path) -> None:
    sent, _ = worker.send_and_stop(medium_video, units=1)
    finished = worker.units(sent.id)
    (process,) = worker.children()
    os.kill(process, signal.SIGKILL)
    job = worker.wait(sent.id)
    assert (job.state, job.attempts) == (State.SUCCESS, 2)
    commands = worker.backend.folders.of(sent.id).log.read_text()
    assert commands.count("probe_child.py") == 1
    assert [name for name in finished if commands.count(f"file:{name}.part") != 1] == []


SLOW_TO_END = """
import time
from celery.worker.consumer import Consumer
from video_automation.cli import main
cancel = Consumer.cancel_active_requests
Consumer.cancel_active_requests = lambda self: (cancel(self), time.sleep(5))
main(["worker"])
"""
"""The code of a worker that needs long after its processes have ended."""


PROGRAMS = {"usual": (), "slow": ("-c", SLOW_TO_END)}


@pytest.mark.parametrize("program", few(PROGRAMS, "slow"))
def test_a_worker_told_to_end_hands_its_job_to_the_next_one(start_worker, medium_video: Path, program: str) -> None:
    worker = start_worker(*PROGRAMS[program])
    sent, programs = worker.send_and_stop(medium_video)
    worker.process.terminate()
    until(lambda: worker.process.poll() is not None)
    until(lambda: not any(map(runs, programs)))
    waiting = worker.backend.store.get(sent.id)
    assert (waiting.state, waiting.attempts) == (State.PENDING, 0)
    other = start_worker()
    job = other.wait(sent.id)
    assert (job.state, job.attempts) == (State.SUCCESS, 1)


def test_what_a_killed_worker_had_another_goes_on_with(start_worker, medium_video: Path) -> None:
    worker, other = start_worker(), start_worker()
    sent, programs = worker.send_and_stop(medium_video)
    first = worker.job(sent.id).run
    killed, left = (worker, other) if f"worker-{worker.process.pid}@" in first else (other, worker)
    killed.kill()
    until(lambda: not any(map(runs, programs)))
    job = left.wait(sent.id)
    assert (job.state, job.attempts) == (State.SUCCESS, 2)


@pytest.mark.thorough
def test_a_process_that_hangs_is_replaced_once_nothing_is_heard_of_it(worker: WorkerProcess, medium_video: Path) -> None:
    sent, _ = worker.send_and_stop(medium_video)
    (process,) = filter(halted, worker.children())
    until(lambda: not runs(process))
    assert worker.wait(sent.id).state is State.SUCCESS


def test_an_emptied_redis_is_filled_again_and_the_work_goes_on(
    worker: WorkerProcess, medium_video: Path, short_video: Path
) -> None:
    done = worker.wait(worker.send(short_video).id)
    sent, _ = worker.send_and_stop(medium_video)
    with patient(worker.redis_url) as client:
        client.flushall()
    until(lambda: known(worker, done.id) and known(worker, sent.id))
    assert worker.job(done.id) == done
    assert worker.wait(sent.id).state is State.SUCCESS


def known(worker: WorkerProcess, job_id: str) -> bool:
    """Whether the store knows the job."""
    try:
        return worker.job(job_id).id == job_id
    except UnknownTaskError:
        return False


@pytest.mark.parametrize("pool", few(["prefork", "solo", "threads"], "prefork"))
def test_a_worker_told_to_drain_finishes_its_job_and_takes_no_other(
    start_worker, medium_video: Path, short_video: Path, pool: str
) -> None:
    worker = start_worker(worker_pool=pool)
    running, programs = worker.send_and_stop(medium_video)
    waiting = worker.send(short_video)
    worker.process.send_signal(signal.SIGUSR1)
    until(lambda: not worker.presence.present())  # the worker has received the signal
    go_on(programs)
    until(lambda: worker.process.poll() is not None)
    assert worker.process.returncode == 0
    assert (worker.job(running.id).state, worker.job(running.id).attempts) == (State.SUCCESS, 1)
    assert worker.job(waiting.id).state is State.PENDING
