"""A job that reaches its time limit again and again: no run repeats finished work, and the result is the same."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from media.videos import make_video, tone
from places import on_disk
from running import queued, run

from video_automation import logs
from video_automation.errors import TimeUpError
from video_automation.jobs.lifecycle.transitions import handed_on, taken_up
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run.manifest import read_manifest
from video_automation.jobs.run.pipeline import Work
from video_automation.jobs.run.run_job import ending_of
from video_automation.media.cancellation import Stop
from video_automation.plan.params import Params

PARAMS = Params(create_shorts=False, generate_titles=False)


@pytest.fixture
def backend(backend: Backend) -> Backend:
    """A service with larger limits."""
    return replace(backend, rules=replace(backend.rules, max_upload_bytes=1_000_000))


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A video of twelve seconds: several segments."""
    sound = tone([(0, 12)], 12)
    return make_video(tmp_path_factory.mktemp("talk") / "talk.mp4", frames=360, size=(64, 36), sound=sound).read_bytes()


class Saved(threading.Event):
    """A stop that comes as soon as so much work is finished."""

    def __init__(self, stop: Stop, most: int) -> None:
        super().__init__()
        self.stop, self.left = stop, most

    def set(self) -> None:
        super().set()
        self.left -= 1
        if self.left <= 0:
            self.stop.set(TimeUpError("Nothing more was finished."))


def attempt(backend: Backend, job: Job, *, most: int = 1) -> Callable[[Job, float], Job]:
    """Runs the job with time for so many pieces of work; gives the transition at its end."""
    stop = Stop()
    job = backend.store.change(job.id, lambda job: taken_up(job, 1, "run"))
    work = Work(job, backend.folders.of(job.id), backend.rules.media, stop=stop, encoders=1, saved=Saved(stop, most))
    with logs.task_log(job.id, work.workspace.log):
        return ending_of(work, lambda: False)


def test_a_job_that_has_time_for_one_piece_at_a_time_ends_as_if_it_had_all_the_time(backend: Backend, talk: bytes) -> None:
    whole = run(backend, queued(backend, talk, params=PARAMS))
    job, runs = queued(backend, talk, params=PARAMS), 0
    while not job.state.ended:
        ending = attempt(backend, job)
        job = backend.store.change(job.id, lambda job, ending=ending: ending(job, 2))
        runs += 1
        assert runs < 40
    assert (job.state, job.attempts, job.problem) == (State.SUCCESS, 1, None)
    assert runs > 5
    folders = backend.folders
    first, second = (read_manifest(on_disk(folders, one.id).result(one).manifest) for one in (whole, job))
    assert [file.sha256 for file in first.artifacts if file.kind == "video"] == [
        file.sha256 for file in second.artifacts if file.kind == "video"
    ]
    assert sorted(file.name for file in (folders.of(job.id).work / "units").iterdir()) == sorted(
        file.name for file in (folders.of(whole.id).work / "units").iterdir()
    )
    assert [stage for stage, _ in second.stats.seconds][:3] == ["probe", "listen", "transcribe"]


def test_what_stages_took_adds_up_over_the_runs(backend: Backend, talk: bytes) -> None:
    job, took = queued(backend, talk, params=PARAMS), []
    place = on_disk(backend, job.id)
    for _ in range(3):
        ending = attempt(backend, job)
        job = backend.store.change(job.id, lambda job, ending=ending: ending(job, 2))
        took.append((place.work / "seconds.json").read_text())
    assert all('"probe":' in seconds for seconds in took)
    assert len(set(took)) > 1


def test_a_run_that_finishes_nothing_fails_with_the_reason(backend: Backend, talk: bytes) -> None:
    job = queued(backend, talk, params=PARAMS)
    job = backend.store.change(job.id, lambda job: taken_up(job, 1, "run"))
    stop = Stop()
    stop.set(TimeUpError("Nothing more was finished."))
    work = Work(job, backend.folders.of(job.id), backend.rules.media, stop=stop)
    job = ending_of(work, lambda: False)(job, 2)
    assert (job.state, job.problem.code, job.status) == (State.FAILURE, "soft_time_limit", "Nothing more was finished.")


def test_it_lets_others_go_first_only_where_others_wait(backend: Backend, talk: bytes) -> None:
    job = taken_up(queued(backend, talk), 1, "run")
    assert handed_on(job, 9, yields=False).queued_at == job.queued_at
    assert handed_on(job, job.created_at + 9, yields=True).queued_at == job.created_at + 9
