"""What the janitor removes and when, and what it never removes."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest
from places import Places, on_disk

from video_automation.errors import TransientError, UnknownTaskError
from video_automation.jobs.housekeeping.janitor import sweep
from video_automation.jobs.housekeeping.retention import Retention, kept_until
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.lifecycle.transitions import reopened
from video_automation.jobs.locks import shared_lock, try_lock
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.plan.params import Params
from video_automation.storage.disk_use import held_bytes
from video_automation.stores.memory import MemoryStore

HOUR_S = 3600
NOW = 1_800_000_000.0
ENDED = (State.SUCCESS, State.FAILURE, State.REVOKED)
Place = Callable[..., Job]


@dataclass
class Silent(MemoryStore):
    """A store that does not respond."""

    def get(self, job_id: str) -> Job:
        raise TransientError(f"no answer about {job_id}")


@pytest.fixture
def place(backend: Backend) -> Place:
    """Adds a job with files to the store and the folders."""

    def place(state: State, *, ended_hours_ago: float = 0, file_bytes: int = 4096, known: bool = True) -> Job:
        ended_at = NOW - ended_hours_ago * HOUR_S if state.ended else None
        job = replace(new_job(filename="talk.mp4", owner="ann", params=Params()), state=state, ended_at=ended_at)
        if known:
            backend.store.add(job)
        workspace = on_disk(backend, job.id)
        for file in (
            workspace.source,
            workspace.lock,
            workspace.work / "units" / "a.mp4",
            workspace.output / "a.mp4",
            workspace.log,
        ):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(os.urandom(file_bytes))
        touched(workspace, NOW)
        return job

    return place


def touched(workspace: Places, at: float) -> None:
    """Sets the modification time of all files of a job."""
    for folder in workspace.folders:
        for path in (*folder.rglob("*"), folder):
            if path.exists():
                os.utime(path, (at, at))


def keeping(backend: Backend, **kept: int | None) -> Backend:
    return replace(backend, rules=replace(backend.rules, retention=Retention(**kept)))


def whole(backend: Backend, job: Job) -> bool:
    return all(folder.exists() for folder in on_disk(backend, job.id).folders)


def has_files(backend: Backend, job: Job) -> bool:
    return any(path.is_file() for folder in on_disk(backend, job.id).folders for path in folder.rglob("*"))


def has_work(backend: Backend, job: Job) -> bool:
    return backend.folders.of(job.id).work.exists()


@pytest.mark.parametrize("state", ENDED)
def test_all_files_go_when_their_time_is_up_and_the_record_stays(backend: Backend, place: Place, state: State) -> None:
    old, young = place(state, ended_hours_ago=168), place(state, ended_hours_ago=167)
    sweep(backend, NOW)
    assert not has_files(backend, old)
    assert backend.store.get(old.id) == replace(old, cleaned=True)
    assert on_disk(backend, young.id).output.exists()
    assert backend.store.get(young.id) == young


def test_results_are_kept_for_ever_where_that_is_wished(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS, ended_hours_ago=100_000)
    sweep(keeping(backend, results_s=None, work_s=10**9), NOW)
    assert whole(backend, job)


def test_the_moment_that_is_told_is_the_moment_they_go(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS)
    until = kept_until(job, backend.rules.retention)
    assert until == NOW + 168 * HOUR_S
    sweep(backend, until - 1)
    assert not backend.store.get(job.id).cleaned
    sweep(backend, until)
    assert backend.store.get(job.id).cleaned
    assert kept_until(backend.store.get(job.id), backend.rules.retention) is None


@pytest.mark.parametrize(
    ("state", "hours", "stays"),
    [
        (State.SUCCESS, 23.9, True),
        (State.SUCCESS, 24, False),
        (State.REVOKED, 0, False),
        (State.FAILURE, 167, True),
        (State.PENDING, 0, True),
        (State.PROGRESS, 0, True),
    ],
)
def test_pieces_of_work_stay_as_long_as_somebody_may_go_on_from_them(
    backend: Backend, place: Place, state: State, hours: float, stays: bool
) -> None:
    job = place(state, ended_hours_ago=hours)
    sweep(backend, NOW)
    assert has_work(backend, job) is stays
    assert on_disk(backend, job.id).source.exists()
    assert on_disk(backend, job.id).output.exists()


def test_nothing_of_a_job_that_has_not_ended_goes_though_the_disk_is_short(backend: Backend, place: Place) -> None:
    jobs = [place(State.PENDING), place(State.PROGRESS)]
    for job in jobs:
        touched(on_disk(backend, job.id), 0)
    sweep(keeping(backend, max_bytes=1), NOW)
    assert all(whole(backend, job) for job in jobs)


def test_pieces_of_a_job_that_is_worked_on_again_stay(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS, ended_hours_ago=30)
    backend.store.lease(job.id, "run")
    sweep(backend, NOW)
    assert has_work(backend, job)
    backend.store.release(job.id, "run")
    sweep(backend, NOW)
    assert not has_work(backend, job)


def test_a_job_that_was_asked_for_again_keeps_everything(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS, ended_hours_ago=1000)
    backend.store.change(job.id, lambda job: reopened(job, NOW, building="1-x"))
    sweep(backend, NOW)
    assert whole(backend, job)


def test_what_is_being_read_waits_for_a_later_pass(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS, ended_hours_ago=168)
    with shared_lock(backend.folders.of(job.id).log):
        sweep(backend, NOW)
        assert on_disk(backend, job.id).output.exists()
        assert not backend.store.get(job.id).cleaned
    sweep(backend, NOW)
    assert not has_files(backend, job)


def test_folders_of_no_job_go_an_hour_after_they_were_touched(backend: Backend, place: Place) -> None:
    job = place(State.PENDING, known=False)
    sweep(backend, NOW + HOUR_S - 1)
    assert whole(backend, job)
    sweep(backend, NOW + HOUR_S)
    assert not any(folder.exists() for folder in on_disk(backend, job.id).folders)


def test_half_an_upload_goes_after_a_day(backend: Backend) -> None:
    workspace = on_disk(backend, str(uuid4()))
    workspace.upload.mkdir(parents=True)
    workspace.partial.write_bytes(b"half")
    touched(workspace, NOW)
    sweep(backend, NOW + 24 * HOUR_S - 1)
    assert workspace.partial.exists()
    sweep(backend, NOW + 24 * HOUR_S)
    assert not workspace.upload.exists()


def test_a_folder_with_a_record_is_left_to_be_restored(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS, known=False)
    on_disk(backend, job.id).record.write_text("{}")
    sweep(backend, NOW + 1000 * HOUR_S)
    assert whole(backend, job)


def test_nothing_goes_while_the_store_does_not_answer(backend: Backend, place: Place) -> None:
    jobs = [place(State.SUCCESS, ended_hours_ago=168), place(State.PENDING, known=False)]
    sweep(keeping(replace(backend, store=Silent()), max_bytes=1), NOW + 1000 * HOUR_S)
    assert all(whole(backend, job) for job in jobs)


def test_a_cleaned_job_is_forgotten_after_a_week(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS, ended_hours_ago=168)
    record = on_disk(backend, job.id).record
    record.write_text("{}")
    sweep(backend, NOW)
    assert list(record.parent.iterdir()) == [record]
    touched(on_disk(backend, job.id), NOW)
    sweep(backend, NOW + 7 * 24 * HOUR_S - 1)
    assert backend.store.get(job.id).cleaned
    sweep(backend, NOW + 7 * 24 * HOUR_S)
    with pytest.raises(UnknownTaskError):
        backend.store.get(job.id)
    assert not record.parent.exists()


def test_a_clean_up_that_was_cut_off_is_finished(backend: Backend, place: Place, tmp_path: Path) -> None:
    job = place(State.SUCCESS)
    backend.store.change(job.id, lambda job: replace(job, cleaned=True))
    for folder in ("input", "work", "output"):
        (tmp_path / folder / ".trash" / "half" / "deep").mkdir(parents=True)
    sweep(backend, NOW)
    assert not has_files(backend, job)
    assert all(not any((tmp_path / folder / ".trash").iterdir()) for folder in ("input", "work", "output"))


def test_where_the_disk_is_short_pieces_of_work_go_first_then_results_and_always_the_oldest(
    backend: Backend, place: Place
) -> None:
    old, young = (place(State.FAILURE, ended_hours_ago=hours, file_bytes=100_000) for hours in (3, 2))
    running = place(State.PROGRESS, file_bytes=100_000)
    blocks = sum(file.stat().st_blocks * 512 for file in on_disk(backend, old.id).output.rglob("*")) // 2

    def short_of(files: int) -> None:
        """Makes a disk of 15 files, so many of which must be removed."""
        sweep(keeping(backend, max_bytes=(15 - files) * blocks), NOW)

    short_of(0)
    assert (has_work(backend, old), has_work(backend, young)) == (True, True)
    short_of(1)
    assert (has_work(backend, old), has_work(backend, young)) == (False, True)
    short_of(2)
    assert (has_work(backend, old), has_work(backend, young)) == (False, False)
    assert not backend.store.get(old.id).cleaned
    short_of(3)
    assert (backend.store.get(old.id).cleaned, backend.store.get(young.id).cleaned) == (True, False)
    short_of(15)
    assert backend.store.get(young.id).cleaned
    assert whole(backend, running)


def test_less_than_the_reserve_costs_pieces_of_work_and_no_result(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS)
    sweep(replace(backend, rules=replace(backend.rules, reserve_bytes=1 << 60)), NOW)
    assert not backend.store.get(job.id).cleaned
    assert not backend.folders.of(job.id).work.exists()


def test_two_do_not_sweep_at_once(backend: Backend, place: Place) -> None:
    job = place(State.SUCCESS, ended_hours_ago=168)
    lock = backend.folders.work / ".janitor"
    lock.touch()
    with try_lock(lock):
        sweep(backend, NOW)
    assert whole(backend, job)


def test_what_is_no_folder_of_a_job_is_left_alone(backend: Backend, tmp_path: Path) -> None:
    mine = tmp_path / "input" / "my notes"
    mine.mkdir(parents=True)
    os.utime(mine, (0, 0))
    sweep(backend, NOW)
    assert mine.exists()


def test_what_a_writer_left_that_died_goes_an_hour_later(backend: Backend, place: Place) -> None:
    workspace = on_disk(backend, place(State.PROGRESS).id)
    halves = [folder / f".{name}.0123.part" for folder, name in ((workspace.upload, "job.json"), (workspace.output, "a.mp4"))]
    for half in halves:
        half.write_bytes(b"half of")
    sweep(backend, time.time() + HOUR_S / 2)
    assert all(half.exists() for half in halves)
    sweep(backend, time.time() + 2 * HOUR_S)
    assert not any(half.exists() for half in halves)
    assert workspace.source.exists()
    assert (workspace.output / "a.mp4").exists()


def test_a_file_that_two_results_share_is_counted_once(tmp_path: Path) -> None:
    for name in ("1-a", "2-b"):
        (tmp_path / name).mkdir()
    (tmp_path / "1-a/video.mp4").write_bytes(bytes(100_000))
    alone_bytes = held_bytes((tmp_path,))
    os.link(tmp_path / "1-a/video.mp4", tmp_path / "2-b/video.mp4")
    assert held_bytes((tmp_path,)) == alone_bytes >= 100_000
