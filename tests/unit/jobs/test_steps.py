"""The transitions from one state of a job to the next."""

from dataclasses import replace

import pytest

from video_automation.errors import GoneError, StateError
from video_automation.jobs.lifecycle.transitions import (
    MAX_ATTEMPTS,
    asked_to_end,
    cleaned,
    failed,
    handed_on,
    reopened,
    retried,
    revoked,
    succeeded,
    taken_up,
)
from video_automation.jobs.model import Job, Problem, State
from video_automation.plan.params import Params

WAITING = Job(id="1", owner="ann", filename="a.mp4", created_at=0)
RUNNING = taken_up(WAITING, 5, "run")
PROBLEM = Problem("code", "It broke.")
ENDED = [succeeded(RUNNING, 9, output_filename="x.mp4"), failed(RUNNING, 9, PROBLEM), revoked(RUNNING, 9)]


def test_a_worker_takes_a_waiting_job_up() -> None:
    assert (RUNNING.state, RUNNING.attempts, RUNNING.started_at) == (State.PROGRESS, 1, 5)


def test_a_job_whose_time_is_up_looks_as_if_nothing_had_happened() -> None:
    going = replace(RUNNING, progress=40, stage="render", stage_progress=0.5, status="Rendering", eta_seconds=9, attempts=2)
    waiting = handed_on(going, 40, yields=False)
    again = taken_up(waiting, 41, "other")
    assert (waiting.state, waiting.run, again.state, again.run) == (State.PENDING, None, State.PROGRESS, "other")
    for job in (waiting, again):
        assert job.begun
        assert (job.progress, job.stage, job.stage_progress) == (40, "render", 0.5)
        assert (job.status, job.eta_seconds) == ("Rendering", 9)
    assert again.attempts == 1, "what was cut off before is forgotten: it came further"
    assert handed_on(replace(going, cancel_requested=True), 40, yields=False).state is State.REVOKED


def test_an_interrupted_job_is_taken_up_again_and_keeps_its_progress() -> None:
    again = taken_up(replace(RUNNING, progress=40, eta_seconds=3), 50, "run")
    assert (again.state, again.attempts, again.started_at, again.progress) == (State.PROGRESS, 2, 5, 40)
    assert again.eta_seconds is None


def test_a_job_that_is_interrupted_too_often_is_given_up() -> None:
    after = taken_up(replace(RUNNING, attempts=MAX_ATTEMPTS), 50, "run")
    assert (after.state, after.problem and after.problem.code) == (State.FAILURE, "gave_up")


def test_a_job_somebody_asked_to_end_is_not_taken_up() -> None:
    assert taken_up(asked_to_end(RUNNING, 6), 7, "run").state is State.REVOKED
    assert asked_to_end(WAITING, 6).state is State.REVOKED


@pytest.mark.parametrize("job", ENDED, ids=lambda job: str(job.state))
def test_an_ended_job_stays_as_it_is(job: Job) -> None:
    assert taken_up(job, 20, "run") == job
    assert succeeded(job, 20, output_filename="y.mp4") == job
    assert failed(job, 20, PROBLEM) == job
    assert revoked(job, 20) == job


def test_the_end_is_told_in_full() -> None:
    success, failure, end = ENDED
    assert (success.progress, success.stage, success.output_filename, success.ended_at) == (100, "done", "x.mp4", 9)
    assert (failure.problem, failure.status) == (PROBLEM, "It broke.")
    assert (end.state, end.status) == (State.REVOKED, "Cancelled.")


def test_only_a_job_that_has_ended_is_cleaned_up() -> None:
    assert all(cleaned(job).cleaned for job in ENDED)
    for job in (WAITING, RUNNING):
        with pytest.raises(StateError):
            cleaned(job)


class TestReopening:
    DONE = ENDED[0]
    AGAIN = reopened(DONE, 12, building="1-x")

    def test_starts_a_done_job_from_the_beginning(self) -> None:
        again = self.AGAIN
        assert (again.state, again.stage, again.progress, again.attempts) == (State.PENDING, "queued", 0, 0)
        assert (again.started_at, again.ended_at, again.problem) == (None, None, None)
        assert (again.created_at, again.queued_at) == (0, 12)

    def test_is_for_done_jobs_that_have_their_files(self) -> None:
        for job in (WAITING, RUNNING, *ENDED[1:], self.AGAIN):
            with pytest.raises(StateError):
                reopened(job, 12, building="1-x")
        with pytest.raises(GoneError):
            reopened(cleaned(self.DONE), 12, building="1-x")

    def test_that_succeeds_has_a_new_end(self) -> None:
        after = succeeded(taken_up(self.AGAIN, 13, "run"), 20, output_filename="x.mp4")
        assert (after.state, after.started_at, after.ended_at, after.problem) == (State.SUCCESS, 13, 20, None)

    def test_that_fails_leaves_the_job_done_and_says_why(self) -> None:
        after = failed(taken_up(self.AGAIN, 13, "run"), 20, PROBLEM)
        assert (after.state, after.stage, after.progress, after.ended_at) == (State.SUCCESS, "done", 100, 20)
        assert (after.problem, after.status) == (PROBLEM, "It broke. The video is as it was before.")
        assert reopened(after, 30, building="1-x").problem is None

    @pytest.mark.parametrize("job", [AGAIN, taken_up(AGAIN, 13, "run")], ids=["waiting", "running"])
    def test_that_is_cancelled_leaves_the_job_done(self, job: Job) -> None:
        after = revoked(asked_to_end(job, 14), 15)
        assert (after.state, after.problem and after.problem.code) == (State.SUCCESS, "cancelled")
        assert not after.cancel_requested
        assert taken_up(reopened(after, 30, building="1-x"), 31, "run").state is State.PROGRESS

    def test_that_is_interrupted_too_often_leaves_the_job_done(self) -> None:
        after = taken_up(replace(self.AGAIN, attempts=MAX_ATTEMPTS), 50, "run")
        assert (after.state, after.problem and after.problem.code) == (State.SUCCESS, "gave_up")

    def test_forgets_that_somebody_asked_for_an_end_that_came_too_late(self) -> None:
        done = succeeded(replace(asked_to_end(RUNNING, 6), output_filename="w.mp4"), 9, output_filename="x.mp4")
        assert taken_up(reopened(done, 12, building="1-x"), 13, "run").state is State.PROGRESS


class TestRetrying:
    OTHER = Params(trim_silence=False)

    @pytest.mark.parametrize("job", ENDED[1:], ids=lambda job: str(job.state))
    def test_starts_a_job_that_came_to_nothing_anew(self, job: Job) -> None:
        again = retried(job, 12, self.OTHER, building="1-x")
        assert (again.state, again.stage, again.progress, again.attempts) == (State.PENDING, "queued", 0, 0)
        assert (again.problem, again.ended_at, again.queued_at, again.params) == (None, None, 12, self.OTHER)
        assert taken_up(again, 13, "run").state is State.PROGRESS

    def test_leaves_a_job_at_work_as_it_is(self) -> None:
        for job in (WAITING, RUNNING):
            assert retried(job, 12, job.params, building="1-x") == job
            with pytest.raises(StateError):
                retried(job, 12, self.OTHER, building="1-x")

    def test_reopens_a_done_job_for_other_options_alone(self) -> None:
        done = ENDED[0]
        assert failed(taken_up(retried(done, 12, self.OTHER, building="1-x"), 13, "run"), 20, PROBLEM).state is State.SUCCESS
        with pytest.raises(StateError, match="is done"):
            retried(done, 12, done.params, building="1-x")

    def test_is_for_jobs_that_have_their_files(self) -> None:
        for job in ENDED:
            with pytest.raises(GoneError):
                retried(cleaned(job), 12, self.OTHER, building="1-x")


def test_a_job_whose_cancelling_was_accepted_does_not_succeed() -> None:
    assert succeeded(asked_to_end(RUNNING, 6), 7, output_filename="x.mp4").state is State.REVOKED
