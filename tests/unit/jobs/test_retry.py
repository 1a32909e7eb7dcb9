"""A failed job is tried again; a finished one is made with other options. Both reuse finished work."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from places import on_disk
from running import run, written

from video_automation.errors import GoneError, QueueFullError, RequestError, StateError, TransientError
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.lifecycle.cleanup import cleanup
from video_automation.jobs.lifecycle.recaptioning import replace_captions
from video_automation.jobs.lifecycle.retry import retry
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.lifecycle.transitions import failed, taken_up
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.ports import Backend, JobStore
from video_automation.jobs.revisions.changes import edit_plan, undo_edits
from video_automation.jobs.revisions.stored import history_of
from video_automation.plan.edits import Texts
from video_automation.plan.history import standing
from video_automation.plan.params import Params

CAPTIONS = "WEBVTT\n\n00:00.100 --> 00:00.500\nCorrected.\n"
TEXTS = ["Corrected."]


class ReadOnly:
    """A store that can be read but refuses changes, as Redis does when its memory is full."""

    def __init__(self, store: JobStore) -> None:
        self.get, self.waiting = store.get, store.waiting

    def change(self, *_: object) -> Job:
        raise TransientError("no room")


@pytest.fixture
def cancelled(backend: Backend, waiting: Job) -> Job:
    return cancel_job(backend, waiting.id)


def work(backend: Backend, job: Job) -> dict[str, int]:
    """The modification time of each file of finished work, without the record of the time spent."""
    files = [file for suffix in ("mp4", "json") for file in backend.folders.of(job.id).work.rglob(f"*.{suffix}")]
    return {file.name: file.stat().st_mtime_ns for file in files if file.name != "seconds.json"}


def test_a_failed_job_goes_on_from_what_is_finished(backend: Backend, queue, waiting: Job) -> None:
    obstacle = on_disk(backend, waiting.id).building(waiting).plan
    obstacle.mkdir(parents=True)
    failed = run(backend, waiting)
    assert failed.state is State.FAILURE
    before = work(backend, waiting)
    assert any(name.endswith(".mp4") for name in before)
    obstacle.rmdir()
    assert retry(backend, failed.id, {}).state is State.PENDING
    assert queue.messages == [failed.id]
    again = run(backend, failed)
    assert (again.state, again.attempts, again.problem) == (State.SUCCESS, 1, None)
    assert work(backend, waiting).items() >= before.items()


def test_a_cancelled_job_is_made_after_all(backend: Backend, cancelled: Job) -> None:
    retry(backend, cancelled.id, {})
    assert run(backend, cancelled).state is State.SUCCESS


def test_changed_options_are_checked_and_kept(backend: Backend, queue, cancelled: Job) -> None:
    for wrong in ({"crf": "loud"}, {"shiny": "yes"}):
        with pytest.raises(RequestError):
            retry(backend, cancelled.id, wrong)
    assert (backend.store.get(cancelled.id), queue.messages) == (cancelled, [])
    params = retry(backend, cancelled.id, {"crf": "30", "create_shorts": "false"}).params
    assert (params.encode.crf, params.create_shorts, params.level) == (30, False, cancelled.params.level)


def test_the_options_of_the_job_count_not_the_usual_ones(backend: Backend, waiting: Job) -> None:
    backend.store.change(waiting.id, lambda job: replace(job, params=replace(job.params, trim_silence=False)))
    cancel_job(backend, waiting.id)
    assert not retry(backend, waiting.id, {"crf": "30"}).params.trim_silence


def test_to_ask_twice_calls_one_worker(backend: Backend, queue, cancelled: Job) -> None:
    first = retry(backend, cancelled.id, {"crf": "30"})
    assert retry(backend, cancelled.id, {"crf": "30"}) == first
    running = backend.store.change(cancelled.id, lambda job: taken_up(job, 5, "run"))
    assert retry(backend, cancelled.id, {}) == running
    assert queue.messages == [cancelled.id]


def test_to_ask_at_the_same_time_calls_one_worker(backend: Backend, queue, cancelled: Job) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: retry(backend, cancelled.id, {}), range(8)))
    assert {job.state for job in told} == {State.PENDING}
    assert queue.messages == [cancelled.id]


def test_a_job_at_work_takes_no_other_options(backend: Backend, waiting: Job) -> None:
    for step in (lambda job: job, lambda job: taken_up(job, 5, "run")):
        job = backend.store.change(waiting.id, step)
        with pytest.raises(StateError):
            retry(backend, job.id, {"crf": "30"})
        assert backend.store.get(job.id) == job


def test_a_job_about_to_end_is_not_tried_again_before_it_has(backend: Backend, waiting: Job) -> None:
    backend.store.change(waiting.id, lambda job: taken_up(job, 5, "run"))
    cancel_job(backend, waiting.id)
    with pytest.raises(StateError):
        retry(backend, waiting.id, {})


def test_a_done_job_is_made_otherwise_and_keeps_its_video_until_then(backend: Backend, done: Job) -> None:
    with pytest.raises(StateError) as refused:
        retry(backend, done.id, {"crf": "21"})
    assert refused.value.code == "done"
    place = on_disk(backend, done.id)
    video, listened = place.workspace.file(done, done.output_filename), work(backend, done)
    before = video.read_bytes()
    assert retry(backend, done.id, {"crf": "40"}).state is State.PENDING
    assert video.read_bytes() == before
    again = run(backend, done)
    assert (again.state, again.output_filename) == (State.SUCCESS, done.output_filename)
    assert place.workspace.file(again, done.output_filename).stat().st_size < len(before)
    assert video.read_bytes() == before, "who still downloads it gets it whole"
    kept = {name: at for name, at in listened.items() if name.endswith(".json")}
    assert kept
    assert work(backend, done).items() >= kept.items(), "what was heard and written down is not heard again"


def test_changes_that_failed_are_tried_again(backend: Backend, done: Job) -> None:
    retry(backend, done.id, {"crf": "40"})
    backend.store.change(done.id, lambda job: failed(taken_up(job, 5, "run"), 6, Problem("no_space", "No room.")))
    assert backend.store.get(done.id).params == done.params
    again = retry(backend, done.id, {})
    assert (again.state, again.params.encode.crf, again.problem) == (State.PENDING, 40, None)


def test_changes_that_fail_twice_are_made_once(backend: Backend, done: Job) -> None:
    edit_plan(backend, done.id, [Texts(titles=("First",))])
    run(backend, done)
    undo_edits(backend, done.id)
    for _ in range(2):
        backend.store.change(done.id, lambda job: failed(taken_up(job, 5, "run"), 6, Problem("no_space", "No room.")))
        again = retry(backend, done.id, {})
    assert len(again.asked) == 1
    edit = run(backend, done)
    history = history_of(backend.folders.of(done.id), edit)
    assert [entry.kind for entry in history.entries] == ["edit", "undo", "undo", "undo"]
    assert standing(history.entries, edit.dropped_revisions).edits == ()
    assert len(standing(history.entries, edit.dropped_revisions).undone) == 1


def test_of_changes_that_were_cancelled_nothing_comes_back(backend: Backend, done: Job) -> None:
    retry(backend, done.id, {"crf": "40", "add_subtitles": "false"})
    assert cancel_job(backend, done.id).state is State.SUCCESS
    assert backend.store.get(done.id).params == done.params
    with pytest.raises(StateError):
        retry(backend, done.id, {})
    replace_captions(backend, done.id, CAPTIONS.encode())
    assert run(backend, done).params == done.params


@pytest.mark.parametrize("options", [{"crf": "40"}, {"trim_silence": "false"}])
def test_corrected_captions_stay_whatever_else_is_changed(backend: Backend, done: Job, options: dict[str, str]) -> None:
    replace_captions(backend, done.id, CAPTIONS.encode())
    run(backend, done)
    retry(backend, done.id, options)
    run(backend, done)
    assert written(backend, done) == TEXTS


def test_a_job_whose_files_are_gone_is_not_tried_again(backend: Backend, queue, cancelled: Job) -> None:
    on_disk(backend, cancelled.id).source.unlink()
    with pytest.raises(GoneError):
        retry(backend, cancelled.id, {})
    cleanup(backend, cancelled.id)
    with pytest.raises(GoneError):
        retry(backend, cancelled.id, {})
    assert queue.messages == []


def test_it_waits_though_no_worker_can_be_called_yet(backend: Backend, queue, cancelled: Job) -> None:
    queue.broken = True
    assert retry(backend, cancelled.id, {}).state is State.PENDING


def test_it_is_as_it_was_where_the_store_takes_no_change(backend: Backend, done: Job) -> None:
    replace_captions(backend, done.id, CAPTIONS.encode())
    done = run(backend, done)
    with pytest.raises(TransientError):
        retry(replace(backend, store=ReadOnly(backend.store)), done.id, {"trim_silence": "false"})
    assert backend.store.get(done.id) == done
    assert written(backend, done) == TEXTS


def test_it_waits_in_no_queue_that_is_full(backend: Backend, cancelled: Job) -> None:
    for _ in range(backend.rules.max_queue):
        backend.store.add(new_job(filename="other.mp4", owner="ann", params=Params()))
    with pytest.raises(QueueFullError):
        retry(backend, cancelled.id, {})
    assert backend.store.get(cancelled.id) == cancelled
