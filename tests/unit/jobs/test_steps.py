"""From one state of a job to the next."""

from dataclasses import replace

import pytest

from video_automation.errors import StateError
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.steps import MAX_ATTEMPTS, asked_to_end, cleaned, failed, revoked, succeeded, taken_up

WAITING = Job(id="1", owner="ann", filename="a.mp4", created_at=0)
RUNNING = taken_up(WAITING, 5)
PROBLEM = Problem("code", "It broke.")
ENDED = [succeeded(RUNNING, 9, output_filename="x.mp4"), failed(RUNNING, 9, PROBLEM), revoked(RUNNING, 9)]


def test_a_worker_takes_a_waiting_job_up() -> None:
    assert (RUNNING.state, RUNNING.attempts, RUNNING.started_at) == (State.PROGRESS, 1, 5)


def test_an_interrupted_job_is_taken_up_again_and_keeps_its_progress() -> None:
    again = taken_up(replace(RUNNING, progress=40, eta_seconds=3), 50)
    assert (again.state, again.attempts, again.started_at, again.progress) == (State.PROGRESS, 2, 5, 40)
    assert again.eta_seconds is None


def test_a_job_that_is_interrupted_too_often_is_given_up() -> None:
    after = taken_up(replace(RUNNING, attempts=MAX_ATTEMPTS), 50)
    assert (after.state, after.problem and after.problem.code) == (State.FAILURE, "gave_up")


def test_a_job_somebody_asked_to_end_is_not_taken_up() -> None:
    assert taken_up(asked_to_end(RUNNING, 6), 7).state is State.REVOKED
    assert asked_to_end(WAITING, 6).state is State.REVOKED


@pytest.mark.parametrize("job", ENDED, ids=lambda job: str(job.state))
def test_an_ended_job_stays_as_it_is(job: Job) -> None:
    assert taken_up(job, 20) == job
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
