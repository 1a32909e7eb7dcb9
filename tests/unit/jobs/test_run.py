"""A job runs from any state to its end, in this process, with the real engine on a very short video."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from places import on_disk
from running import queued, run

from video_automation.errors import TransientError
from video_automation.jobs.lifecycle.transitions import MAX_ATTEMPTS, taken_up
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run.manifest import read_manifest
from video_automation.jobs.run.pipeline import Work, run_pipeline
from video_automation.jobs.run.run_job import change_patiently
from video_automation.jobs.run.steps import STEPS
from video_automation.stores.memory import MemoryStore


class ForgetfulStore(MemoryStore):
    """A store that fails on the second to the fourth change."""

    changes = 0

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        self.changes += 1
        if self.changes in (2, 3, 4):
            raise TransientError("no answer")
        return super().change(job_id, step)


class DeafStore(MemoryStore):
    """A store that refuses the end of a job until the run has renewed its lease some times, or has tried too often."""

    asked = renewed = 0

    def change(self, job_id: str, step: Callable[[Job], Job]) -> Job:
        before = self.get(job_id)
        if self.renewed < 3 and self.asked < 5 and step(before).state.ended:
            self.asked += 1
            raise TransientError("no answer")
        return super().change(job_id, step)

    def lease(self, job_id: str, run: str) -> bool:
        self.renewed += self.asked > 0
        return super().lease(job_id, run)


def test_all_that_is_made_is_in_the_manifest_and_nothing_else_is_put_out(backend: Backend, video: bytes) -> None:
    job = run(backend, queued(backend, video))
    assert (job.state, job.progress, job.attempts, job.eta_seconds) == (State.SUCCESS, 100, 1, None)
    assert job == backend.store.get(job.id)
    place = on_disk(backend, job.id)
    made, folder = read_manifest(place.result(job).manifest), place.result(job).folder
    assert made.output_filename == job.output_filename == "processed_talk.mp4"
    names = {artifact.name: artifact.bytes for artifact in made.artifacts}
    assert {file.name for file in folder.iterdir()} == {*names, "manifest.json"} - {"task.log"}
    assert {file.name for file in place.output.iterdir()} == {folder.name, "task.log"}
    assert place.workspace.file(job, made.output_filename).stat().st_size == names[made.output_filename]
    assert (made.stats.source_ms, made.stats.removed_ms, made.stats.cuts) == (667, 0, 0)
    stages = [step.name for step in STEPS[:-1] if step.name != "clean"]
    assert [stage for stage, _ in made.stats.seconds] == stages, "nobody wants its sound clean, and the last one still goes on"
    assert place.work.exists(), "other captions are made from the pieces that stand"
    assert place.source.exists()


def test_an_ended_job_is_not_begun_again(backend: Backend, video: bytes) -> None:
    job = run(backend, queued(backend, video))
    assert run(backend, job) == job


def test_a_video_that_is_none_fails_with_the_reason_and_keeps_its_work(backend: Backend) -> None:
    job = run(backend, queued(backend, b"no video"))
    assert job.state is State.FAILURE
    assert job.problem.sentence == job.status
    assert job.problem.code in ("unreadable", "not_a_film")
    place = on_disk(backend, job.id)
    assert place.work.exists()
    assert not place.building(job).manifest.exists()
    assert job.problem.sentence in place.workspace.file(job, "task.log").read_text()


def test_an_error_of_the_program_is_no_message_to_users(backend: Backend, video: bytes) -> None:
    job = queued(backend, video)
    on_disk(backend, job.id).building(job).plan.mkdir(parents=True)
    job = run(backend, job)
    assert (job.state, job.problem.code) == (State.FAILURE, "internal_error")
    assert "IsADirectoryError" not in job.problem.sentence
    assert "IsADirectoryError" in backend.folders.of(job.id).log.read_text()


def test_a_job_that_was_cut_off_too_often_is_given_up(backend: Backend, video: bytes) -> None:
    job = queued(backend, video)
    for _ in range(MAX_ATTEMPTS):
        backend.store.change(job.id, lambda job: taken_up(job, 0, "gone"))
    job = run(backend, job)
    assert (job.state, job.problem.code, job.attempts) == (State.FAILURE, "gave_up", MAX_ATTEMPTS)


def test_a_job_cancelled_while_its_worker_was_away_ends_without_a_trace(backend: Backend, video: bytes) -> None:
    job = queued(backend, video)
    backend.store.change(job.id, lambda job: replace(taken_up(job, 0, "gone"), cancel_requested=True))
    place = on_disk(backend, job.id)
    place.work.mkdir(parents=True)
    assert run(backend, job).state is State.REVOKED
    assert not place.work.exists()


def test_a_job_ends_well_though_its_store_does_not_answer_for_a_while(backend: Backend, video: bytes, tmp_path: Path) -> None:
    forgetful = replace(backend, store=ForgetfulStore())
    job = run(forgetful, queued(forgetful, video))
    assert job.state is State.SUCCESS
    assert forgetful.store.get(job.id) == job


def test_a_job_stays_its_runs_while_its_end_waits_to_be_told(backend: Backend, video: bytes) -> None:
    deaf = replace(backend, store=DeafStore())
    job = run(deaf, queued(deaf, video))
    assert job.state is State.SUCCESS
    assert deaf.store.renewed >= 3
    assert not deaf.store.leased(job.id)


def test_a_job_tells_its_language_which_nobody_can_tell_where_nobody_speaks(done: Job) -> None:
    assert (done.language, done.language_certainty) == ("und", 0)


def test_a_run_begins_without_what_one_before_it_left_half_written(backend: Backend, video: bytes) -> None:
    job = queued(backend, video)
    place = on_disk(backend, job.id)
    halves = [place.work / "units" / ".sound.0123.part", place.output / ".processed_talk.mp4.0123.part"]
    for half in halves:
        half.parent.mkdir(parents=True)
        half.write_bytes(b"half of")
    assert run(backend, job).state is State.SUCCESS
    assert not any(half.exists() for half in halves)


def test_steps_that_report_no_share_show_that_they_get_further(backend: Backend, video: bytes) -> None:
    job = queued(backend, video)
    stages, moved_in = ["probe"], set()
    work = Work(
        *(job, backend.folders.of(job.id), backend.rules.media),
        report=lambda report: stages.append(report.stage),
        moved=lambda: moved_in.add(stages[-1]),
    )
    work.workspace.log.parent.mkdir(parents=True)
    work.workspace.log.touch()
    made = run_pipeline(work)
    assert made.output_filename == "processed_talk.mp4"
    assert moved_in >= {"probe", "assemble"}


def test_a_run_that_waits_for_its_store_does_not_hang(waiting: Job) -> None:
    store, signs = ForgetfulStore(), []
    store.add(waiting)
    store.changes = 1
    assert (
        change_patiently(store, waiting.id, lambda job, _: replace(job, language="de"), moved=lambda: signs.append(1)).language
        == "de"
    )
    assert len(signs) == 3
