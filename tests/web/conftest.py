"""The web app over a store in memory, with a queue that keeps its messages and without a worker."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
from doors import open_access
from e2e.instance import PATIENCE_S
from flask import Flask
from flask.testing import FlaskClient
from linked import link_to, to_share
from places import folders_in, on_disk, write_manifest
from planned import CLIPS, NEXT, PACKAGING, VTT
from queues import ListQueue
from surroundings import MAX_UPLOAD, RESULT, VIDEO_BYTES, Surroundings, captioned_files, talk
from werkzeug.test import TestResponse

from video_automation.access.repositories import Access
from video_automation.config import Settings
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.ports import Backend, Rules
from video_automation.jobs.run.manifest import Artifact, Manifest, Stats
from video_automation.plan.params import Params
from video_automation.stores.memory import MemoryOnce, MemoryStore
from video_automation.stores.owners_file import owners_files
from video_automation.web.api import operations
from video_automation.web.api.operations import Health
from video_automation.web.server import health_checks
from video_automation.web.server.flask_app import create_app


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A real video of half a second, with picture and sound."""
    file = tmp_path_factory.mktemp("videos") / "video.mp4"
    picture = ("-f", "lavfi", "-i", "testsrc2=size=160x120:rate=25:duration=0.5")
    sound = ("-f", "lavfi", "-i", "sine=frequency=440:duration=0.5")
    program = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin")
    subprocess.run([*program, *picture, *sound, "-pix_fmt", "yuv420p", "-shortest", str(file)], check=True, timeout=60)
    return file.read_bytes()


@pytest.fixture
def queue() -> ListQueue:
    return ListQueue()


@pytest.fixture
def surroundings() -> Surroundings:
    return Surroundings()


@pytest.fixture
def rules() -> Rules:
    return Rules(max_upload_bytes=MAX_UPLOAD, max_queue=3, reserve_bytes=0)


@pytest.fixture
def backend(tmp_path: Path, queue: ListQueue, rules: Rules) -> Backend:
    folders = folders_in(tmp_path)
    return Backend(MemoryStore(), queue, folders, rules, MemoryOnce(), *owners_files(tmp_path))


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate({"celery_config": {"broker_url": "redis://user:s3cret@localhost:6379/0"}})


@pytest.fixture
def access() -> Access:
    return open_access()


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes health checks be awaited, and their results be valid, long enough on a slow machine."""
    for place, name in ((health_checks, "FIRST_CHECK_S"), (health_checks, "TRUSTED_S"), (operations, "FFMPEG_WITHIN_S")):
        monkeypatch.setattr(place, name, PATIENCE_S)


@pytest.fixture
def app(backend: Backend, access: Access, surroundings: Surroundings, settings: Settings, tmp_path: Path) -> Flask:
    health = Health(redis=surroundings.ping, workers=surroundings.present, folder=tmp_path, reserve=0)
    app = create_app(backend, access, health, settings=settings, version="9.9", log_file=tmp_path / "pipeline.log")
    app.test_client_class = Client
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Client(FlaskClient):
    """A client that reads every response to its end, as a client on the network does."""

    def open(self, *args: object, **options: object) -> TestResponse:  # type: ignore[override]
        return super().open(*args, **{"buffered": True, **options})  # type: ignore[arg-type]


@pytest.fixture
def put(backend: Backend) -> Callable[..., Job]:
    """Adds a job in any state to the store."""

    def put(number: int = 1, **changes: object) -> Job:
        job_id = f"00000000-0000-4000-8000-{number:012}"
        job = Job(id=job_id, owner="local", filename="my talk.mp4", created_at=1_750_000_000.5 + number, params=Params())
        job = replace(job, **changes)  # type: ignore[arg-type]
        backend.store.add(job)
        return job

    return put


@pytest.fixture
def finished(backend: Backend, put: Callable[..., Job]) -> Job:
    """A finished job with its files."""
    ended = {"state": State.SUCCESS, "stage": "done", "progress": 100, "status": "Done."}
    job = put(**ended, output_filename="processed_video.mp4", result=RESULT, rendered_revision=0)
    folder = on_disk(backend, job.id)
    output = folder.result(job)
    output.folder.mkdir(parents=True)
    (output.folder / "processed_video.mp4").write_bytes(VIDEO_BYTES)
    output.plan.write_text('{"version": 1}')
    folder.log.write_text("first line\nlast line\n")
    made = (
        Artifact("processed_video.mp4", "video", "video/mp4", len(VIDEO_BYTES), "ab" * 32, 8_000, 640, 360),
        Artifact("plan.json", "plan", "application/json", 14, "cd" * 32),
    )
    stats = Stats(source_ms=10_000, kept_ms=8_000, removed_ms=2_000, cuts=3, seconds=(("render", 1.5),))
    write_manifest(Manifest("processed_video.mp4", made, stats, ("Two seconds went.",)), output.manifest)
    return job


@pytest.fixture
def planned(finished: Job, backend: Backend) -> Job:
    """A finished task with captions, two clips, and a candidate for a third one."""
    decided = replace(talk(finished.params), clips=CLIPS, decided=CLIPS, candidates=(NEXT,), packaging=PACKAGING)
    captioned_files(on_disk(backend, finished.id), finished, VTT, decided)
    return finished


@pytest.fixture
def plan(client: FlaskClient, planned: Job) -> Callable[[], dict[str, Any]]:
    """Reads the plan."""

    def plan() -> dict[str, Any]:
        answer = client.get(f"/task/{planned.id}/plan")
        assert answer.status_code == 200, answer.json
        told: dict[str, Any] = answer.json
        return told

    return plan


@pytest.fixture
def change(client: FlaskClient, planned: Job) -> Callable[..., TestResponse]:
    """Sends edits, which are saved but not rendered."""

    def change(*edits: dict[str, object], query: str = "", **more: object) -> TestResponse:
        return client.post(f"/task/{planned.id}/edits{query}", json={"edits": edits, "render": False} | more)

    return change


@pytest.fixture
def anns(finished: Job, backend: Backend) -> Job:
    """A finished task of Ann's, with everything that guests of a share link see."""
    return to_share(backend, finished)


@pytest.fixture
def make_link(client: FlaskClient) -> Callable[..., str]:
    """Makes a share link to a task of Ann's; gives its path."""
    return partial(link_to, client)


@pytest.fixture
def guest(app: Flask) -> FlaskClient:
    """A browser without a key."""
    return app.test_client()


@pytest.fixture
def failed(put: Callable[..., Job]) -> Job:
    return put(2, state=State.FAILURE, problem=Problem("too_slow", "It took longer than allowed."))
