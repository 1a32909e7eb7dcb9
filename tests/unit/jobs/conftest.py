"""A service in this process, without a worker."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from media.videos import make_video
from places import folders_in
from queues import ListQueue
from running import queued, run

from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend, Rules
from video_automation.stores.memory import MemoryOnce, MemoryStore
from video_automation.stores.owners_file import owners_files


@pytest.fixture
def queue() -> ListQueue:
    return ListQueue()


def backend_in(folder: Path, queue: ListQueue) -> Backend:
    folders = folders_in(folder)
    rules = Rules(max_upload_bytes=100_000, max_queue=2, reserve_bytes=0)
    return Backend(MemoryStore(), queue, folders, rules, MemoryOnce(), *owners_files(folder))


@pytest.fixture(scope="session")
def backend_at() -> Callable[[Path], Backend]:
    """Makes services, each with everything below one folder."""
    return lambda folder: backend_in(folder, ListQueue())


@pytest.fixture
def backend(tmp_path: Path, queue: ListQueue) -> Backend:
    return backend_in(tmp_path, queue)


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A very short video."""
    return make_video(tmp_path_factory.mktemp("videos") / "video.mp4", frames=20).read_bytes()


@pytest.fixture
def waiting(backend: Backend, video: bytes) -> Job:
    """A job that waits."""
    return queued(backend, video)


@pytest.fixture(scope="session")
def done_once(tmp_path_factory: pytest.TempPathFactory, video: bytes) -> tuple[Path, Job]:
    """A finished job, and the folder with all its files. No test writes there."""
    folder = tmp_path_factory.mktemp("done")
    backend = backend_in(folder, ListQueue())
    return folder, run(backend, queued(backend, video))


@pytest.fixture
def done(backend: Backend, tmp_path: Path, done_once: tuple[Path, Job]) -> Job:
    """A finished job."""
    folder, job = done_once
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    backend.store.add(job)
    return job
