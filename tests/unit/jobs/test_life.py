"""The life of a job: its upload, its end, its removal."""

import errno
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore, Event
from uuid import uuid4

import pytest
from e2e.instance import PATIENCE_S, eventually
from media.videos import make_video
from places import on_disk, write_manifest

from video_automation.access.quotas import Quotas
from video_automation.errors import (
    InputError,
    NoSpaceError,
    QueueFullError,
    StateError,
    TooLargeError,
    TransientError,
    UnknownTaskError,
)
from video_automation.jobs.lifecycle import submit as lifecycle
from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.lifecycle.cleanup import cleanup, forget
from video_automation.jobs.lifecycle.submit import TURNS, new_job, submit
from video_automation.jobs.model import Job, State
from video_automation.jobs.policy import quota
from video_automation.jobs.ports import Backend
from video_automation.jobs.run.manifest import Artifact, Manifest, Stats, read_manifest, sha256
from video_automation.jobs.uploads.receive import check_room, receiving
from video_automation.media.probing import probe
from video_automation.media.program import Tools
from video_automation.plan.params import Params
from video_automation.storage.local_files import LocalStorage
from video_automation.stores.memory import MemoryStore


def arrived(backend: Backend, text: bytes = b"film", *, owner: str = "ann") -> Job:
    job = new_job(filename="talk.mp4", owner=owner, params=Params())
    with receiving(backend, job.id) as incoming:
        for block in (text[:600], memoryview(text)[600:]):
            incoming.write(block)
    return job


def waiting(backend: Backend) -> Job:
    job = arrived(backend)
    backend.store.add(job)
    backend.queue.publish(job.id)
    return job


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_video(tmp_path_factory.mktemp("videos") / "video.mp4", frames=5).read_bytes()


def left(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_received_file_is_the_jobs_source(backend: Backend) -> None:
    job = arrived(backend, b"some bytes")
    source = on_disk(backend, job.id).source
    assert source.read_bytes() == b"some bytes"
    assert {file.name for file in source.parent.iterdir()} == {"source", "lock"}


def test_nothing_remains_of_an_upload_that_breaks_off(backend: Backend, tmp_path: Path) -> None:
    with pytest.raises(ConnectionError), receiving(backend, str(uuid4())) as incoming:
        raise ConnectionError(incoming.write(b"x"))
    assert left(tmp_path) == []


def test_an_upload_that_grows_too_large_is_refused_with_the_limit(backend: Backend, tmp_path: Path) -> None:
    with pytest.raises(TooLargeError):
        arrived(backend, bytes(100_001))
    assert left(tmp_path) == []


def test_a_full_disk_is_said_as_such(backend: Backend) -> None:
    with pytest.raises(NoSpaceError), receiving(backend, str(uuid4())):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_an_upload_of_unsaid_size_does_not_use_up_the_reserve(backend: Backend, tmp_path: Path) -> None:
    with pytest.raises(NoSpaceError):
        arrived(replace(backend, rules=replace(backend.rules, reserve_bytes=1 << 60)))
    assert left(tmp_path) == []


def test_room_is_looked_for_before_the_first_byte(backend: Backend) -> None:
    check_room(backend, 100_000)
    check_room(backend, None)
    with pytest.raises(TooLargeError):
        check_room(backend, 100_001)
    with pytest.raises(NoSpaceError, match=r"MB are needed, [\d,]+ MB are free"):
        check_room(replace(backend, rules=replace(backend.rules, reserve_bytes=1 << 60)), None)
    for _ in range(2):
        waiting(backend)
    with pytest.raises(QueueFullError):
        check_room(backend, 10)


class DeafStore(MemoryStore):
    """A store that refuses all changes."""

    def add(self, job: Job) -> None:  # noqa: ARG002
        raise TransientError("no answer")


def test_a_job_is_recorded_and_then_published(backend: Backend, queue, video: bytes) -> None:
    job = submit(backend, arrived(backend, video))
    assert backend.store.get(job.id) == job
    assert job.state is State.PENDING
    assert queue.messages == [job.id]


def test_what_is_no_video_is_refused_and_nothing_remains_of_it(backend: Backend, queue, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        submit(backend, arrived(backend, b"no video"))
    assert (left(tmp_path), queue.messages, backend.store.waiting()) == ([], [], 0)


def test_videos_of_one_owner_that_are_slow_to_look_at_keep_nobody_else_waiting(
    backend: Backend, video: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = [arrived(backend, video[:1000]) for _ in range(5)]
    looked_at: list[Path] = []
    over, run_python = Event(), probe.run_python

    def slowly(tools: Tools, module: Path, *told: str) -> bytes:
        if tools.readable != (quick,):
            looked_at.extend(tools.readable)
            over.wait(PATIENCE_S)
        return run_python(tools, module, *told)

    other = arrived(backend, video, owner="bob")
    quick = on_disk(backend, other.id).source
    monkeypatch.setattr(probe, "run_python", slowly)
    with ThreadPoolExecutor(len(slow) + 1) as pool:
        submitted = [pool.submit(submit, backend, job) for job in slow]
        try:
            assert eventually(lambda: len(looked_at) > 1 and all(backend.folders.of(job.id).work.exists() for job in slow))
            assert pool.submit(submit, backend, other).result(PATIENCE_S / 2).owner == "bob"
            assert len(looked_at) == 2, "it would have been the sixth, with places for four"
        finally:
            over.set()
        assert all(isinstance(one.exception(), InputError) for one in submitted)


def test_nothing_remains_of_a_video_that_waits_too_long_for_its_owners_others(
    backend: Backend, video: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    job = arrived(backend, video)
    monkeypatch.setattr(lifecycle, "PATIENCE_S", 0.01)
    monkeypatch.setitem(TURNS, job.owner, BoundedSemaphore(1))
    with probe.turn(TURNS[job.owner]), pytest.raises(TransientError, match="Try again") as caught:
        submit(backend, job)
    assert (caught.value.code, left(tmp_path), backend.store.waiting()) == ("busy", [], 0)


def test_a_video_that_was_received_waits_for_its_look_and_for_its_owners_others(
    backend: Backend, video: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, quotas = arrived(backend, video), Quotas(films_a_day=5)
    monkeypatch.setattr(probe, "LONGEST_WAIT_S", 0.01)
    monkeypatch.setattr(quota, "LONGEST_QUOTA_WAIT_S", 0.01)
    monkeypatch.setitem(TURNS, job.owner, BoundedSemaphore(1))
    with ThreadPoolExecutor(1) as pool:
        assert backend.once.hold(f"quota:{job.owner}", "another")
        with probe.turn(TURNS[job.owner]):
            submitted = pool.submit(submit, backend, job, quotas)
            with pytest.raises(TimeoutError):
                submitted.result(0.2)
        with pytest.raises(TimeoutError):
            submitted.result(2)
        backend.once.release(f"quota:{job.owner}", "another")
        assert submitted.result(PATIENCE_S).id == job.id
    assert backend.store.get(job.id) == job


def test_a_job_for_which_no_worker_can_be_called_is_accepted_and_waits(backend: Backend, queue, video: bytes) -> None:
    queue.broken = True
    job = submit(backend, arrived(backend, video))
    assert backend.store.get(job.id).state is State.PENDING


def test_nothing_remains_of_a_job_that_cannot_be_recorded(backend: Backend, video: bytes, tmp_path: Path) -> None:
    deaf = replace(backend, store=DeafStore())
    job = arrived(deaf, video)
    with pytest.raises(TransientError):
        submit(deaf, job)
    assert left(tmp_path) == []


def test_a_waiting_job_is_cancelled_at_once_and_twice_is_fine(backend: Backend) -> None:
    job = waiting(backend)
    work = backend.folders.of(job.id).work
    work.mkdir(parents=True)
    assert cancel_job(backend, job.id).state is State.REVOKED
    assert not work.exists()
    assert cancel_job(backend, job.id).state is State.REVOKED


def test_a_running_job_is_asked_to_end(backend: Backend) -> None:
    job = waiting(backend)
    backend.store.change(job.id, lambda job: replace(job, state=State.PROGRESS))
    after = cancel_job(backend, job.id)
    assert (after.state, after.cancel_requested) == (State.PROGRESS, True)


@pytest.mark.parametrize("state", [State.SUCCESS, State.FAILURE])
def test_an_ended_job_cannot_be_cancelled(backend: Backend, state: State) -> None:
    job = waiting(backend)
    backend.store.change(job.id, lambda job: replace(job, state=state))
    with pytest.raises(StateError):
        cancel_job(backend, job.id)


@pytest.mark.parametrize("state", [State.PENDING, State.PROGRESS])
def test_files_of_a_job_that_has_not_ended_stay(backend: Backend, state: State) -> None:
    job = waiting(backend)
    backend.store.change(job.id, lambda job: replace(job, state=state))
    with pytest.raises(StateError):
        cleanup(backend, job.id)
    assert on_disk(backend, job.id).source.exists()


def test_cleaning_up_removes_all_files_of_one_job_and_none_of_another(backend: Backend, tmp_path: Path) -> None:
    job, other = waiting(backend), waiting(backend)
    for one in (job, other):
        place = on_disk(backend, one.id)
        for folder in (place.work, place.output):
            folder.mkdir(parents=True)
            (folder / "file").touch()
    cancel_job(backend, job.id)
    cleanup(backend, job.id)
    cleanup(backend, job.id)
    assert backend.store.get(job.id).cleaned
    assert len(left(tmp_path)) == 4
    assert all(other.id in path.parts for path in left(tmp_path))


def test_a_job_whose_files_are_stored_elsewhere_leaves_nothing_on_this_machine(backend: Backend, tmp_path: Path) -> None:
    elsewhere = LocalStorage(tmp_path / "elsewhere" / "input", tmp_path / "elsewhere" / "output")
    backend = replace(backend, folders=replace(backend.folders, storage=elsewhere))
    job = waiting(backend)
    log = on_disk(backend, job.id).log
    log.parent.mkdir(parents=True)
    log.touch()
    cancel_job(backend, job.id)
    cleanup(backend, job.id)
    assert not log.exists()
    log.parent.mkdir()
    log.touch()
    forget(backend, job.id)
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["..", "x", "../../etc", "{5a3b9c4e-0000-4000-8000-000000000000}", "5A3B9C4E-0000-4000-8000-000000000000"]
)
def test_only_an_id_names_a_workspace(backend: Backend, name: str) -> None:
    with pytest.raises(UnknownTaskError):
        backend.folders.of(name)


def test_only_what_the_manifest_lists_can_be_asked_for(backend: Backend) -> None:
    job = replace(waiting(backend), output_filename="video.mp4", result="0-a")
    place, folder = on_disk(backend, job.id), on_disk(backend, job.id).result(job).folder
    folder.mkdir(parents=True)
    for name in ("video.mp4", "video.mp4.part", "task.log"):
        (folder / name).write_bytes(b"1")
    place.log.touch()
    for name in ("video.mp4", "manifest.json", "../../input", ""):
        with pytest.raises(UnknownTaskError):
            place.workspace.file(job, name)
    assert place.workspace.file(job, "task.log").exists()
    video = Artifact("video.mp4", "video", "video/mp4", 1, sha256(folder / "video.mp4"), duration_ms=10)
    manifest = Manifest("video.mp4", (video,), Stats(10, 8, 2, 1, (("probe", 0.5),)), ("Fine.",))
    write_manifest(manifest, place.result(job).manifest)
    assert read_manifest(place.result(job).manifest) == manifest
    assert place.workspace.file(job, "video.mp4") == folder / "video.mp4"
    assert place.workspace.file(job, "manifest.json").exists()
    with pytest.raises(UnknownTaskError) as error:
        place.workspace.file(job, "video.mp4.part")
    assert error.value.code == "unknown_file"
