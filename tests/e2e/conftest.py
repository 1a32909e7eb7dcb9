"""Real workers on a real Redis, and videos for them."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import imageio_ffmpeg
import pytest
from redis_server import patient, running_redis
from worker_process import WorkerProcess, started


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    with running_redis() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """An empty Redis."""
    with patient(redis_server) as client:
        client.flushdb()
    return redis_server


@pytest.fixture
def start_worker(redis_url: str, tmp_path: Path) -> Iterator[Callable[..., WorkerProcess]]:
    """Starts workers, usually with our program, and these settings of `celery_config`. They end with the test."""
    workers: list[WorkerProcess] = []

    def start(*program: str, **celery_config: object) -> WorkerProcess:
        worker = started(redis_url, tmp_path / "data", celery_config, program or ("start_worker.py",))
        workers.append(worker)
        worker.wait_until_ready()
        return worker

    yield start
    for worker in workers:
        worker.kill()


@pytest.fixture(scope="module")
def worker(redis_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerProcess]:
    """A worker that several tests share, with a Redis database of its own."""
    url = redis_server.removesuffix("/0") + "/1"
    with patient(url) as client:
        client.flushdb()
    worker = started(url, tmp_path_factory.mktemp("worker") / "data", {}, ("start_worker.py",))
    worker.wait_until_ready()
    yield worker
    worker.kill()


@pytest.fixture(scope="session")
def short_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of two seconds with a tone."""
    path = tmp_path_factory.mktemp("videos") / "short.mp4"
    return _video(path, "testsrc2=size=320x180:rate=30:duration=2", "sine=duration=2")


@pytest.fixture(scope="session")
def medium_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of twelve seconds: three segments, encoded in parallel."""
    path = tmp_path_factory.mktemp("videos") / "medium.mp4"
    return _video(path, "testsrc2=size=640x360:rate=30:duration=12")


@pytest.fixture(scope="session")
def long_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of a minute: with the slowest preset, rendering takes longer than any test."""
    return _video(tmp_path_factory.mktemp("videos") / "long.mp4", "testsrc2=size=640x360:rate=30:duration=60")


def _video(path: Path, *inputs: str) -> Path:
    """A video of these generated streams, encoded as fast as possible."""
    streams = [word for text in inputs for word in ("-f", "lavfi", "-i", text)]
    fast = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "60")
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *streams, *fast, str(path)], check=True)
    return path
