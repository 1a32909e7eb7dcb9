"""When the disk is full, each job ends clearly and offers no truncated file; with free space it succeeds again."""

import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg
import pytest
from places import folders_in, on_disk
from running import queued, run
from thorough import few

from video_automation import logs
from video_automation.errors import NoSpaceError
from video_automation.jobs.housekeeping.janitor import sweep
from video_automation.jobs.lifecycle.cleanup import cleanup
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.changes import edit_plan
from video_automation.jobs.run.manifest import read_manifest, sha256
from video_automation.plan.edits import Texts
from video_automation.plan.params import Params
from video_automation.storage.local_files import LocalStorage

KB = 1 << 10
PLAIN = Params(add_subtitles=False, create_shorts=False, generate_titles=False)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A video of two seconds of noise, which cannot be compressed well."""
    file = tmp_path_factory.mktemp("videos") / "video.mp4"
    picture = ("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=2,noise=alls=60:allf=t")
    sound = ("-f", "lavfi", "-i", "sine=frequency=440:duration=2")
    program = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin")
    subprocess.run([*program, *picture, *sound, "-pix_fmt", "yuv420p", str(file)], check=True, timeout=60)
    return file.read_bytes()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 20 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk))
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("file systems cannot be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def small(backend: Backend, disk: Path) -> Backend:
    """The service with all its folders on the small disk."""
    return replace(backend, folders=folders_in(disk), rules=replace(backend.rules, max_upload_bytes=20_000_000))


@pytest.fixture(scope="module")
def done_once(
    backend_at: Callable[[Path], Backend], tmp_path_factory: pytest.TempPathFactory, video: bytes
) -> tuple[Path, Job]:
    """A finished job, and the folder with all its files. No test writes there."""
    folder = tmp_path_factory.mktemp("done")
    backend = backend_at(folder)
    backend = replace(backend, rules=replace(backend.rules, max_upload_bytes=20_000_000))
    return folder, run(backend, queued(backend, video, params=PLAIN))


@pytest.fixture
def done(small: Backend, disk: Path, done_once: tuple[Path, Job]) -> Job:
    """A finished job on the small disk."""
    folder, job = done_once
    shutil.copytree(folder, disk, dirs_exist_ok=True)
    small.store.add(job)
    return job


def filled(disk: Path, *, left: int) -> Path:
    """Fills a disk except for so many bytes; gives the file that fills it."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        status = os.statvfs(disk)
        os.posix_fallocate(file.fileno(), 0, status.f_bavail * status.f_frsize - left)
    return ballast


def offered(backend: Backend, job: Job) -> set[str]:
    """The files in the output folder, without the log."""
    output = on_disk(backend, job.id).output
    return {file.name for file in output.rglob("*") if file.is_file()} - {"task.log"}


def again_with_room(backend: Backend, job: Job) -> Job:
    """Retries a failed job; checks that every file in its manifest is complete."""
    backend.store.change(job.id, lambda job: replace(job, state=State.PENDING, problem=None, ended_at=None))
    job = run(backend, job)
    workspace = on_disk(backend, job.id)
    for made in read_manifest(workspace.result(job).manifest).artifacts:
        assert made.kind == "log" or sha256(workspace.workspace.file(job, made.name)) == made.sha256
    return job


@pytest.mark.parametrize("left_kb", few([0, 8, 64, 1000, 3000], 0, 64, 3000))
def test_a_job_on_a_disk_that_fills_up_says_so_and_is_done_once_there_is_room(
    small: Backend, disk: Path, video: bytes, left_kb: int
) -> None:
    job = queued(small, video, params=PLAIN)
    ballast = filled(disk, left=left_kb * KB)
    failed = run(small, job)
    assert (failed.state, failed.problem.code) == (State.FAILURE, "no_space")
    assert failed.status.startswith("The disk is full. Clean up")
    assert offered(small, job) == set()
    assert not list(small.folders.of(job.id).work.rglob("*.part"))
    ballast.unlink()
    assert again_with_room(small, job).state is State.SUCCESS


def test_no_half_video_is_offered_where_results_go_to_a_disk_of_their_own_that_fills_up(
    backend: Backend, disk: Path, video: bytes
) -> None:
    storage = LocalStorage(backend.folders.input, disk / "output")
    elsewhere = replace(backend, folders=replace(backend.folders, storage=storage, output=storage.output))
    elsewhere = replace(elsewhere, rules=replace(backend.rules, max_upload_bytes=20_000_000))
    job = queued(elsewhere, video, params=PLAIN)
    ballast = filled(disk, left=len(video) // 2)
    assert run(elsewhere, job).problem.code == "no_space"
    assert offered(elsewhere, job) == set()
    ballast.unlink()
    assert again_with_room(elsewhere, job).state is State.SUCCESS


def test_an_upload_that_fills_the_disk_leaves_nothing_and_its_room(small: Backend, disk: Path, video: bytes) -> None:
    filled(disk, left=len(video) // 2)
    with pytest.raises(NoSpaceError):
        queued(small, video, params=PLAIN)
    assert small.folders.ids() == ()
    assert os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize >= len(video) // 2 - 64 * KB


def test_a_wish_there_is_no_room_for_is_refused_and_the_result_stays(small: Backend, disk: Path, done: Job) -> None:
    before = offered(small, done)
    filled(disk, left=0)
    with pytest.raises(NoSpaceError):
        edit_plan(small, done.id, [Texts(description="x" * 5000)])
    assert small.store.get(done.id) == done
    assert offered(small, done) == before
    assert not list(on_disk(small, done.id).decisions.glob("history*"))


def test_cleaning_up_makes_room_on_a_full_disk(small: Backend, disk: Path, video: bytes, done: Job) -> None:
    filled(disk, left=0)
    cleanup(small, done.id)
    assert os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize > 2 * len(video)


def test_the_janitor_makes_room_on_a_full_disk(small: Backend, disk: Path, video: bytes, done: Job) -> None:
    small = replace(small, rules=replace(small.rules, reserve_bytes=len(video)))
    filled(disk, left=0)
    sweep(small, done.ended_at)
    assert not small.folders.of(done.id).work.exists()
    assert os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize >= len(video)
    assert not small.store.get(done.id).cleaned, "the pieces of work were enough"


def test_a_log_on_a_full_disk_loses_its_lines_and_nothing_else(disk: Path) -> None:
    log = logging.getLogger("video_automation.test")
    shared = logs.SharedFileHandler(disk / "pipeline.log")
    log.addHandler(shared)
    filled(disk, left=4 * KB)
    with logs.task_log("an-id", disk / "output" / "task.log"):
        for _ in range(100):
            log.warning("x" * 1000)
    log.removeHandler(shared)
    shared.close()
    assert 0 < (disk / "pipeline.log").stat().st_size <= 4 * KB
