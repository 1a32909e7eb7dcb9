"""A job that stops once its plan is decided, until somebody has reviewed it."""

from dataclasses import replace

import pytest
from places import on_disk
from revised import CLIP, made, served, titled
from running import plan_of, queued, run

from video_automation.errors import GoneError, StateError
from video_automation.jobs.housekeeping.janitor import sweep
from video_automation.jobs.housekeeping.retention import Retention
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.lifecycle.retry import retry
from video_automation.jobs.lifecycle.transitions import taken_up
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.changes import How, edit_plan, render_newest, undo_edits
from video_automation.plan.edits import OtherOptions
from video_automation.plan.params import Params

HOUR_S = 3600


@pytest.fixture
def review(backend: Backend, video: bytes) -> Job:
    """A job that waits for a review of its plan."""
    job = run(backend, queued(backend, video, params=Params(review=True)))
    assert job.state is State.REVIEW
    return job


def test_a_review_stops_before_anything_is_rendered_and_a_message_still_about_changes_nothing(
    backend: Backend, review: Job
) -> None:
    place = on_disk(backend, review.id)
    assert not list(place.work.rglob("*.mp4"))
    assert (place.building(review).folder.exists(), review.output_filename) == (False, None)
    assert plan_of(backend, review).packaging is not None
    assert run(backend, review) == review == backend.store.get(review.id)
    with pytest.raises(StateError, match="There is nothing to undo"):
        undo_edits(backend, review.id)


def test_edits_without_rendering_stay_in_review_and_rendering_makes_them(backend: Backend, queue, review: Job) -> None:
    for title in ("First", "Second"):
        changed = edit_plan(backend, review.id, [titled(title)], How(render=False)).job
        assert changed.state is State.REVIEW
    edit_plan(backend, review.id, [CLIP], How(render=False))
    undo_edits(backend, review.id, How(render=False))
    assert (run(backend, review).state, queue.messages) == (State.REVIEW, [])
    assert render_newest(backend, review.id).state is State.PENDING
    assert queue.messages == [review.id]
    job = run(backend, review)
    assert (job.state, job.rendered_revision, job.dropped) == (State.SUCCESS, 4, ())
    assert ([title.text for title in served(backend, job).titles], served(backend, job).clips) == (["Second"], ())


def test_an_edit_that_renders_ends_a_review(backend: Backend, review: Job) -> None:
    made(backend, review, titled("Mine"))
    assert [title.text for title in served(backend, review).titles] == ["Mine"]
    again = made(backend, review, titled("Other"))
    assert again.reviewed, "it is asked for one look alone"


def test_other_options_in_a_review_are_decided_and_looked_at_again(backend: Backend, review: Job) -> None:
    waiting = edit_plan(backend, review.id, [OtherOptions(options=(("trim_silence", "false"),))], How(render=False)).job
    assert waiting.state is State.PENDING
    again = run(backend, review)
    assert (again.state, again.revision, again.params.trim_silence) == (State.REVIEW, 1, False)
    render_newest(backend, review.id)
    assert (run(backend, review).state, served(backend, review).revision) == (State.SUCCESS, 1)


def killed(backend: Backend, job: Job) -> None:
    """Makes the job look as if a run had taken it and its process had died."""
    assert backend.store.change(job.id, lambda job: taken_up(job, 0, "gone")).state is State.PROGRESS


def test_a_review_goes_on_wherever_a_run_is_killed(backend: Backend, video: bytes) -> None:
    job = queued(backend, video, params=Params(review=True))
    killed(backend, job)
    assert run(backend, job).state is State.REVIEW
    edit_plan(backend, job.id, [titled("Mine")], How(render=False))
    render_newest(backend, job.id)
    killed(backend, job)
    done = run(backend, job)
    assert (done.state, done.attempts) == (State.SUCCESS, 2)
    assert [title.text for title in served(backend, job).titles] == ["Mine"]


def test_a_review_that_is_cancelled_is_looked_at_again_when_it_is_retried(backend: Backend, review: Job) -> None:
    edit_plan(backend, review.id, [titled("Mine")], How(render=False))
    assert cancel_job(backend, review.id).state is State.REVOKED
    assert not backend.folders.of(review.id).work.exists()
    retry(backend, review.id, {})
    assert run(backend, review).state is State.REVIEW
    assert [title.text for title in plan_of(backend, review).packaging.titles] == ["Mine"], "it was not cancelled by itself"


def test_a_review_is_kept_with_its_work_until_results_go(backend: Backend, review: Job) -> None:
    keeping = replace(backend, rules=replace(backend.rules, retention=Retention(results_s=100 * HOUR_S, work_s=HOUR_S)))
    place, ended = on_disk(backend, review.id), review.ended_at or 0
    sweep(keeping, ended + 99 * HOUR_S)
    assert all(folder.exists() for folder in place.folders)
    edit_plan(backend, review.id, [titled("Mine")], How(render=False, trial=True))
    sweep(keeping, ended + 101 * HOUR_S)
    assert backend.store.get(review.id).cleaned
    assert [file for file in (place.work, place.source, place.decisions, place.output) if file.exists()] == []
    with pytest.raises(GoneError):
        edit_plan(backend, review.id, [titled("Mine")])
