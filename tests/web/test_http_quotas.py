"""The quotas of a key, as uploads meet them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from doors import ANN, BOB, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from places import on_disk
from surroundings import keep_plan, talk

from video_automation.access.quotas import Quotas
from video_automation.jobs.model import Job, State
from video_automation.jobs.policy import quota
from video_automation.jobs.ports import Backend

OWN_TITLE = {"edits": [{"op": "text", "titles": ["Mine"]}]}
AGAIN = pytest.mark.parametrize(
    ("method", "what"),
    [
        ("post", "retry"),
        ("put", "captions"),
        ("delete", "captions"),
        ("post", "clips/short_01"),
        ("delete", "clips/short_01"),
        ("post", "edits"),
        ("post", "undo"),
        ("post", "redo"),
        ("post", "render"),
    ],
)


@pytest.fixture
def anns(finished: Job, backend: Backend) -> Job:
    return backend.store.change(finished.id, lambda job: replace(job, owner="ann"))


class TestQuotas:
    def upload(self, client: FlaskClient, video: bytes) -> tuple[int, str]:
        answer = client.post("/upload", data={"file": (BytesIO(video), "talk.mp4")}, headers=bearer(ANN))
        return answer.status_code, answer.json.get("code", "")

    def test_videos_a_day(self, client: FlaskClient, app: Flask, video: bytes) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(films_a_day=1))
        assert self.upload(client, video)[0] == 202
        answer = client.post("/upload", data={"file": (BytesIO(video), "talk.mp4")}, headers=bearer(ANN))
        assert (answer.status_code, answer.json["code"]) == (429, "quota_films")
        assert answer.json["error"] == "Your key allows 1 video a day. Try again in 24 hours."
        assert 86_000 < int(answer.headers["Retry-After"]) <= 86_400
        other = client.post("/upload", data={"file": (BytesIO(video), "talk.mp4")}, headers=bearer(BOB))
        assert other.status_code == 202

    def test_a_video_of_the_day_before_counts_no_more(
        self, client: FlaskClient, app: Flask, put: Callable[..., Job], video: bytes
    ) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(films_a_day=1))
        put(5, owner="ann", state=State.FAILURE)  # from 2025
        assert self.upload(client, video)[0] == 202

    def test_tasks_that_wait(self, client: FlaskClient, app: Flask, video: bytes, backend: Backend) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(waiting=1))
        assert self.upload(client, video)[0] == 202
        assert self.upload(client, video) == (429, "quota_waiting")
        (job,), _ = backend.store.listed("ann", start=0, count=9)
        backend.store.change(job.id, lambda job: replace(job, state=State.FAILURE))
        assert self.upload(client, video)[0] == 202

    @AGAIN
    def test_nothing_is_made_again_while_as_much_is_held_as_may(
        self, client: FlaskClient, app: Flask, anns: Job, method: str, what: str
    ) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=1))
        answer = getattr(client, method)(f"/task/{anns.id}/{what}", json=OWN_TITLE, headers=bearer(ANN))
        assert (answer.status_code, answer.json["code"]) == (429, "quota_bytes")

    def test_a_task_is_made_again_while_more_may_be_held(
        self, client: FlaskClient, app: Flask, anns: Job, backend: Backend
    ) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=10_000_000))
        keep_plan(on_disk(backend, anns.id), talk(anns.params))
        assert client.post(f"/task/{anns.id}/retry", data={"crf": "30"}, headers=bearer(ANN)).status_code == 202

    @AGAIN
    def test_tasks_that_wait_again(
        self, client: FlaskClient, app: Flask, anns: Job, put: Callable[..., Job], method: str, what: str
    ) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(waiting=1))
        put(7, owner="ann")
        answer = getattr(client, method)(f"/task/{anns.id}/{what}", json=OWN_TITLE, headers=bearer(ANN))
        assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (429, "quota_waiting", "60")

    def test_uploads_in_pieces_that_begin_at_once_are_held_to_what_may_be_held(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(quota, "LONGEST_QUOTA_WAIT_S", 60.0)  # they wait for each other, also on a slow machine
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=1000))
        headers = bearer(ANN) | {"Tus-Resumable": "1.0.0", "Upload-Length": "900", "Upload-Metadata": "filename dGFsay5tcDQ="}
        with ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(lambda _: app.test_client().post("/files", headers=headers).status_code, range(8)))
        assert sorted(codes) == [201] + [429] * 7

    def test_an_upload_in_pieces_is_refused_with_the_words_of_one_that_comes_whole(
        self, client: FlaskClient, app: Flask
    ) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=1000))
        headers = bearer(ANN) | {"Tus-Resumable": "1.0.0", "Upload-Metadata": "filename dGFsay5tcDQ="}
        assert client.post("/files", headers=headers | {"Upload-Length": "900"}).status_code == 201
        for length, status in ((900, 429), (1001, 413)):
            pieces = client.post("/files", headers=headers | {"Upload-Length": str(length)})
            whole = client.post("/upload", data=b"x" * length, headers=bearer(ANN))
            assert (pieces.status_code, pieces.json) == (whole.status_code, whole.json)
            assert (pieces.status_code, pieces.json["code"]) == (status, "quota_bytes")

    def test_bytes_held(self, client: FlaskClient, app: Flask, video: bytes) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=2 * len(video)))
        assert self.upload(client, video)[0] == 202
        assert self.upload(client, video) == (429, "quota_bytes")

    def test_a_video_that_is_larger_than_may_ever_be_held(self, client: FlaskClient, app: Flask, video: bytes) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=len(video) // 2))
        assert self.upload(client, video) == (413, "quota_bytes")

    def test_minutes_that_are_used_up(self, client: FlaskClient, app: Flask, video: bytes, backend: Backend) -> None:
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(minutes_a_day=2))
        assert self.upload(client, video)[0] == 202
        (job,), _ = backend.store.listed("ann", start=0, count=9)
        assert job.daily_ms == 120_000
        backend.store.change(job.id, lambda job: replace(job, duration_ms=120_000))
        assert self.upload(client, video) == (429, "quota_minutes")
