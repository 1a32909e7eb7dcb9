"""A finished video is rendered again with other captions, or stays as it is."""

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest
from places import on_disk
from running import result, run, written

from video_automation.errors import GoneError, QueueFullError, RequestError, StateError, TransientError
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.lifecycle.cleanup import cleanup
from video_automation.jobs.lifecycle.recaptioning import replace_captions, restore_captions
from video_automation.jobs.lifecycle.transitions import taken_up
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.plan.params import Params
from video_automation.stores.memory import MemoryStore

TEXT = "WEBVTT\n\n00:00.100 --> 00:00.500\nCorrected.\n"
OTHER = TEXT.replace("Corrected", "Once more")


def test_a_correction_is_kept_for_the_next_run_which_is_called_for(backend: Backend, queue, done: Job) -> None:
    job = replace_captions(backend, done.id, TEXT.encode()).job
    assert (job.state, backend.store.get(done.id), queue.messages) == (State.PENDING, job, [done.id])
    assert written(backend, done) == ["Corrected."]
    assert [file.name for file in on_disk(backend, done.id).decisions.iterdir() if file.suffix == ".part"] == []
    again = run(backend, done)
    assert (again.state, again.attempts, again.problem) == (State.SUCCESS, 1, None)
    assert again.ended_at > done.ended_at
    assert again.created_at == done.created_at


def test_the_next_run_encodes_nothing_that_stands(backend: Backend, done: Job) -> None:
    units = backend.folders.of(done.id).work / "units"
    before = {file.name: file.stat().st_mtime_ns for file in units.iterdir()}
    replace_captions(backend, done.id, TEXT.encode())
    run(backend, done)
    after = {file.name: file.stat().st_mtime_ns for file in units.iterdir()}
    assert {name: after.get(name) for name in before} == before


def test_the_automatic_captions_come_back(backend: Backend, queue, done: Job) -> None:
    replace_captions(backend, done.id, TEXT.encode())
    run(backend, done)
    assert restore_captions(backend, done.id).state is State.PENDING
    assert written(backend, done) is None
    assert queue.messages == [done.id, done.id]


class DeafStore(MemoryStore):
    """A store that can be read but refuses changes."""

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:  # noqa: ARG002
        raise TransientError("no answer")


def test_a_text_that_holds_no_captions_changes_nothing(backend: Backend, queue, done: Job) -> None:
    for text in ("", "These are no captions.", TEXT.replace("00:00", "59:00")):
        with pytest.raises(RequestError) as error:
            replace_captions(backend, done.id, text.encode())
        assert error.value.code == "broken_captions"
    assert (backend.store.get(done.id), queue.messages) == (done, [])


def test_a_correction_for_which_no_worker_can_be_called_waits_until_one_can(backend: Backend, queue, done: Job) -> None:
    queue.broken = True
    assert replace_captions(backend, done.id, TEXT.encode()).job.state is State.PENDING
    assert written(backend, done) == ["Corrected."]


def test_a_correction_that_cannot_be_recorded_changes_nothing(backend: Backend, done: Job) -> None:
    deaf = replace(backend, store=DeafStore({done.id: done}))
    for ask in (lambda: replace_captions(deaf, done.id, OTHER.encode()), lambda: restore_captions(deaf, done.id)):
        with pytest.raises(TransientError):
            ask()
        assert written(backend, done) is None


def test_no_more_wait_than_may(backend: Backend, done: Job) -> None:
    with pytest.raises(QueueFullError):
        replace_captions(replace(backend, rules=replace(backend.rules, max_queue=0)), done.id, TEXT.encode())
    assert backend.store.get(done.id) == done


def test_only_a_done_job_that_has_its_files_is_corrected(backend: Backend, done: Job) -> None:
    replace_captions(backend, done.id, TEXT.encode())
    with pytest.raises(StateError, match="being made again"):
        replace_captions(backend, done.id, OTHER.encode())
    assert written(backend, done) == ["Corrected."]
    run(backend, done)
    cleanup(backend, done.id)
    for ask in (lambda: replace_captions(backend, done.id, TEXT.encode()), lambda: restore_captions(backend, done.id)):
        with pytest.raises(GoneError):
            ask()


def test_a_video_without_captions_has_none_to_correct(backend: Backend, done: Job) -> None:
    backend.store.change(done.id, lambda job: replace(job, params=Params(add_subtitles=False)))
    with pytest.raises(StateError) as error:
        replace_captions(backend, done.id, TEXT.encode())
    assert error.value.code == "no_captions"


def test_cancelling_a_correction_that_waits_gives_the_result_back_at_once(backend: Backend, done: Job) -> None:
    before = result(backend, done)
    replace_captions(backend, done.id, TEXT.encode())
    assert cancel_job(backend, done.id).state is State.SUCCESS
    assert run(backend, done).state is State.SUCCESS  # the message that is still in the queue
    assert result(backend, done) == before
    assert replace_captions(backend, done.id, OTHER.encode()).job.state is State.PENDING


def test_cancelling_a_correction_under_way_keeps_the_result(backend: Backend, done: Job) -> None:
    before = result(backend, done)
    replace_captions(backend, done.id, TEXT.encode())
    backend.store.change(done.id, lambda job: replace(taken_up(job, 0, "gone"), cancel_requested=True))
    job = run(backend, done)
    assert (job.state, job.problem and job.problem.code) == (State.SUCCESS, "cancelled")
    assert result(backend, done) == before
    assert backend.folders.of(done.id).work.exists()


def test_a_correction_that_fails_keeps_the_result_and_says_why(backend: Backend, done: Job) -> None:
    before, place = result(backend, done), on_disk(backend, done.id)
    replace_captions(backend, done.id, TEXT.encode())
    shutil.rmtree(place.work)
    place.source.write_bytes(b"no video")
    job = run(backend, done)
    assert (job.state, job.output_filename) == (State.SUCCESS, done.output_filename)
    assert job.problem.code in ("unreadable", "not_a_film")
    assert job.status.endswith("The video is as it was before.")
    assert result(backend, done) == before


def test_two_messages_for_one_job_do_not_have_it_worked_on_twice(backend: Backend, waiting: Job) -> None:
    others: list[Job] = []

    def meanwhile(_: Job) -> None:
        if not others:
            others.append(run(backend, waiting))

    assert run(backend, waiting, meanwhile).state is State.SUCCESS
    assert others[0].state is State.PROGRESS
    assert backend.store.get(waiting.id).attempts == 1
