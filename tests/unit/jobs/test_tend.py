"""What becomes of jobs whose runs, messages or records are lost."""

import math
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from places import on_disk

from video_automation.errors import LostError, TransientError
from video_automation.jobs.housekeeping import reconciler
from video_automation.jobs.housekeeping.reconciler import Tending, hand_back
from video_automation.jobs.lifecycle import ownership
from video_automation.jobs.lifecycle.ownership import at_rest, job_ownership
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.lifecycle.transitions import MAX_ATTEMPTS, of_run, succeeded, taken_up
from video_automation.jobs.locks import try_lock
from video_automation.jobs.model import Job, State, job_json
from video_automation.jobs.ports import Backend
from video_automation.plan.params import Params
from video_automation.stores.memory import MemoryStore


@pytest.fixture
def job(backend: Backend) -> Job:
    """A job that waits."""
    job = new_job(filename="talk.mov", owner="ann", params=Params())
    on_disk(backend, job.id).source.parent.mkdir(parents=True)
    backend.store.add(job)
    return job


@dataclass
class StubbornStore(MemoryStore):
    """A store that can be read but refuses changes for a while, as Redis does when its memory is full."""

    stubborn: bool = False

    def completed(self) -> None:
        if self.stubborn:
            raise TransientError("no room")


def at_work(backend: Backend, job: Job, run: str = "run") -> Job:
    return backend.store.change(job.id, lambda job: taken_up(job, 0, run))


@contextmanager
def another_process(backend: Backend, job: Job, run: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the job's lock as a run does."""
    program = """
        import sys
        from pathlib import Path
        from video_automation.jobs.lifecycle.ownership import job_ownership
        from places import folders_in
        from video_automation.stores.memory import MemoryStore
        place = folders_in(Path(sys.argv[1])).of(sys.argv[2])
        with job_ownership(MemoryStore(), "job", place, sys.argv[3]):
            print("held", flush=True)
            sys.stdin.read()
    """
    argv = [sys.executable, "-c", textwrap.dedent(program), str(backend.folders.input.parent), job.id, run]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    known = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(argv, **pipes, env=known, start_new_session=True) as process:
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


class TestAJobWhoseRunIsGone:
    def test_waits_again_at_once_where_its_process_has_died_here(self, backend: Backend, queue, job: Job) -> None:
        at_work(backend, job)
        backend.store.lease(job.id, "run")
        with another_process(backend, job, "run") as process:
            Tending(backend).tend()
            assert backend.store.get(job.id).state is State.PROGRESS
            process.kill()
            process.wait()
            Tending(backend).tend()
        after = backend.store.get(job.id)
        assert (after.state, after.attempts, after.run, after.setback) == (State.PENDING, 1, None, "its worker died")
        assert queue.messages == [job.id]

    def test_waits_again_once_nothing_was_heard_of_it(self, backend: Backend, job: Job, monkeypatch) -> None:
        at_work(backend, job)
        tending = Tending(backend)
        monkeypatch.setattr(reconciler, "GRACE_S", math.inf)
        tending.tend()
        assert backend.store.get(job.id).state is State.PROGRESS, "after an outage of the store its run may come back"
        monkeypatch.setattr(reconciler, "GRACE_S", 0)
        tending.tend()
        assert backend.store.get(job.id).state is State.PENDING

    def test_is_left_alone_while_its_run_has_a_lease(self, backend: Backend, job: Job, monkeypatch) -> None:
        monkeypatch.setattr(reconciler, "GRACE_S", 0)
        at_work(backend, job)
        backend.store.lease(job.id, "run")
        Tending(backend).tend()
        assert backend.store.get(job.id).state is State.PROGRESS

    def test_ends_where_it_was_cut_off_too_often(self, backend: Backend, job: Job) -> None:
        for _ in range(MAX_ATTEMPTS):
            hand_back(backend, at_work(backend, job), setback="the roof fell in")
        after = backend.store.get(job.id)
        assert (after.state, after.problem.code) == (State.FAILURE, "gave_up")
        assert after.problem.sentence.startswith("The work was cut off 3 times, the last time because the roof fell in;")

    def test_ends_where_somebody_had_cancelled_it(self, backend: Backend, job: Job) -> None:
        at_work(backend, job)
        cancelled = backend.store.change(job.id, lambda job: replace(job, cancel_requested=True))
        hand_back(backend, cancelled, setback="its worker died")
        assert backend.store.get(job.id).state is State.REVOKED

    def test_does_not_lose_an_attempt_by_an_orderly_stop(self, backend: Backend, job: Job) -> None:
        for _ in range(2 * MAX_ATTEMPTS):
            hand_back(backend, at_work(backend, job), setback=None)
        assert backend.store.get(job.id).attempts == 0

    def test_cannot_be_ended_by_it_any_more(self, backend: Backend, job: Job) -> None:
        hand_back(backend, at_work(backend, job, "lost"), setback="its worker died")
        at_work(backend, job, "new")
        with pytest.raises(LostError):
            backend.store.change(job.id, of_run("lost", lambda job: succeeded(job, 1, output_filename="x.mp4")))
        hand_back(backend, replace(job, run="lost"), setback="its worker died")
        assert backend.store.get(job.id).run == "new"

    def test_has_time_to_come_back_once_the_store_takes_changes_again(self, backend: Backend, job: Job, monkeypatch) -> None:
        now = 0.0
        monkeypatch.setattr(reconciler, "time", SimpleNamespace(monotonic=lambda: now, time=lambda: now))
        at_work(backend, job)
        store = StubbornStore({job.id: backend.store.get(job.id)})
        tending = Tending(replace(backend, store=store))
        tending.tend()
        now, store.stubborn = reconciler.GRACE_S, True
        with pytest.raises(TransientError):
            tending.tend()
        store.stubborn = False
        tending.tend()
        assert store.get(job.id).state is State.PROGRESS


class TestHolding:
    def test_a_job_is_held_by_one_run_alone(self, backend: Backend, job: Job) -> None:
        place = backend.folders.of(job.id)
        with (
            job_ownership(backend.store, job.id, place, "one") as ours,
            job_ownership(backend.store, job.id, place, "other") as theirs,
        ):
            assert (ours, theirs) == (True, False)
        with job_ownership(backend.store, job.id, place, "other") as ours:
            assert ours

    def test_a_lease_of_another_machine_is_respected(self, backend: Backend, job: Job) -> None:
        backend.store.lease(job.id, "elsewhere")
        with job_ownership(backend.store, job.id, backend.folders.of(job.id), "here") as ours:
            assert not ours

    def test_a_process_that_hangs_without_a_lease_is_killed(self, backend: Backend, job: Job, monkeypatch) -> None:
        monkeypatch.setattr(ownership, "KILLED_WITHIN_S", 60)
        with another_process(backend, job, "stuck") as process:
            process.send_signal(signal.SIGSTOP)
            with job_ownership(backend.store, job.id, backend.folders.of(job.id), "new") as ours:
                assert ours
            assert process.wait() == -signal.SIGKILL

    def test_the_lease_alone_decides_where_a_lock_stays_with_somebody(self, backend: Backend, job: Job, monkeypatch) -> None:
        monkeypatch.setattr(ownership, "KILLED_WITHIN_S", 0)
        place = backend.folders.of(job.id)
        place.lock.touch()
        with try_lock(place.lock), job_ownership(backend.store, job.id, place, "new") as ours:
            assert ours
            assert not backend.store.lease(job.id, "another")

    def test_no_run_takes_up_a_job_while_its_files_are_removed(self, backend: Backend, job: Job) -> None:
        place = backend.folders.of(job.id)
        with at_rest(backend.store, job.id) as idle, job_ownership(backend.store, job.id, place, "run") as ours:
            assert (idle, ours) == (True, False)
        with job_ownership(backend.store, job.id, place, "run") as ours, at_rest(backend.store, job.id) as idle:
            assert (ours, idle) == (True, False)
            assert not backend.store.lease(job.id, "another"), "looking whether it is at rest has not taken it away"

    def test_a_process_that_has_a_lease_is_not(self, backend: Backend, job: Job) -> None:
        backend.store.lease(job.id, "alive")
        with another_process(backend, job, "alive") as process:
            with job_ownership(backend.store, job.id, backend.folders.of(job.id), "new") as ours:
                assert not ours
            assert process.poll() is None


def test_workers_are_called_for_as_many_as_can_be_worked_on(backend: Backend, queue) -> None:
    for i in range(5):
        backend.store.add(replace(new_job(filename="a.mp4", owner="ann", params=Params()), created_at=float(i)))
    two = replace(backend, slots=lambda: 2)
    Tending(two).tend()
    Tending(two).tend()
    assert queue.messages == list(backend.store.queue()[:2])
    at_work(backend, backend.store.get(queue.messages[0]))
    Tending(two).tend()
    assert len(queue.messages) == 2, "one is at work, the other is called already"


def test_records_the_store_has_lost_come_back_from_their_folders(backend: Backend, queue, tmp_path: Path) -> None:
    done = replace(new_job(filename="a.mp4", owner="ann", params=Params()), state=State.SUCCESS, output_filename="x.mp4")
    working = taken_up(new_job(filename="b.mp4", owner="bob", params=Params(trim_silence=False)), 0, "run")
    for one in (done, working):
        file = on_disk(backend, one.id).record
        file.parent.mkdir(parents=True)
        file.write_bytes(job_json(one))
    broken = on_disk(backend, new_job(filename="", owner="", params=Params()).id).record
    broken.parent.mkdir()
    broken.write_text("{")
    Tending(backend).tend()
    assert backend.store.get(done.id) == done
    after = backend.store.get(working.id)
    assert (after.state, after.attempts, after.params) == (State.PENDING, 1, working.params)
    assert queue.messages == [working.id]
