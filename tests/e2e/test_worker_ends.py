"""However a job ends before its time, ffmpeg ends with it and the record says why."""

import math
import os
import shutil
import signal
from pathlib import Path

import pytest
from worker_process import SOON_S, WorkerProcess, runs, until

from video_automation.errors import UnknownTaskError
from video_automation.jobs.cancel import cancel
from video_automation.jobs.captions import restore
from video_automation.jobs.model import State
from video_automation.stores.redis import connect


@pytest.fixture
def limit_s(start_worker, long_film: Path) -> int:
    """Seconds in which this machine, as busy as it is, surely has begun to render."""
    worker = start_worker()
    sent = worker.send(long_film, preset="veryslow")
    seconds = until(lambda: worker.job(sent.id).stage == "render")
    cancel(worker.backend, sent.id)
    worker.wait(sent.id)
    worker.kill()
    return 2 + math.ceil(3 * seconds)


@pytest.mark.parametrize("pool", ["prefork", "solo"])
@pytest.mark.parametrize("code", ["soft_time_limit", "hard_time_limit"])
def test_a_limit_ends_the_work_and_says_so(start_worker, long_film: Path, pool: str, code: str, limit_s: int) -> None:
    hard_s = limit_s if code == "hard_time_limit" else 60
    worker = start_worker(worker_pool=pool, task_soft_time_limit=limit_s, task_time_limit=hard_s)
    sent = worker.send(long_film, preset="veryslow")
    programs = worker.wait_for_rendering(sent.id)
    job = worker.wait(sent.id)
    assert (job.state, job.problem.code) == (State.FAILURE, code)
    assert job.problem.sentence == f"This took longer than {limit_s} seconds, the longest a task may take."
    assert job.ended_at - job.started_at < limit_s + SOON_S
    until(lambda: not any(map(runs, programs)), within_s=SOON_S)


def test_a_process_that_hangs_is_ended_at_the_hard_limit(start_worker, long_film: Path, short_film: Path, limit_s: int) -> None:
    worker = start_worker(task_soft_time_limit=limit_s, task_time_limit=limit_s + 1)
    sent = worker.send(long_film, preset="veryslow")
    programs = worker.wait_for_rendering(sent.id)
    (process,) = worker.children()
    os.kill(process, signal.SIGSTOP)
    job = worker.wait(sent.id)
    assert (job.state, job.problem.code) == (State.FAILURE, "hard_time_limit")
    until(lambda: not any(map(runs, (process, *programs))), within_s=SOON_S)
    assert worker.wait(worker.send(short_film).id).state is State.SUCCESS


def test_cancelling_ends_ffmpeg_long_before_it_is_done(start_worker, long_film: Path) -> None:
    worker = start_worker()
    sent = worker.send(long_film, preset="veryslow")
    programs = worker.wait_for_rendering(sent.id)
    cancel(worker.backend, sent.id)
    until(lambda: not any(map(runs, programs)), within_s=SOON_S)
    assert worker.wait(sent.id).state is State.REVOKED
    place = worker.backend.folders.of(sent.id)
    until(lambda: not place.work.exists())
    until(lambda: [file.name for file in place.output.iterdir()] == ["task.log"])


def test_cancelling_a_job_that_is_done_again_keeps_its_result(start_worker, long_film: Path) -> None:
    worker = start_worker()
    done = worker.wait(worker.send(long_film).id)
    place = worker.backend.folders.of(done.id)
    film = place.file(done.output_filename).read_bytes()
    shutil.rmtree(place.work)
    restore(worker.backend, done.id)
    programs = worker.wait_for_rendering(done.id)
    cancel(worker.backend, done.id)
    until(lambda: not any(map(runs, programs)), within_s=SOON_S)
    job = worker.wait(done.id)
    assert (job.state, job.problem and job.problem.code) == (State.SUCCESS, "cancelled")
    assert place.file(job.output_filename).read_bytes() == film


def test_a_cancelled_job_that_waits_is_never_begun(start_worker, long_film: Path, short_film: Path) -> None:
    worker = start_worker()
    running, waiting = worker.send(long_film, preset="veryslow"), worker.send(short_film)
    worker.wait(running.id, ended=False)
    assert cancel(worker.backend, waiting.id).state is State.REVOKED
    cancel(worker.backend, running.id)
    after = worker.send(short_film)
    assert worker.wait(after.id).state is State.SUCCESS
    assert worker.job(waiting.id).attempts == 0


def test_a_job_whose_process_is_killed_goes_on_from_its_finished_work(start_worker, long_film: Path) -> None:
    worker = start_worker()
    sent = worker.send(long_film, preset="medium")
    units = worker.backend.folders.of(sent.id).work / "units"
    until(lambda: units.is_dir() and any(file.suffix != ".part" for file in units.iterdir()))
    finished = [file.name for file in units.iterdir() if file.suffix != ".part"]
    (process,) = worker.children()
    os.kill(process, signal.SIGKILL)
    job = worker.wait(sent.id)
    assert (job.state, job.attempts) == (State.SUCCESS, 2)
    commands = worker.backend.folders.of(sent.id).log.read_text()
    assert commands.count("probe_child.py") == 1
    assert [name for name in finished if commands.count(f"file:{name}.part") != 1] == []


def test_a_worker_told_to_end_hands_its_job_to_the_next_one(start_worker, long_film: Path) -> None:
    worker = start_worker()
    sent = worker.send(long_film, preset="medium")
    programs = worker.wait_for_rendering(sent.id)
    worker.process.terminate()
    until(lambda: worker.process.poll() is not None, within_s=SOON_S)
    until(lambda: not any(map(runs, programs)), within_s=2)
    waiting = worker.backend.store.get(sent.id)
    assert (waiting.state, waiting.attempts) == (State.PENDING, 0)
    other = start_worker()
    job = other.wait(sent.id)
    assert (job.state, job.attempts) == (State.SUCCESS, 1)


def test_what_a_killed_worker_had_another_goes_on_with_within_ten_seconds(start_worker, long_film: Path) -> None:
    worker, other = start_worker(), start_worker()
    sent = worker.send(long_film, preset="medium")
    programs = worker.wait_for_rendering(sent.id)
    first = worker.job(sent.id).run
    killed, left = (worker, other) if f"worker-{worker.process.pid}@" in first else (other, worker)
    killed.kill()
    assert until(lambda: left.job(sent.id).run not in (None, first)) < 10
    assert not any(map(runs, programs))
    job = left.wait(sent.id)
    assert (job.state, job.attempts) == (State.SUCCESS, 2)


def test_a_process_that_hangs_is_replaced_once_nothing_is_heard_of_it(start_worker, long_film: Path) -> None:
    worker = start_worker()
    sent = worker.send(long_film, preset="medium")
    worker.wait_for_rendering(sent.id)
    (process,) = worker.children()
    first = worker.job(sent.id).run
    os.kill(process, signal.SIGSTOP)
    assert until(lambda: worker.job(sent.id).run not in (None, first)) < 20
    assert not runs(process)
    assert worker.wait(sent.id).state is State.SUCCESS


def test_an_emptied_redis_is_filled_again_and_the_work_goes_on(start_worker, long_film: Path, short_film: Path) -> None:
    worker = start_worker()
    done = worker.wait(worker.send(short_film).id)
    sent = worker.send(long_film, preset="medium")
    worker.wait_for_rendering(sent.id)
    connect(worker.redis_url).flushall()
    until(lambda: known(worker, done.id) and known(worker, sent.id))
    assert worker.job(done.id) == done
    assert worker.wait(sent.id).state is State.SUCCESS


def known(worker: WorkerProcess, job_id: str) -> bool:
    """Whether the store knows the job."""
    try:
        return worker.job(job_id).id == job_id
    except UnknownTaskError:
        return False


@pytest.mark.parametrize("pool", ["prefork", "solo", "threads"])
def test_a_worker_told_to_drain_finishes_its_job_and_takes_no_other(
    start_worker, long_film: Path, short_film: Path, pool: str
) -> None:
    worker = start_worker(worker_pool=pool)
    running, waiting = worker.send(long_film), worker.send(short_film)
    worker.wait_for_rendering(running.id)
    worker.process.send_signal(signal.SIGUSR1)
    assert worker.process.wait(30) == 0
    assert (worker.job(running.id).state, worker.job(running.id).attempts) == (State.SUCCESS, 1)
    assert worker.job(waiting.id).state is State.PENDING
