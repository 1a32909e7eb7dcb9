"""While Redis is stopped or hangs, the web app says that it is unavailable, and leaves no files of refused uploads."""

import io
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from doors import ADMIN, ANN, BOB, bearer, keyed_access, open_access
from e2e.instance import PATIENCE_S
from flask.testing import FlaskClient
from places import on_disk
from ports import free_port
from redis import Redis
from redis_server import start_redis
from test_http_upload import BOUNDARY, field, post
from thorough import few
from tus_client import begun, head, send
from werkzeug.test import TestResponse

from video_automation import bootstrap, config
from video_automation.jobs.housekeeping.reconciler import Tending
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.lifecycle.transitions import failed, taken_up
from video_automation.jobs.model import Problem
from video_automation.jobs.ports import Backend
from video_automation.plan.params import Params
from video_automation.web.api.operations import Health
from video_automation.web.server.flask_app import create_app

KEY = {"Idempotency-Key": "key"}


@dataclass(frozen=True)
class Service:
    """The web app with a Redis of its own."""

    client: FlaskClient
    backend: Backend
    server: "subprocess.Popen[bytes]"
    redis_url: str

    def stop(self) -> None:
        self.server.kill()
        self.server.wait()

    def freeze(self) -> None:
        self.server.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.server.send_signal(signal.SIGCONT)
        with closing(Redis.from_url(self.redis_url, socket_timeout=PATIENCE_S)) as redis:
            redis.ping()

    def left(self) -> list[Path]:
        return [file for root in (self.backend.folders.input, self.backend.folders.work) for file in root.rglob("*-*")]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "redis").mkdir()
    port = free_port()
    server = start_redis(port, tmp_path / "redis")
    redis_url = f"redis://127.0.0.1:{port}/0"
    settings = config.load(environment={"REDIS_URL": redis_url, "DATA_FOLDER": str(tmp_path / "data"), "HOST": "127.0.0.1"})
    backend = bootstrap.redis_backend(settings)
    health = Health(redis=lambda: None, workers=tuple, folder=tmp_path, reserve=0)
    app = create_app(backend, open_access(), health, settings=settings, version="1", log_file=tmp_path / "log")
    yield Service(app.test_client(), backend, server, redis_url)
    server.kill()
    server.wait()


def refused_soon(ask: Callable[[], TestResponse]) -> None:
    began = time.monotonic()
    answer = ask()
    assert time.monotonic() - began < PATIENCE_S  # without a timeout it would wait for ever
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("gone", [Service.stop, Service.freeze])
def test_an_upload_with_a_key_or_without_is_refused_at_once_and_leaves_nothing(
    service: Service, video: bytes, gone: Callable[[Service], None]
) -> None:
    gone(service)
    refused_soon(lambda: post(service.client, field("file", video, "a.mp4")))
    refused_soon(lambda: post(service.client, field("file", video, "a.mp4"), headers=KEY))
    assert service.left() == []


class Breaking(io.BytesIO):
    """A body that calls a function in its middle."""

    def __init__(self, body: bytes, happens: Callable[[], None]) -> None:
        super().__init__(body)
        self.happens = happens

    def read(self, size: int | None = -1) -> bytes:
        self.happens()
        return super().read(size)


STOPPED, FROZEN = (Service.stop, KEY), (Service.freeze, {})


@pytest.mark.parametrize(
    ("gone", "headers"), few([STOPPED, (Service.stop, {}), (Service.freeze, KEY), FROZEN], STOPPED, FROZEN)
)
def test_an_upload_during_which_redis_goes_leaves_nothing(
    service: Service, video: bytes, gone: Callable[[Service], None], headers: dict[str, str]
) -> None:
    body = Breaking(field("file", video, "a.mp4") + f"--{BOUNDARY}--\r\n".encode(), lambda: gone(service))
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    refused_soon(lambda: service.client.post("/upload", input_stream=body, headers={**kind, **headers}))
    assert service.left() == []


def test_once_redis_goes_on_there_is_no_trace_of_what_was_refused_and_all_is_well(service: Service, video: bytes) -> None:
    body = Breaking(field("file", video, "a.mp4") + f"--{BOUNDARY}--\r\n".encode(), service.freeze)
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    refused_soon(lambda: service.client.post("/upload", input_stream=body, headers=kind))
    service.thaw()
    assert service.client.get("/tasks").json["total"] == 0
    assert post(service.client, field("file", video, "a.mp4")).status_code == 202
    assert service.client.get("/tasks").json["total"] == 1


def test_an_upload_in_pieces_waits_for_redis_with_all_that_has_arrived(service: Service, video: bytes) -> None:
    place = begun(service.client, len(video))
    service.freeze()
    refused_soon(lambda: send(service.client, place, 0, video))
    assert not on_disk(service.backend, place.rpartition("/")[2]).record.exists()
    service.thaw()
    assert service.client.get("/tasks").json["total"] == 0
    assert "/task/" in head(service.client, place).headers["Location"]
    assert service.client.get("/tasks").json["total"] == 1


@pytest.mark.parametrize("gone", [Service.stop, Service.freeze])
def test_whatever_is_asked_of_a_task_is_refused_at_once(service: Service, gone: Callable[[Service], None]) -> None:
    job = new_job(filename="a.mp4", owner="local", params=Params())
    service.backend.store.add(failed(taken_up(job, 1, "run"), 2, Problem("tool_failed", "It broke.")))
    gone(service)
    refused_soon(lambda: service.client.post(f"/task/{job.id}/retry"))
    refused_soon(lambda: service.client.post(f"/task/{job.id}/cancel"))
    refused_soon(lambda: service.client.post(f"/task/{job.id}/cleanup"))


def test_a_task_is_there_while_redis_has_lost_it_and_is_being_refilled(service: Service, video: bytes) -> None:
    task_id = post(service.client, field("file", video, "a.mp4")).json["task_id"]
    before = service.client.get(f"/task/{task_id}").json
    with closing(Redis.from_url(service.redis_url)) as redis:
        redis.flushall()
    answer = service.client.get(f"/task/{task_id}")
    assert (answer.status_code, answer.json["filename"], answer.json["state"]) == (200, "a.mp4", before["state"])
    cancelled = service.client.post(f"/task/{task_id}/cancel")
    assert (cancelled.status_code, cancelled.json["code"], cancelled.headers["Retry-After"]) == (503, "unavailable", "1")
    assert service.client.get("/task/00000000-0000-4000-8000-000000000001").status_code == 404
    Tending(service.backend).tend()
    assert service.client.get(f"/task/{task_id}").json["state"] == before["state"]
    assert service.client.post(f"/task/{task_id}/cancel").status_code == 202


def test_a_record_that_was_left_behind_is_no_task_where_redis_has_lost_nothing(service: Service, video: bytes) -> None:
    Tending(service.backend).tend()
    task_id = post(service.client, field("file", video, "a.mp4")).json["task_id"]
    service.backend.store.remove(task_id)
    assert on_disk(service.backend, task_id).record.exists()
    assert service.client.get(f"/task/{task_id}").status_code == 404


def test_a_task_that_redis_has_lost_is_still_its_owners_alone(service: Service, video: bytes, tmp_path: Path) -> None:
    health = Health(redis=lambda: None, workers=tuple, folder=tmp_path, reserve=0)
    settings = config.load(environment={"HOST": "127.0.0.1"})
    app = create_app(service.backend, keyed_access(), health, settings=settings, version="1", log_file=tmp_path / "log")
    place = f"/task/{post(app.test_client(), field('file', video, 'a.mp4'), headers=bearer(ANN)).json['task_id']}"
    with closing(Redis.from_url(service.redis_url)) as redis:
        redis.flushall()
    told = [app.test_client().get(place, headers=bearer(key)).status_code for key in (ANN, BOB, ADMIN)]
    changed = [app.test_client().post(f"{place}/cancel", headers=bearer(key)).status_code for key in (ANN, BOB, ADMIN)]
    assert (told, changed) == ([200, 404, 200], [503, 404, 503])
